package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;

/** When an object that is being deleted may go. */
final class Finalizing {

    private Finalizing() {}

    static boolean done(Resource resource, JsonNode object) {
        boolean free = Json.at(object, "metadata", "finalizers").isEmpty();
        if (resource.is("Namespace")) {
            return free && Json.at(object, "spec", "finalizers").isEmpty();
        }
        if (resource.is("Pod")) {
            return free
                    && Json.at(object, "metadata", "deletionGracePeriodSeconds").asLong(0) == 0;
        }
        return free;
    }
}
