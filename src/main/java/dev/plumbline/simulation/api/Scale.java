package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cluster.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The scale subresource: an object as autoscaling/v1 sees it. */
final class Scale {

    /** How refusals name it. */
    static final Resource KIND =
            new Resource(new Kind("autoscaling", "v1", "Scale", "scales", true), "scale", List.of(), Set.of(), null);

    private Scale() {}

    static ObjectNode of(Resource resource, ObjectNode object) {
        if (!resource.has("scale")) {
            throw Refusal.unknownPath();
        }
        ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = Json.metadata(scale);
        for (String field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            JsonNode value = Json.at(object, "metadata", field);
            if (!value.isMissingNode()) {
                metadata.set(field, value);
            }
        }
        int replicas = at(object, specPath(resource)).asInt();
        ObjectNode spec = scale.putObject("spec");
        if (replicas != 0) {
            spec.put("replicas", replicas);
        }
        ObjectNode status = scale.putObject("status");
        String statusPath =
                resource.crd() == null ? ".status.replicas" : resource.crd().statusReplicasPath();
        status.put("replicas", at(object, statusPath).asInt());
        status.put("selector", selector(resource, object));
        return scale;
    }

    private static String specPath(Resource resource) {
        return resource.crd() == null ? ".spec.replicas" : resource.crd().replicasPath();
    }

    private static JsonNode at(JsonNode object, String path) {
        return Json.at(object, path.substring(1).split("\\."));
    }

    private static String selector(Resource resource, JsonNode object) {
        if (resource.crd() != null) {
            String path = resource.crd().selectorPath();
            return path.isEmpty() ? "" : at(object, path).asText("");
        }
        List<String> parts = new ArrayList<>();
        Json.at(object, "spec", "selector", "matchLabels")
                .properties()
                .forEach(label ->
                        parts.add(label.getKey() + "=" + label.getValue().asText()));
        return String.join(",", parts);
    }

    /** Puts the wanted number of a Scale into the object. */
    static ObjectNode into(Resource resource, ObjectNode object, JsonNode scale) {
        ObjectNode next = object.deepCopy();
        String[] path = specPath(resource).substring(1).split("\\.");
        ObjectNode here = next;
        for (int i = 0; i < path.length - 1; i++) {
            here = Json.child(here, path[i]);
        }
        here.put(path[path.length - 1], Json.at(scale, "spec", "replicas").asInt());
        return next;
    }
}
