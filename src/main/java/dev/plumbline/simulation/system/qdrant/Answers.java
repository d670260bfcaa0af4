package dev.plumbline.simulation.system.qdrant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.Program.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON in and out, in the envelope of the server. */
final class Answers {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Virtual time stands still during a request; a small one takes about this long. */
    private static final double SECONDS = 0.000_35;

    private Answers() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static Reply ok(JsonNode result) {
        ObjectNode envelope = object();
        envelope.set("result", result);
        return json(200, envelope.put("status", "ok").put("time", SECONDS));
    }

    static Reply ok(boolean result) {
        return ok(JsonNodeFactory.instance.booleanNode(result));
    }

    static Reply refused(Refusal refusal) {
        ObjectNode envelope = object();
        envelope.putObject("status").put("error", refusal.error());
        return json(refusal.status(), envelope.put("time", SECONDS));
    }

    static Reply json(int status, JsonNode node) {
        return new Reply(status, "application/json", bytes(node));
    }

    static Reply text(int status, String text) {
        return new Reply(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes could not be written", e);
        }
    }

    static JsonNode parse(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw Refusal.format(first);
        }
    }

    /** @throws Refusal for a body that is no JSON object */
    static JsonNode body(Request request) {
        JsonNode body = request.body().length == 0 ? object() : parse(request.body());
        if (!body.isObject()) {
            throw Refusal.format("invalid type: expected an object");
        }
        return body;
    }
}
