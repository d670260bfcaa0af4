package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** What the API server adds to a CustomResourceDefinition. It is established at once. */
final class CustomResourceDefinitions {

    private CustomResourceDefinitions() {}

    static void fill(ObjectNode definition) {
        ObjectNode spec = Json.child(definition, "spec");
        ObjectNode names = Json.child(spec, "names");
        String kind = names.path("kind").asText();
        Defaults.put(names, "singular", kind.toLowerCase(Locale.ROOT));
        Defaults.put(names, "listKind", kind + "List");
        Defaults.put(Json.child(spec, "conversion"), "strategy", "None");
    }

    /** With a definition go its objects. */
    static void forget(JsonNode definition, Store store, Resources resources) {
        String id = Json.text(definition, "spec", "names", "plural") + "." + Json.text(definition, "spec", "group");
        for (Resource custom : List.copyOf(resources.stored())) {
            if (custom.id().equals(id)) {
                store.list(custom, null).forEach(object -> store.remove(custom, object));
            }
        }
        resources.forget(definition);
    }

    static void establish(ObjectNode definition, String now) {
        ObjectNode status = Json.child(definition, "status");
        status.set("acceptedNames", Json.at(definition, "spec", "names").deepCopy());
        ArrayNode stored = status.putArray("storedVersions");
        for (JsonNode version : Json.at(definition, "spec", "versions")) {
            if (version.path("storage").asBoolean()) {
                stored.add(version.path("name").asText());
            }
        }
        ArrayNode conditions = status.putArray("conditions");
        condition(conditions, "NamesAccepted", "NoConflicts", "no conflicts found", now);
        condition(conditions, "Established", "InitialNamesAccepted", "the initial names have been accepted", now);
    }

    private static void condition(ArrayNode conditions, String type, String reason, String message, String now) {
        conditions
                .addObject()
                .put("lastTransitionTime", now)
                .put("message", message)
                .put("reason", reason)
                .put("status", "True")
                .put("type", type);
    }
}
