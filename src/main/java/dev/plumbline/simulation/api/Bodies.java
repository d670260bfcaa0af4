package dev.plumbline.simulation.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Request bodies: JSON, or YAML where the content type says so. */
final class Bodies {

    private final KubernetesSerialization serialization;

    Bodies(KubernetesSerialization serialization) {
        this.serialization = serialization;
    }

    ObjectNode object(Call call) {
        if (tree(call) instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.badRequest("the body of the request is no object");
    }

    JsonNode tree(Call call) {
        String type = call.header("content-type");
        if (type.contains("protobuf") || type.contains("cbor")) {
            throw Refusal.unsupportedMediaType("application/json, application/yaml");
        }
        try {
            return type.contains("yaml") ? yaml(call.body()) : Json.MAPPER.readTree(call.body());
        } catch (IOException e) {
            throw Refusal.badRequest(
                    "the object provided is unrecognized (couldn't get version/kind; json parse error: " + reason(e)
                            + ")");
        }
    }

    private static String reason(IOException e) {
        return e instanceof JsonProcessingException parsing
                ? parsing.getOriginalMessage()
                : String.valueOf(e.getMessage());
    }

    /** Most clients send JSON, which is YAML too and much faster to read. */
    private JsonNode yaml(byte[] body) throws IOException {
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.stripLeading().startsWith("{\"")) {
            return Json.MAPPER.readTree(text);
        }
        return Json.MAPPER.readTree(serialization.convertToJson(text));
    }
}
