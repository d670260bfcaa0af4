package dev.plumbline.simulation.system.grafana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.simulation.Program.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Grafana's answers. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static Optional<JsonNode> parse(byte[] text) {
        try {
            return Optional.of(MAPPER.readTree(text));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Reply reply(int status, JsonNode node) {
        try {
            return new Reply(status, "application/json", MAPPER.writeValueAsBytes(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes could not be written", e);
        }
    }

    static Reply message(int status, String message) {
        return reply(status, object().put("message", message).put("traceID", ""));
    }

    /** An error in the newer form. */
    static Reply error(int status, String id, String message) {
        ObjectNode node = object().put("message", message).put("messageId", id);
        return reply(status, node.put("statusCode", status).put("traceID", ""));
    }

    static Reply html(String text) {
        return new Reply(200, "text/html; charset=UTF-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
