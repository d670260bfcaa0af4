package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;

/** The class in which a pod's resources put it. */
final class QualityOfService {

    private QualityOfService() {}

    static String of(JsonNode pod) {
        boolean any = false;
        boolean all = true;
        for (JsonNode container : Json.at(pod, "spec", "containers")) {
            JsonNode requests = Json.at(container, "resources", "requests");
            JsonNode limits = Json.at(container, "resources", "limits");
            any |= !requests.isEmpty() || !limits.isEmpty();
            all &= limits.has("cpu") && limits.has("memory") && limits.equals(requests);
        }
        return all && any ? "Guaranteed" : any ? "Burstable" : "BestEffort";
    }
}
