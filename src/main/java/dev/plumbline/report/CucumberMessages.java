package dev.plumbline.report;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import dev.plumbline.verdict.Mask;
import io.cucumber.htmlformatter.MessagesToHtmlWriter;
import io.cucumber.messages.types.Attachment;
import io.cucumber.messages.types.AttachmentContentEncoding;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Meta;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
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
    private final ObjectMapper json;

    /** @param simulated whether the page must say so at its top */
    CucumberMessages(boolean simulated, Mask mask) {
        this.simulated = simulated;
        this.mask = mask;
        this.json = mapper(mask);
    }

    void write(List<Envelope> messages, Path reports) throws IOException {
        List<Envelope> one = OneExecution.of(messages);
        List<String> lines = new ArrayList<>();
        for (Envelope message : one) {
            lines.add(json.writeValueAsString(scrubbed(message)));
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

    /** Without the build server and the address of the repository, and with encoded text masked in the clear. */
    private Envelope scrubbed(Envelope message) {
        if (message.getMeta().isPresent()) {
            Meta meta = message.getMeta().get();
            return Envelope.of(new Meta(
                    meta.getProtocolVersion(),
                    meta.getImplementation(),
                    meta.getRuntime(),
                    meta.getOs(),
                    meta.getCpu(),
                    null));
        }
        return message.getAttachment()
                .filter(attachment -> attachment.getContentEncoding() == AttachmentContentEncoding.BASE64)
                .map(attachment -> Envelope.of(decodedAndMasked(attachment)))
                .orElse(message);
    }

    private Attachment decodedAndMasked(Attachment attachment) {
        return new Attachment(
                maskedBase64(attachment.getBody()),
                attachment.getContentEncoding(),
                attachment.getFileName().orElse(null),
                attachment.getMediaType(),
                attachment.getSource().orElse(null),
                attachment.getTestCaseStartedId().orElse(null),
                attachment.getTestStepId().orElse(null),
                attachment.getUrl().orElse(null),
                attachment.getTestRunStartedId().orElse(null),
                attachment.getTestRunHookStartedId().orElse(null),
                attachment.getTimestamp().orElse(null));
    }

    /** What is no text, such as a picture, stays as it is. */
    private String maskedBase64(String body) {
        byte[] bytes = Base64.getDecoder().decode(body);
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
        return isText ? Base64.getEncoder().encodeToString(mask.apply(text).getBytes(StandardCharsets.UTF_8)) : body;
    }

    /** Writes what Cucumber's own serializer writes, which would bring a second Jackson and leave no way in for a mask. */
    private static ObjectMapper mapper(Mask mask) {
        SimpleModule masking = new SimpleModule();
        masking.addSerializer(String.class, new StdScalarSerializer<>(String.class) {
            @Override
            public void serialize(String text, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(mask.apply(text));
            }
        });
        return JsonMapper.builder()
                .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .serializationInclusion(JsonInclude.Include.NON_NULL)
                .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
                .addModule(masking)
                .build();
    }
}
