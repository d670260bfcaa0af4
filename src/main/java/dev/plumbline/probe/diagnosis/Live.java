package dev.plumbline.probe.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object as the API server told it. */
record Live(JsonNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Live of(GenericKubernetesResource resource) {
        return new Live(JSON.valueToTree(resource));
    }

    String kind() {
        return text("/kind");
    }

    String name() {
        return text("/metadata/name");
    }

    String namespace() {
        return text("/metadata/namespace");
    }

    String uid() {
        return text("/metadata/uid");
    }

    /** Kind and name, as a reader knows it. */
    String words() {
        return kind() + " \"" + name() + "\"";
    }

    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    /** The text of a field; empty where it is not set. */
    String text(String pointer) {
        return json.at(pointer).asText("");
    }

    List<JsonNode> list(String pointer) {
        List<JsonNode> items = new ArrayList<>();
        json.at(pointer).forEach(items::add);
        return items;
    }

    Map<String, String> map(String pointer) {
        Map<String, String> entries = new LinkedHashMap<>();
        json.at(pointer)
                .properties()
                .forEach(entry -> entries.put(entry.getKey(), entry.getValue().asText()));
        return entries;
    }

    Optional<JsonNode> condition(String type) {
        return list("/status/conditions").stream()
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst();
    }

    boolean is(String condition, String status) {
        return condition(condition)
                .filter(found -> found.path("status").asText().equals(status))
                .isPresent();
    }

    boolean ownedBy(Live other) {
        return list("/metadata/ownerReferences").stream()
                .anyMatch(reference -> reference.path("uid").asText().equals(other.uid()));
    }

    /** A pod that neither works nor has done its work. */
    boolean unhealthyPod() {
        return kind().equals("Pod") && !text("/status/phase").equals("Succeeded") && !is("Ready", "True");
    }
}
