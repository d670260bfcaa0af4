package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What makes an object of a kind invalid, as far as manifests get it wrong. */
final class Validation {

    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
    private static final String SUBDOMAIN_WORDS =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start"
                    + " and end with an alphanumeric character (e.g. 'example.com', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private static final String LABEL_WORDS =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end"
                    + " with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    private static final String SERVICE_WORDS =
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                    + " character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for"
                    + " validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    private static final List<String> RBAC = List.of("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");

    private Validation() {}

    static void check(Resource resource, ObjectNode object) {
        Causes causes = new Causes();
        name(resource, object, causes);
        labels(Json.at(object, "metadata", "labels"), "metadata.labels", causes);
        if (resource.crd() == null) {
            spec(resource, object, causes);
        } else {
            SchemaCheck.check(resource.crd().schema(), object, causes);
        }
        causes.refuseAny(resource, Json.name(object));
    }

    private static void name(Resource resource, JsonNode object, Causes causes) {
        String name = Json.name(object);
        JsonNode value = Json.at(object, "metadata", "name");
        if (RBAC.contains(resource.kind().kind())) {
            return;
        }
        if (resource.is("Service") && !SERVICE.matcher(name).matches()) {
            causes.invalid("metadata.name", value, SERVICE_WORDS);
        } else if (resource.is("Namespace") && !LABEL.matcher(name).matches()) {
            causes.invalid("metadata.name", value, LABEL_WORDS);
        } else if (!SUBDOMAIN.matcher(name).matches()) {
            causes.invalid("metadata.name", value, SUBDOMAIN_WORDS);
        }
    }

