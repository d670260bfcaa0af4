package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Patches: strategic merge for built-in kinds, and JSON merge (RFC 7386) for all. */
final class StrategicMerge {

    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("containers", "name"),
            Map.entry("initContainers", "name"),
            Map.entry("ephemeralContainers", "name"),
            Map.entry("env", "name"),
            Map.entry("volumeMounts", "mountPath"),
            Map.entry("volumeDevices", "devicePath"),
            Map.entry("volumes", "name"),
            Map.entry("imagePullSecrets", "name"),
            Map.entry("hostAliases", "ip"),
            Map.entry("topologySpreadConstraints", "topologyKey"),
            Map.entry("conditions", "type"),
            Map.entry("ownerReferences", "uid"),
            Map.entry("secrets", "name"),
            Map.entry("webhooks", "name"),
            Map.entry("taints", "key"),
            Map.entry("addresses", "type"),
            Map.entry("podIPs", "ip"));

    private StrategicMerge() {}

    static ObjectNode strategic(ObjectNode live, JsonNode patch) {
        return (ObjectNode) merge(live, patch, new Place("", ""));
    }

    static JsonNode json(@Nullable JsonNode live, JsonNode patch) {
        if (!patch.isObject()) {
            return patch.deepCopy();
        }
        ObjectNode result = live instanceof ObjectNode object ? object.deepCopy() : Json.object();
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                result.remove(field.getKey());
            } else {
                result.set(field.getKey(), json(result.get(field.getKey()), field.getValue()));
            }
        });
        return result;
    }

    private static JsonNode merge(@Nullable JsonNode live, JsonNode patch, Place place) {
        if (patch.isArray()) {
            String key = place.key();
            return key.isEmpty() ? list(live, patch, place) : keyed(live, patch, key);
        }
        if (!patch.isObject()) {
            return patch.deepCopy();
        }
        boolean replace = patch.path("$patch").asText().equals("replace");
        ObjectNode result = live instanceof ObjectNode object && !replace ? object.deepCopy() : Json.object();
        patch.properties().forEach(field -> {
            if (!field.getKey().startsWith("$")) {
                field(result, field.getKey(), field.getValue(), place);
            }
        });
        patch.properties().forEach(field -> directive(result, field.getKey(), field.getValue()));
        return result;
    }

    private static void field(ObjectNode result, String name, JsonNode value, Place place) {
        if (value.isNull() || value.path("$patch").asText().equals("delete")) {
            result.remove(name);
        } else {
            result.set(name, merge(result.get(name), value, new Place(place.field(), name)));
        }
    }

    private static void directive(ObjectNode result, String name, JsonNode value) {
        if (name.startsWith("$deleteFromPrimitiveList/")) {
            String field = name.substring(name.indexOf('/') + 1);
            ArrayNode rest = result.arrayNode();
            result.path(field).forEach(item -> {
                if (!contains(value, item)) {
                    rest.add(item);
                }
            });
            result.set(field, rest);
        } else if (name.equals("$retainKeys")) {
            result.properties().removeIf(field -> !contains(value, result.textNode(field.getKey())));
        }
    }

    private static boolean contains(JsonNode list, JsonNode item) {
        for (JsonNode there : list) {
            if (there.equals(item)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode list(@Nullable JsonNode live, JsonNode patch, Place place) {
        if (!place.field().equals("finalizers") || live == null) {
            return patch.deepCopy();
        }
        ArrayNode result = ((ArrayNode) live).deepCopy();
        patch.forEach(item -> {
            if (!contains(result, item)) {
                result.add(item);
            }
        });
        return result;
    }

    private static JsonNode keyed(@Nullable JsonNode live, JsonNode patch, String key) {
        Map<String, JsonNode> items = new LinkedHashMap<>();
        boolean replace = false;
        for (JsonNode item : patch) {
            replace |= item.path("$patch").asText().equals("replace");
        }
        if (live != null && !replace) {
            live.forEach(item -> items.put(item.path(key).asText(), item));
        }
        for (JsonNode item : patch) {
            String name = item.path(key).asText();
            if (item.path("$patch").asText().equals("delete")) {
                items.remove(name);
            } else if (!item.path("$patch").asText().equals("replace")) {
                items.put(name, merge(items.get(name), item, new Place("item", "item")));
            }
        }
        ArrayNode result = ((ArrayNode) patch).arrayNode();
        items.values().forEach(result::add);
        return result;
    }

    /** Where in the object: a field and the field above it. Lists of ports have another key in a Service. */
    private record Place(String parent, String field) {
        String key() {
            List<String> portOwners = List.of("item", "spec");
            if (field.equals("ports") && portOwners.contains(parent)) {
                return parent.equals("spec") ? "port" : "containerPort";
            }
            return KEYS.getOrDefault(field, "");
        }
    }
}
