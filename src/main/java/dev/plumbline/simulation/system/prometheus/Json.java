package dev.plumbline.simulation.system.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.system.prometheus.promql.QueryError;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The envelope of the HTTP API's answers. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ObjectNode object(Map<String, String> values) {
        ObjectNode node = object();
        values.forEach(node::put);
        return node;
    }

    static Reply success(JsonNode data) {
        ObjectNode envelope = object().put("status", "success");
        envelope.set("data", data);
        return reply(200, envelope);
    }

    static Reply error(QueryError error) {
        ObjectNode envelope = object().put("status", "error");
        envelope.put("errorType", error.type()).put("error", error.getMessage());
        return reply(error.type().equals("execution") ? 422 : 400, envelope);
    }

    private static Reply reply(int status, JsonNode node) {
        try {
            return new Reply(status, "application/json", MAPPER.writeValueAsBytes(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes could not be written", e);
        }
    }

    static Reply text(int status, String text) {
        return new Reply(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
