package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A field selector. */
record FieldQuery(List<Requirement> requirements) {

    private static final Map<String, Set<String>> FIELDS = Map.of(
            "Pod",
                    Set.of(
                            "spec.nodeName",
                            "spec.restartPolicy",
                            "spec.schedulerName",
                            "spec.serviceAccountName",
                            "spec.hostNetwork",
                            "status.phase",
                            "status.podIP",
                            "status.nominatedNodeName"),
            "Event",
                    Set.of(
                            "involvedObject.kind",
                            "involvedObject.namespace",
                            "involvedObject.name",
                            "involvedObject.uid",
                            "involvedObject.apiVersion",
                            "involvedObject.resourceVersion",
                            "involvedObject.fieldPath",
                            "reason",
                            "reportingComponent",
                            "source",
                            "type"),
            "Namespace", Set.of("status.phase"),
            "Node", Set.of("spec.unschedulable"),
            "Secret", Set.of("type"),
            "Service", Set.of("spec.clusterIP", "spec.type"),
            "ReplicaSet", Set.of("status.replicas"),
            "Job", Set.of("status.successful"));

    static FieldQuery parse(Resource resource, String text) {
        List<Requirement> requirements = new ArrayList<>();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                requirements.add(requirement(resource, part.trim()));
            }
        }
        return new FieldQuery(requirements);
    }

    private static Requirement requirement(Resource resource, String part) {
        String[] sides = part.split("!=|==|=", 2);
        if (sides.length < 2) {
            throw Refusal.badRequest("invalid selector: '" + part + "'; can't understand '" + part + "'");
        }
        boolean known = sides[0].equals("metadata.name")
                || sides[0].equals("metadata.namespace")
                || FIELDS.getOrDefault(resource.kind().kind(), Set.of()).contains(sides[0]);
        if (!known) {
            throw Refusal.badRequest("field label not supported: " + sides[0]);
        }
        return new Requirement(List.of(sides[0].split("\\.")), sides[1], !part.contains("!="));
    }

    boolean matches(JsonNode object) {
        return requirements.stream().allMatch(requirement -> requirement.matches(object));
    }

    /** One condition on one field. */
    record Requirement(List<String> path, String value, boolean equal) {
        boolean matches(JsonNode object) {
            JsonNode here = object;
            for (String step : path) {
                here = here.path(step);
            }
            String seen = here.isObject() ? here.path("component").asText("") : here.asText("");
            if (seen.isEmpty() && (value.equals("false") || value.equals("0"))) {
                seen = value;
            }
            return seen.equals(value) == equal;
        }
    }
}