    private static void labels(JsonNode labels, String field, Causes causes) {
        labels.properties().forEach(label -> {
            String value = label.getValue().asText();
            if (value.length() > 63 || !LABEL_VALUE.matcher(value).matches()) {
                causes.invalid(
                        field,
                        label.getValue(),
                        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and"
                                + " must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or"
                                + " '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
            }
        });
    }

    private static void spec(Resource resource, ObjectNode object, Causes causes) {
        JsonNode spec = object.path("spec");
        switch (resource.kind().kind()) {
            case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet" -> workload(spec, causes);
            case "Job" -> job(spec, causes);
            case "CronJob" -> cronJob(spec, causes);
            case "Pod" -> PodValidation.check(spec, "spec", causes);
            case "Service" -> service(spec, causes);
            case "PersistentVolumeClaim" -> claim(spec, causes);
            case "Ingress" -> {
                if (spec.path("rules").isEmpty() && spec.path("defaultBackend").isEmpty()) {
                    causes.invalid(
                            "spec", Json.MAPPER.nullNode(), "either `defaultBackend` or `rules` must be specified");
                }
            }
            case "ConfigMap" -> keys(object, List.of("data", "binaryData"), causes);
            case "Secret" -> keys(object, List.of("data"), causes);
            case "CustomResourceDefinition" -> definition(object, causes);
            default -> {}
        }
    }

    private static void workload(JsonNode spec, Causes causes) {
        negative(spec, "replicas", causes);
        JsonNode selector = spec.path("selector");
        JsonNode labels = Json.at(spec, "template", "metadata", "labels");
        if (selector.isMissingNode() || selector.isNull()) {
            causes.required("spec.selector", "");
        } else if (selector.path("matchLabels").isEmpty()
                && selector.path("matchExpressions").isEmpty()) {
            causes.invalid("spec.selector", selector, "empty selector is invalid for deployment");
        }
        if (!selects(selector, labels)) {
            JsonNode shown = labels.isMissingNode() ? Json.MAPPER.nullNode() : labels;
            causes.invalid("spec.template.metadata.labels", shown, "`selector` does not match template `labels`");
        }
        List<String> claims = new ArrayList<>();
        spec.path("volumeClaimTemplates").forEach(claim -> claims.add(Json.name(claim)));
        PodValidation.check(Json.at(spec, "template", "spec"), "spec.template.spec", claims, causes);
        String policy = Json.text(spec, "template", "spec", "restartPolicy");
        if (!policy.isEmpty() && !policy.equals("Always")) {
            causes.unsupported("spec.template.spec.restartPolicy", policy, List.of("Always"));
        }
    }

    private static boolean selects(JsonNode selector, JsonNode labels) {
        for (var label : selector.path("matchLabels").properties()) {
            if (!label.getValue().equals(labels.path(label.getKey()))) {
                return false;
            }
        }
        return !selector.isMissingNode();
    }

    private static void job(JsonNode spec, Causes causes) {
        PodValidation.check(Json.at(spec, "template", "spec"), "spec.template.spec", causes);
        restartPolicy(Json.text(spec, "template", "spec", "restartPolicy"), "spec.template.spec.restartPolicy", causes);
    }

    private static void restartPolicy(String policy, String field, Causes causes) {
        if (policy.equals("Always")) {
            causes.required(field, "valid values: \"OnFailure\", \"Never\"");
        }
    }

    private static void cronJob(JsonNode spec, Causes causes) {
        String schedule = Json.text(spec, "schedule");
        String[] fields = schedule.split("\\s+");
        if (schedule.isEmpty()) {
            causes.required("spec.schedule", "");
        } else if (!schedule.startsWith("@") && fields.length != 5) {
            String detail =
                    "expected exactly 5 fields, found " + fields.length + ": [" + String.join(" ", fields) + "]";
            causes.invalid("spec.schedule", spec.path("schedule"), detail);
        }
        String field = "spec.jobTemplate.spec.template.spec";
        JsonNode pod = Json.at(spec, "jobTemplate", "spec", "template", "spec");
        PodValidation.check(pod, field, causes);
        restartPolicy(Json.text(pod, "restartPolicy"), field + ".restartPolicy", causes);
    }

    private static void service(JsonNode spec, Causes causes) {
        boolean headless = Json.text(spec, "clusterIP").equals("None");
        boolean external = Json.text(spec, "type").equals("ExternalName");
        if (spec.path("ports").isEmpty() && !headless && !external) {
            causes.required("spec.ports", "");
        }
        int index = 0;
        for (JsonNode port : spec.path("ports")) {
            String field = "spec.ports[" + index++ + "]";
            for (String name : List.of("port", "targetPort")) {
                JsonNode number = port.path(name);
                if (number.isInt() && (number.asInt() < 1 || number.asInt() > 65535)) {
                    causes.invalid(field + "." + name, number, "must be between 1 and 65535, inclusive");
                }
            }
            if (spec.path("ports").size() > 1 && Json.text(port, "name").isEmpty()) {
                causes.required(field + ".name", "");
            }
        }
    }

    private static void claim(JsonNode spec, Causes causes) {
        if (spec.path("accessModes").isEmpty()) {
            causes.required("spec.accessModes", "at least 1 access mode is required");
        }
        if (Json.at(spec, "resources", "requests", "storage").isMissingNode()) {
            causes.required("spec.resources[storage]", "");
        }
    }

    private static void keys(JsonNode object, List<String> fields, Causes causes) {
        for (String field : fields) {
            object.path(field).fieldNames().forEachRemaining(key -> {
                if (!key.matches("[-._a-zA-Z0-9]+")) {
                    causes.invalid(
                            field + "[" + key + "]",
                            Json.object().textNode(key),
                            "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',"
                                    + "  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')");
                }
            });
        }
    }

    private static void definition(JsonNode definition, Causes causes) {
        String expected =
                Json.text(definition, "spec", "names", "plural") + "." + Json.text(definition, "spec", "group");
        if (!Json.name(definition).equals(expected)) {
            causes.invalid(
                    "metadata.name",
                    Json.at(definition, "metadata", "name"),
                    "must be spec.names.plural+\".\"+spec.group");
        }
    }

    private static void negative(JsonNode spec, String field, Causes causes) {
        if (spec.path(field).asInt() < 0) {
            causes.invalid("spec." + field, spec.path(field), "must be greater than or equal to 0");
        }
    }
}
