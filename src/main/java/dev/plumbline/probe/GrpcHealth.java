package dev.plumbline.probe;

import com.google.protobuf.CodedInputStream;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.io.IOException;
import java.util.List;

/** What a server says of its health by the standard gRPC health checking protocol. */
public final class GrpcHealth implements Probe<GrpcHealth.Status> {

    private static final String CHECK = "grpc.health.v1.Health/Check";
    private static final int STATUS_TAG = 1 << 3;

    private final Grpc grpc;

    public GrpcHealth(Target target, String namespace, String service, int port) {
        this.grpc = new Grpc(target, namespace, service, port);
    }

    /** As the protocol numbers them. */
    public enum Status {
        UNKNOWN,
        SERVING,
        NOT_SERVING,
        SERVICE_UNKNOWN
    }

    @Override
    public String subject() {
        return grpc.source(CHECK);
    }

    @Override
    public List<About> about() {
        return grpc.about();
    }

    @Override
    public Observation<Status> look() {
        Observation<byte[]> answer = grpc.call(CHECK, new byte[0]);
        if (!(answer instanceof Observation.Seen<byte[]> seen)) {
            return answer.map(none -> Status.UNKNOWN);
        }
        try {
            return new Observation.Seen<>(status(seen.value()), subject(), seen.at());
        } catch (IOException e) {
            return new Observation.Unreachable<>("this is no answer of a health check: " + e, subject(), seen.at());
        }
    }

    private static Status status(byte[] message) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        int status = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == STATUS_TAG) {
                status = in.readEnum();
            } else {
                in.skipField(tag);
            }
        }
        return status >= 0 && status < Status.values().length ? Status.values()[status] : Status.UNKNOWN;
    }
}
