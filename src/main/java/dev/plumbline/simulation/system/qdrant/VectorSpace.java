package dev.plumbline.simulation.system.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The vectors that the points of a collection have: one without a name, or several with. */
record VectorSpace(Map<String, Params> params) {

    static final String UNNAMED = "";
    private static final int MOST = 65_536;

    /** Size and distance of a vector. */
    record Params(int size, Distance distance) {

        static Params of(JsonNode node) {
            JsonNode size = node.path("size");
            if (!size.isIntegralNumber()) {
                throw Refusal.format("missing field `size`");
            }
            if (size.asInt() < 1 || size.asInt() > MOST) {
                throw Refusal.wrong("Validation error in JSON body: [vectors.size: value " + size
                        + " invalid, must be from 1 to " + MOST + "]");
            }
            return new Params(size.asInt(), Distance.of(node.path("distance").asText("")));
        }
    }

    static VectorSpace of(JsonNode vectors) {
        Map<String, Params> params = new LinkedHashMap<>();
        if (vectors.has("size") || vectors.has("distance")) {
            params.put(UNNAMED, Params.of(vectors));
        } else {
            vectors.fields().forEachRemaining(entry -> params.put(entry.getKey(), Params.of(entry.getValue())));
        }
        return new VectorSpace(params);
    }

    Params params(String name) {
        Params found = params.get(name);
        if (found == null) {
            throw Refusal.wrong(
                    name.equals(UNNAMED)
                            ? "Vector params for  are not specified in config"
                            : "Not existing vector name error: " + name);
        }
        return found;
    }

    /** The vectors of a point as they are stored. */
    Map<String, float[]> read(JsonNode vector) {
        Map<String, float[]> vectors = new TreeMap<>();
        if (vector.isArray()) {
            vectors.put(UNNAMED, one(UNNAMED, vector));
        } else if (vector.isObject()) {
            vector.fields()
                    .forEachRemaining(entry -> vectors.put(entry.getKey(), one(entry.getKey(), entry.getValue())));
        } else {
            throw Refusal.format("missing field `vector`");
        }
        return vectors;
    }

    /** A vector to store or to compare with. */
    float[] one(String name, JsonNode node) {
        Params wanted = params(name);
        if (!node.isArray() || node.size() > 0 && !node.get(0).isNumber()) {
            throw Refusal.notSimulated("Qdrant vectors that are no plain list of numbers");
        }
        if (node.size() != wanted.size()) {
            throw Refusal.wrong("Vector dimension error: expected dim: " + wanted.size() + ", got " + node.size());
        }
        float[] values = new float[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) node.get(i).asDouble();
        }
        return wanted.distance().stored(values);
    }

    static JsonNode json(Map<String, float[]> vectors) {
        float[] only = vectors.get(UNNAMED);
        if (only != null) {
            return array(only);
        }
        ObjectNode named = Answers.object();
        vectors.forEach((name, values) -> named.set(name, array(values)));
        return named;
    }

    private static ArrayNode array(float[] values) {
        ArrayNode array = Answers.array();
        for (float value : values) {
            array.add(value);
        }
        return array;
    }

    /** Bytes of one point's vectors. */
    long bytes() {
        return params.values().stream().mapToLong(each -> each.size() * 4L).sum();
    }
}
