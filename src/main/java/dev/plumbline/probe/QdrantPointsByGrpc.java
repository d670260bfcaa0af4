package dev.plumbline.probe;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The vectors of points with numbers for ids, by Qdrant's gRPC method {@code Points/Get}; its field numbers stand here. */
public final class QdrantPointsByGrpc implements Probe<Map<Long, List<Float>>> {

    private static final String GET = "qdrant.Points/Get";

    private final Grpc grpc;
    private final String collection;
    private final Collection<Long> ids;

    public QdrantPointsByGrpc(
            Target target, String namespace, String service, int port, String collection, Collection<Long> ids) {
        this.grpc = new Grpc(target, namespace, service, port);
        this.collection = collection;
        this.ids = List.copyOf(ids);
    }

    @Override
    public String subject() {
        return grpc.source(GET);
    }

    @Override
    public List<About> about() {
        return grpc.about();
    }

    @Override
    public Observation<Map<Long, List<Float>>> look() {
        Observation<byte[]> answer = grpc.call(GET, question());
        if (!(answer instanceof Observation.Seen<byte[]> seen)) {
            return answer.map(none -> Map.of());
        }
        try {
            Map<Long, List<Float>> points = new TreeMap<>();
            for (ByteString point : parts(ByteString.copyFrom(seen.value()), 1)) {
                points.put(number(parts(point, 1)), vector(point));
            }
            return new Observation.Seen<>(points, subject(), seen.at());
        } catch (IOException e) {
            return new Observation.Unreachable<>("this is no answer of Points/Get: " + e, subject(), seen.at());
        }
    }

    /** GetPoints: collection_name 1, ids 2 (PointId: num 1), with_vectors 5 (enable 1). */
    private byte[] question() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeString(1, collection);
            for (long id : ids) {
                out.writeTag(2, WireFormat.WIRETYPE_LENGTH_DELIMITED);
                out.writeUInt32NoTag(CodedOutputStream.computeUInt64Size(1, id));
                out.writeUInt64(1, id);
            }
            out.writeBytes(5, ByteString.copyFrom(new byte[] {1 << 3, 1}));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static long number(List<ByteString> pointId) throws IOException {
        CodedInputStream in = pointId.get(0).newCodedInput();
        in.readTag();
        return in.readUInt64();
    }

    /** RetrievedPoint: vectors 4, VectorsOutput: vector 1, VectorOutput: dense 101 or, of old servers, data 1. */
    private static List<Float> vector(ByteString point) throws IOException {
        for (ByteString vectors : parts(point, 4)) {
            for (ByteString vector : parts(vectors, 1)) {
                List<ByteString> dense = parts(vector, 101);
                List<ByteString> data = parts(dense.isEmpty() ? vector : dense.get(0), 1);
                if (!data.isEmpty()) {
                    return floats(data.get(0));
                }
            }
        }
        return List.of();
    }

    private static List<Float> floats(ByteString packed) throws IOException {
        CodedInputStream in = packed.newCodedInput();
        List<Float> numbers = new ArrayList<>();
        while (!in.isAtEnd()) {
            numbers.add(in.readFloat());
        }
        return numbers;
    }

    /** The embedded messages, texts and packed lists under a field's number. */
    private static List<ByteString> parts(ByteString message, int field) throws IOException {
        CodedInputStream in = message.newCodedInput();
        List<ByteString> found = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            boolean embedded = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (embedded && WireFormat.getTagFieldNumber(tag) == field) {
                found.add(in.readBytes());
            } else {
                in.skipField(tag);
            }
        }
        return found;
    }
}
