package dev.plumbline.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.plumbline.verdict.Mask;
import io.cucumber.htmlformatter.MessagesToHtmlWriter;
import io.cucumber.messages.ndjson.Serializer;
import io.cucumber.messages.types.Envelope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/**
 * {@code messages.ndjson} and {@code cucumber.html}: what Cucumber said, without secrets and machine paths, as one run
 * even when each document was an execution of its own.
 */
final class CucumberMessages {

    private static final String BANNER = """
            body::before { content: "SIMULATED. %s"; display: block; padding: .7em 1em; font: 600 1rem system-ui, sans-serif;
              color: #221a00; background: #f7c531; border-bottom: 3px solid #221a00 }
            """.formatted(Phrases.SIMULATED);

    private final boolean simulated;
    private final Mask mask;
    private final Serializer serializer = new Serializer();
    private final ObjectMapper json = new ObjectMapper();

    /** @param simulated whether the page must say so at its top */
    CucumberMessages(boolean simulated, Mask mask) {
        this.simulated = simulated;
        this.mask = mask;
    }

    void write(List<Envelope> messages, Path reports) throws IOException {
        List<Envelope> one = OneExecution.of(messages);
        List<String> lines = new ArrayList<>();
        for (Envelope message : one) {
            lines.add(scrubbed(message));
        }
        AtomicFile.text(reports.resolve("messages.ndjson"), lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
        AtomicFile.write(reports.resolve("cucumber.html"), out -> html(one, lines, out));
    }

    /** The page's writer wants messages and asks for the text of each, once and in order: it gets what is scrubbed. */
    private void html(List<Envelope> messages, List<String> lines, OutputStream out) throws IOException {
        Iterator<String> next = lines.iterator();
        try (MessagesToHtmlWriter html = MessagesToHtmlWriter.builder((writer, message) -> writer.write(next.next()))
                .title(simulated ? "SIMULATED: Plumbline" : "Plumbline")
                .customCss(() -> new ByteArrayInputStream((simulated ? BANNER : "").getBytes(StandardCharsets.UTF_8)))
                .build(out)) {
            for (Envelope message : messages) {
                html.write(message);
            }
        }
    }

    private String scrubbed(Envelope message) throws IOException {
        Writer text = new StringWriter();
        serializer.writeValue(text, message);
        JsonNode tree = json.readTree(text.toString());
        if (tree.path("meta") instanceof ObjectNode meta) {
            // It names the build server and the address of the repository.
            meta.remove("ci");
        }
        if (tree.path("attachment") instanceof ObjectNode attachment
                && attachment.path("contentEncoding").asText().equals("BASE64")) {
            attachment.put("body", maskedBase64(attachment.path("body").asText()));
        }
        return json.writeValueAsString(masked(tree));
    }

    /** An encoded text is masked in the clear; what is no text, such as a picture, stays as it is. */
    private String maskedBase64(String body) {
        byte[] bytes = Base64.getDecoder().decode(body);
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
        return isText ? Base64.getEncoder().encodeToString(mask.apply(text).getBytes(StandardCharsets.UTF_8)) : body;
    }

    private JsonNode masked(JsonNode node) {
        if (node instanceof TextNode text) {
            return TextNode.valueOf(mask.apply(text.textValue()));
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> entry.setValue(masked(entry.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, masked(array.get(i)));
            }
        }
        return node;
    }
}
