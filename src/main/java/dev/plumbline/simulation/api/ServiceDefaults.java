package dev.plumbline.simulation.api;

import static dev.plumbline.simulation.api.Defaults.put;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The defaults of a Service's spec; addresses are given out by {@link Addresses}. */
final class ServiceDefaults {

    private ServiceDefaults() {}

    static void fill(ObjectNode spec) {
        put(spec, "type", "ClusterIP");
        put(spec, "sessionAffinity", "None");
        String type = spec.path("type").asText();
        if (!type.equals("ExternalName")) {
            put(spec, "internalTrafficPolicy", "Cluster");
            put(spec, "ipFamilyPolicy", "SingleStack");
            if (!spec.has("ipFamilies")) {
                spec.putArray("ipFamilies").add("IPv4");
            }
        }
        if (List.of("NodePort", "LoadBalancer").contains(type)) {
            put(spec, "externalTrafficPolicy", "Cluster");
        }
        if (type.equals("LoadBalancer")) {
            put(spec, "allocateLoadBalancerNodePorts", true);
        }
        for (JsonNode port : spec.path("ports")) {
            put((ObjectNode) port, "protocol", "TCP");
            if (!port.has("targetPort")) {
                ((ObjectNode) port).set("targetPort", port.path("port"));
            }
        }
    }
}
