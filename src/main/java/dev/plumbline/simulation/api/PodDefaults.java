package dev.plumbline.simulation.api;

import static dev.plumbline.simulation.api.Defaults.put;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The defaults of a pod's spec, in a pod or in a template. */
final class PodDefaults {

    private PodDefaults() {}

    static void fill(ObjectNode spec) {
        put(spec, "restartPolicy", "Always");
        put(spec, "terminationGracePeriodSeconds", 30);
        put(spec, "dnsPolicy", "ClusterFirst");
        put(spec, "schedulerName", "default-scheduler");
        Json.child(spec, "securityContext");
        if (spec.has("serviceAccountName")) {
            put(spec, "serviceAccount", spec.path("serviceAccountName").asText());
        }
        for (String list : new String[] {"containers", "initContainers"}) {
            for (JsonNode container : spec.path(list)) {
                container((ObjectNode) container);
            }
        }
        spec.path("volumes").forEach(volume -> volume((ObjectNode) volume));
    }

    /** What only a pod itself gets, and no template. */
    static void admit(ObjectNode spec) {
        put(spec, "serviceAccountName", "default");
        put(spec, "serviceAccount", spec.path("serviceAccountName").asText());
        put(spec, "enableServiceLinks", true);
        put(spec, "preemptionPolicy", "PreemptLowerPriority");
        put(spec, "priority", 0);
        tolerate(spec, "node.kubernetes.io/not-ready");
        tolerate(spec, "node.kubernetes.io/unreachable");
    }

    private static void tolerate(ObjectNode spec, String taint) {
        for (JsonNode toleration : spec.path("tolerations")) {
            String key = Json.text(toleration, "key");
            boolean any = key.isEmpty() && Json.text(toleration, "operator").equals("Exists");
            if (any || key.equals(taint)) {
                return;
            }
        }
        spec.withArray("tolerations")
                .addObject()
                .put("key", taint)
                .put("operator", "Exists")
                .put("effect", "NoExecute")
                .put("tolerationSeconds", 300);
    }

    private static void container(ObjectNode container) {
        put(container, "terminationMessagePath", "/dev/termination-log");
        put(container, "terminationMessagePolicy", "File");
        put(container, "imagePullPolicy", pullPolicy(container.path("image").asText()));
        Json.child(container, "resources");
        requests(container);
        container.path("ports").forEach(port -> put((ObjectNode) port, "protocol", "TCP"));
        for (JsonNode variable : container.path("env")) {
            if (Json.at(variable, "valueFrom", "fieldRef") instanceof ObjectNode field) {
                put(field, "apiVersion", "v1");
            }
        }
        for (String kind : new String[] {"readinessProbe", "livenessProbe", "startupProbe"}) {
            if (container.get(kind) instanceof ObjectNode probe) {
                probe(probe);
            }
        }
    }

    /** A limit without a request is the request too. */
    private static void requests(ObjectNode container) {
        JsonNode limits = Json.at(container, "resources", "limits");
        if (!limits.isEmpty()) {
            ObjectNode requests = Json.child(Json.child(container, "resources"), "requests");
            limits.properties().forEach(limit -> {
                if (!requests.has(limit.getKey())) {
                    requests.set(limit.getKey(), limit.getValue());
                }
            });
        }
    }

    private static String pullPolicy(String image) {
        String last = image.substring(image.lastIndexOf('/') + 1);
        boolean pinned = last.contains("@") || last.contains(":") && !last.endsWith(":latest");
        return pinned ? "IfNotPresent" : "Always";
    }

    private static void probe(ObjectNode probe) {
        put(probe, "timeoutSeconds", 1);
        put(probe, "periodSeconds", 10);
        put(probe, "successThreshold", 1);
        put(probe, "failureThreshold", 3);
        if (probe.get("httpGet") instanceof ObjectNode http) {
            put(http, "path", "/");
            put(http, "scheme", "HTTP");
        }
    }

    private static void volume(ObjectNode volume) {
        if (volume.get("configMap") instanceof ObjectNode configMap) {
            put(configMap, "defaultMode", 420);
        } else if (volume.get("secret") instanceof ObjectNode secret) {
            put(secret, "defaultMode", 420);
        } else if (volume.get("projected") instanceof ObjectNode projected) {
            put(projected, "defaultMode", 420);
        } else if (volume.get("hostPath") instanceof ObjectNode hostPath) {
            put(hostPath, "type", "");
        } else if (volume.size() == 1 && volume.has("name")) {
            volume.putObject("emptyDir");
        }
    }
}
