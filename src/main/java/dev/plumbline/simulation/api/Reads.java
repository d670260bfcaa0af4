package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Get and list. */
final class Reads {

    private final Api api;

    Reads(Api api) {
        this.api = api;
    }

    Answer get(Route route) {
        boolean known = route.subresource().isEmpty() || route.resource().has(route.subresource());
        if (!known) {
            throw Refusal.unknownPath();
        }
        ObjectNode found =
                served(route.resource(), api.objects().get(route.resource(), route.namespace(), route.name()));
        return switch (route.subresource()) {
            case "", "status" -> Answer.json(200, found);
            case "scale" -> Answer.json(200, Scale.of(route.resource(), found));
            default -> throw Refusal.unknownPath();
        };
    }

    Answer list(Route route, Call call) {
        Matching matching = Matching.of(route, call);
        long limit = call.number("limit", 0);
        String from = start(call.parameter("continue"));
        return api.store().atomically(() -> {
            List<ObjectNode> found = api.store().list(route.resource(), route.namespace()).stream()
                    .filter(matching::test)
                    .filter(object -> place(object).compareTo(from) > 0)
                    .toList();
            boolean cut = limit > 0 && found.size() > limit;
            List<ObjectNode> page = cut ? found.subList(0, (int) limit) : found;
            ObjectNode list = list(route.resource(), page);
            ObjectNode metadata = Json.metadata(list);
            metadata.put("resourceVersion", Long.toString(api.store().version()));
            if (cut) {
                metadata.put("continue", token(page.get(page.size() - 1)));
                metadata.put("remainingItemCount", found.size() - page.size());
            }
            return Answer.json(200, list);
        });
    }

    /** Items of built-in kinds do not name their kind, those of custom kinds do. */
    static ObjectNode list(Resource resource, List<ObjectNode> objects) {
        ObjectNode list = Json.object();
        list.put("kind", resource.kind().kind() + "List")
                .put("apiVersion", resource.kind().apiVersion());
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        for (ObjectNode object : objects) {
            ObjectNode item = Json.object();
            item.setAll(served(resource, object));
            if (resource.crd() == null) {
                item.remove(List.of("kind", "apiVersion"));
            }
            items.add(item);
        }
        return list;
    }

    /** The object in the version that was asked for. */
    static ObjectNode served(Resource resource, ObjectNode object) {
        if (Json.text(object, "apiVersion").equals(resource.kind().apiVersion())) {
            return object;
        }
        ObjectNode copy = Json.object();
        copy.setAll(object);
        copy.put("apiVersion", resource.kind().apiVersion());
        return copy;
    }

    private static String place(JsonNode object) {
        return Json.namespace(object) + "/" + Json.name(object);
    }

    private static String token(JsonNode last) {
        return Base64.getUrlEncoder().encodeToString(place(last).getBytes(StandardCharsets.UTF_8));
    }

    private static String start(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("continue key is not valid: " + e.getMessage());
        }
    }
}
