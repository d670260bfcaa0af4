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
            return Json.MAPPER.readTree(type.contains("yaml") ? json(call.body()) : call.body());
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

    private byte[] json(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        String json = text.stripLeading().startsWith("{") ? text : serialization.convertToJson(text);
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
