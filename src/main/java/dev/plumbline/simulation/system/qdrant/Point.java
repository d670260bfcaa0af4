package dev.plumbline.simulation.system.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A stored point. The version is that of the operation that wrote it. */
record Point(PointId id, Map<String, float[]> vectors, ObjectNode payload, long version) {

    static Point of(JsonNode node, VectorSpace space, long version) {
        if (!node.has("id")) {
            throw Refusal.format("missing field `id`");
        }
        JsonNode payload = node.path("payload");
        return new Point(
                PointId.of(node.path("id")),
                space.read(node.path("vector")),
                payload instanceof ObjectNode object ? object.deepCopy() : Answers.object(),
                version);
    }

    /** As the files of the server hold it, and as a request would write it. */
    ObjectNode json() {
        ObjectNode node = Answers.object();
        node.set("id", id.json());
        node.set("vector", VectorSpace.json(vectors));
        node.set("payload", payload);
        return node;
    }

    /** As an answer shows it. */
    ObjectNode shown(Shown shown) {
        ObjectNode node = Answers.object();
        node.set("id", id.json());
        if (shown.payload()) {
            node.set("payload", payload);
        }
        if (shown.vector()) {
            node.set("vector", VectorSpace.json(vectors));
        }
        return node;
    }

    /** Which parts of a point are asked for. */
    record Shown(boolean payload, boolean vector) {

        static Shown of(JsonNode body, boolean payloadByDefault) {
            JsonNode payload = body.path("with_payload");
            JsonNode vector = body.has("with_vector") ? body.path("with_vector") : body.path("with_vectors");
            if (payload.isObject() || payload.isArray() || vector.isArray()) {
                throw Refusal.notSimulated("choosing parts of payloads or vectors");
            }
            return new Shown(payload.asBoolean(payloadByDefault), vector.asBoolean(false));
        }
    }
}
