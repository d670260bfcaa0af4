package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Gives cluster addresses and node ports to Services, one after the other. Used under the store's lock. */
final class Addresses {

    private int nextAddress = 10;
    private int nextPort = 30000;

    void give(ObjectNode service) {
        ObjectNode spec = Json.child(service, "spec");
        String type = spec.path("type").asText();
        if (type.equals("ExternalName")) {
            return;
        }
        if (spec.path("clusterIP").asText("").isEmpty()) {
            int number = nextAddress++;
            spec.put("clusterIP", "10.43." + number / 250 + "." + (number % 250 + 1));
        }
        if (!spec.has("clusterIPs")) {
            spec.putArray("clusterIPs").add(spec.path("clusterIP").asText());
        }
        if (List.of("NodePort", "LoadBalancer").contains(type)) {
            for (JsonNode port : spec.path("ports")) {
                if (port.path("nodePort").asInt() == 0) {
                    ((ObjectNode) port).put("nodePort", nextPort++);
                }
            }
        }
    }
}
