package dev.plumbline.simulation.system.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.Program.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The gRPC interface: health, and reading points by their ids. */
final class GrpcApi {

    private static final String TYPE = "application/grpc";
    private static final byte[] SERVING = {1 << 3, 1};

    private final Collections collections;
    private final String version;

    GrpcApi(Collections collections, String version) {
        this.collections = collections;
        this.version = version;
    }

    /** An HTTP request gets no answer that is gRPC. */
    Reply answer(Request request, boolean allowed) {
        if (!TYPE.equals(request.headers().get("content-type"))) {
            return Answers.text(400, "this port speaks gRPC");
        }
        try {
            return switch (request.path()) {
                case "/grpc.health.v1.Health/Check" -> new Reply(200, TYPE, SERVING);
                case "/qdrant.Qdrant/HealthCheck" -> new Reply(200, TYPE, health());
                case "/qdrant.Points/Get" ->
                    allowed ? new Reply(200, TYPE, points(request.body())) : failed(401, "Invalid API key");
                default -> failed(501, "not simulated: Qdrant's gRPC method " + request.path());
            };
        } catch (Refusal e) {
            return failed(e.status(), e.error());
        } catch (IOException e) {
            return failed(400, "failed to decode Protobuf message: " + e.getMessage());
        }
    }

    private static Reply failed(int status, String why) {
        return new Reply(status, TYPE, why.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] health() throws IOException {
        return message(out -> {
            out.writeString(1, "qdrant - vector search engine");
            out.writeString(2, version);
        });
    }

    private byte[] points(byte[] question) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(question);
        String name = "";
        List<PointId> ids = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> name = in.readString();
                case 2 -> ids.add(id(in.readBytes()));
                default -> in.skipField(tag);
            }
        }
        Collection collection = collections.get(name);
        return message(out -> {
            for (PointId id : ids) {
                var point = collection.point(id);
                if (point.isPresent()) {
                    out.writeBytes(1, ByteString.copyFrom(retrieved(point.get())));
                }
            }
        });
    }

    private static PointId id(ByteString message) throws IOException {
        CodedInputStream in = message.newCodedInput();
        int tag = in.readTag();
        return PointId.parse(WireFormat.getTagFieldNumber(tag) == 1 ? Long.toString(in.readUInt64()) : in.readString());
    }

    /** The payload is left out: nobody asks for it. */
    private static byte[] retrieved(Point point) throws IOException {
        JsonNode id = point.id().json();
        byte[] pointId = message(out -> {
            if (id.isNumber()) {
                out.writeUInt64(1, id.asLong());
            } else {
                out.writeString(2, id.asText());
            }
        });
        byte[] data = message(out -> {
            for (float number : point.vectors().getOrDefault(VectorSpace.UNNAMED, new float[0])) {
                out.writeFloatNoTag(number);
            }
        });
        byte[] vector = nested(101, nested(1, data));
        return message(out -> {
            out.writeByteArray(1, pointId);
            out.writeByteArray(4, nested(1, vector));
        });
    }

    private static byte[] nested(int field, byte[] content) throws IOException {
        return message(out -> out.writeByteArray(field, content));
    }

    /** What writes a message. */
    @FunctionalInterface
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        fields.write(out);
        out.flush();
        return bytes.toByteArray();
    }
}
