package dev.plumbline.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.verdict.Credentials;
import dev.plumbline.verdict.Mask;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Where credentials stand in objects: a Secret's values, variables, arguments, and the annotation that kubectl leaves. */
final class SecretFields {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final Mask mask;
    private final ObjectMapper json = new ObjectMapper();

    SecretFields(Mask mask) {
        this.mask = mask;
    }

    /** Goes through an object, a list of objects, a patch or an event of a watch. */
    void learn(JsonNode tree) {
        boolean secret = tree.path("kind").asText().startsWith("Secret");
        walk(tree, secret);
    }

    private void walk(JsonNode node, boolean secret) {
        if (node.isArray()) {
            node.forEach(item -> walk(item, secret));
            return;
        }
        boolean own = secret || node.path("kind").asText().equals("Secret");
        node.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (own && name.equals("data")) {
                value.properties()
                        .forEach(entry ->
                                encoded(entry.getKey(), entry.getValue().asText()));
            } else if (own && name.equals("stringData")) {
                value.properties()
                        .forEach(entry -> value(entry.getKey(), entry.getValue().asText()));
            } else if (name.equals("env")) {
                value.forEach(variable -> variable(variable));
            } else if (name.equals("args") || name.equals("command")) {
                arguments(value);
            } else if (name.equals(LAST_APPLIED)) {
                applied(value.asText());
            } else {
                walk(value, own);
            }
        });
    }

    private void variable(JsonNode variable) {
        String value = variable.path("value").asText();
        if (Credentials.named(variable.path("name").asText())) {
            mask.secret(variable.path("name").asText(), value, true);
        } else {
            mask.addresses(value);
        }
    }

    /** {@code --token=x}, and {@code --token x} in two arguments. */
    private void arguments(JsonNode list) {
        String option = "";
        for (JsonNode item : list) {
            String text = item.asText();
            mask.addresses(text);
            int equals = text.indexOf('=');
            if (text.startsWith("-") && equals > 0 && Credentials.named(text.substring(0, equals))) {
                mask.secret("", text.substring(equals + 1), true);
            } else if (!text.startsWith("-") && Credentials.named(option)) {
                mask.secret("", text, true);
            }
            option = text.startsWith("-") && equals < 0 ? text : "";
        }
    }

    private void applied(String text) {
        try {
            learn(json.readTree(text));
        } catch (JsonProcessingException e) {
            // somebody else wrote into it
            return;
        }
    }

    private void encoded(String key, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            value(key, text);
            return;
        }
        String clear = new String(bytes, StandardCharsets.UTF_8);
        value(key, Arrays.equals(clear.getBytes(StandardCharsets.UTF_8), bytes) ? clear : text);
    }

    /** A key such as username or host holds what stands in many places; only what looks like a credential is one there. */
    private void value(String key, String value) {
        mask.secret(key, value, false);
        if (value.strip().startsWith("{")) {
            inside(value);
        }
    }

    /** A file of JSON in a Secret, such as the one for a registry. */
    private void inside(String text) {
        try {
            leaves("", json.readTree(text));
        } catch (JsonProcessingException e) {
            // it only looked like JSON
            return;
        }
    }

    private void leaves(String name, JsonNode node) {
        if (node.isTextual() && Credentials.named(name)) {
            mask.secret(name, node.asText(), true);
        }
        node.properties().forEach(entry -> leaves(entry.getKey(), entry.getValue()));
        node.forEach(item -> {
            if (node.isArray()) {
                leaves(name, item);
            }
        });
    }
}
