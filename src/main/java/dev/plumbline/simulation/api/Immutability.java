package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What an update may not change. */
final class Immutability {

    private static final List<String> STATEFUL_SET = List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    private Immutability() {}

    static void check(Resource resource, ObjectNode before, ObjectNode after) {
        Causes causes = new Causes();
        if (resource.crd() == null) {
            kind(resource, before, after, causes);
        }
        finalizers(before, after, causes);
        causes.refuseAny(resource, Json.name(after));
    }

    private static void finalizers(ObjectNode before, ObjectNode after, Causes causes) {
        if (!Json.at(before, "metadata", "deletionTimestamp").isMissingNode()) {
            List<String> fresh = new ArrayList<>();
            Json.at(after, "metadata", "finalizers").forEach(one -> fresh.add(one.asText()));
            Json.at(before, "metadata", "finalizers").forEach(one -> fresh.remove(one.asText()));
            if (!fresh.isEmpty()) {
                causes.forbidden(
                        "metadata.finalizers",
                        "no new finalizers can be added if the object is being deleted, found new finalizers []string{\""
                                + String.join("\", \"", fresh) + "\"}");
            }
        }
    }

    private static void kind(Resource resource, ObjectNode before, ObjectNode after, Causes causes) {
        JsonNode old = before.path("spec");
        JsonNode now = after.path("spec");
        switch (resource.kind().kind()) {
            case "Deployment", "ReplicaSet", "DaemonSet" -> same(old, now, "selector", causes);
            case "Job" -> {
                same(old, now, "selector", causes);
                same(old, now, "template", causes);
                same(old, now, "completions", causes);
            }
            case "StatefulSet" -> statefulSet(old, now, causes);
            case "Service" -> clusterIp(old, now, causes);
            case "Pod" -> pod(old, now, causes);
            case "PersistentVolumeClaim" -> claim(old, now, causes);
            case "ConfigMap" -> data(before, after, causes);
            case "Secret" -> {
                data(before, after, causes);
                if (!before.path("type").equals(after.path("type"))) {
                    causes.invalid("type", after.path("type"), "field is immutable");
                }
            }
            default -> {}
        }
    }

    private static void same(JsonNode old, JsonNode now, String field, Causes causes) {
        if (!old.path(field).equals(now.path(field))) {
            causes.invalid("spec." + field, now.path(field), "field is immutable");
        }
    }

    private static void statefulSet(JsonNode old, JsonNode now, Causes causes) {
        if (!without(old, STATEFUL_SET).equals(without(now, STATEFUL_SET))) {
            causes.forbidden(
                    "spec",
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                            + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
                            + " 'minReadySeconds' are forbidden");
        }
    }

    private static void clusterIp(JsonNode old, JsonNode now, Causes causes) {
        String was = Json.text(old, "clusterIP");
        if (!was.isEmpty() && now.has("clusterIP") && !was.equals(Json.text(now, "clusterIP"))) {
            causes.invalid("spec.clusterIPs[0]", now.path("clusterIPs"), "may not change once set");
        }
    }

    private static void pod(JsonNode old, JsonNode now, Causes causes) {
        if (!fixed(old).equals(fixed(now))) {
            causes.forbidden(
                    "spec",
                    "pod updates may not change fields other than `spec.containers[*].image`,"
                            + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only"
                            + " additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set"
                            + " to 1 if it was previously negative)");
        }
    }

    private static ObjectNode fixed(JsonNode spec) {
        ObjectNode copy = without(
                spec, List.of("activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds", "nodeName"));
        for (String list : List.of("containers", "initContainers")) {
            copy.path(list).forEach(container -> ((ObjectNode) container).remove("image"));
        }
        return copy;
    }

    private static void claim(JsonNode old, JsonNode now, Causes causes) {
        List<String> open = List.of("resources", "volumeName", "volumeAttributesClassName");
        if (!without(old, open).equals(without(now, open))) {
            causes.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound"
                            + " claims");
        }
    }

    private static void data(JsonNode before, JsonNode after, Causes causes) {
        if (!before.path("immutable").asBoolean()) {
            return;
        }
        for (String field : List.of("data", "binaryData")) {
            if (!before.path(field).equals(after.path(field))) {
                causes.forbidden(field, "field is immutable when `immutable` is set");
            }
        }
    }

    private static ObjectNode without(JsonNode spec, List<String> fields) {
        ObjectNode copy = spec instanceof ObjectNode object ? object.deepCopy() : Json.object();
        copy.remove(fields);
        return copy;
    }
}
