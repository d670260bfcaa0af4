package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays an applied configuration over a live object, and takes out fields that nobody applies any more. */
final class Merge {

    private Merge() {}

    /** The live value with every field of the configuration in it; keyed lists merge item by item. */
    static JsonNode over(@Nullable JsonNode live, JsonNode applied, Shape shape) {
        if (live == null || shape.atomic()) {
            return applied.deepCopy();
        }
        if (live.isObject() && applied.isObject()) {
            ObjectNode result = ((ObjectNode) live).deepCopy();
            applied.properties()
                    .forEach(field -> result.set(
                            field.getKey(),
                            over(live.get(field.getKey()), field.getValue(), shape.field(field.getKey()))));
            return result;
        }
        if (live.isArray() && applied.isArray() && !shape.keys().isEmpty()) {
            return keyed((ArrayNode) live, (ArrayNode) applied, shape);
        }
        if (live.isArray() && applied.isArray() && shape.set()) {
            ArrayNode result = ((ArrayNode) live).deepCopy();
            applied.forEach(item -> addOnce(result, item));
            return result;
        }
        return applied.deepCopy();
    }

    private static void addOnce(ArrayNode list, JsonNode item) {
        for (JsonNode there : list) {
            if (there.equals(item)) {
                return;
            }
        }
        list.add(item);
    }

    /** Items stand in the order in which they were applied; others keep their place before the next applied one. */
    private static ArrayNode keyed(ArrayNode live, ArrayNode applied, Shape shape) {
        Map<String, JsonNode> wanted = byKey(applied, shape.keys());
        Map<String, JsonNode> rest = byKey(live, shape.keys());
        ArrayNode result = live.arrayNode();
        for (Map.Entry<String, JsonNode> item : wanted.entrySet()) {
            while (!rest.isEmpty()
                    && !wanted.containsKey(rest.keySet().iterator().next())) {
                result.add(rest.remove(rest.keySet().iterator().next()));
            }
            result.add(over(rest.remove(item.getKey()), item.getValue(), shape.item()));
        }
        rest.forEach((key, item) -> {
            if (!wanted.containsKey(key)) {
                result.add(item);
            }
        });
        return result;
    }

    static Map<String, JsonNode> byKey(JsonNode list, List<String> keys) {
        Map<String, JsonNode> result = new LinkedHashMap<>();
        list.forEach(item -> result.put(FieldSets.key(item, keys), item));
        return result;
    }

    /** Takes out what was owned and is kept by nobody; null when nothing is left. */
    static @Nullable JsonNode without(JsonNode value, ObjectNode owned, ObjectNode kept, Shape shape) {
        if (value.isObject() && !shape.atomic()) {
            ObjectNode result = Json.object();
            value.properties().forEach(field -> {
                JsonNode rest = rest(field.getValue(), "f:" + field.getKey(), owned, kept, shape.field(field.getKey()));
                if (rest != null) {
                    result.set(field.getKey(), rest);
                }
            });
            return result.isEmpty() && !value.isEmpty() ? null : result;
        }
        if (value.isArray() && (!shape.keys().isEmpty() || shape.set())) {
            ArrayNode result = ((ArrayNode) value).arrayNode();
            for (JsonNode item : value) {
                String element = shape.set() ? "v:" + Json.write(item) : "k:" + FieldSets.key(item, shape.keys());
                JsonNode rest = rest(item, element, owned, kept, shape.item());
                if (rest != null) {
                    result.add(rest);
                }
            }
            return result.isEmpty() && !value.isEmpty() ? null : result;
        }
        return value;
    }

    private static @Nullable JsonNode rest(
            JsonNode value, String element, ObjectNode owned, ObjectNode kept, Shape shape) {
        ObjectNode mine = FieldSets.inner(owned, element);
        ObjectNode stays = FieldSets.inner(kept, element);
        if (mine == null) {
            return value;
        }
        if (stays == null && FieldSets.member(mine)) {
            return null;
        }
        return without(value, mine, stays == null ? Json.object() : stays, shape);
    }
}
