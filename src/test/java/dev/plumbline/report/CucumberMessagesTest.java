package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.verdict.Mask;
import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.ndjson.Deserializer;
import io.cucumber.messages.ndjson.Serializer;
import io.cucumber.messages.types.Attachment;
import io.cucumber.messages.types.AttachmentContentEncoding;
import io.cucumber.messages.types.Ci;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Git;
import io.cucumber.messages.types.Meta;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.Product;
import io.cucumber.messages.types.Source;
import io.cucumber.messages.types.SourceMediaType;
import io.cucumber.messages.types.TestCase;
import io.cucumber.messages.types.TestCaseFinished;
import io.cucumber.messages.types.TestCaseStarted;
import io.cucumber.messages.types.TestRunFinished;
import io.cucumber.messages.types.TestRunHookStarted;
import io.cucumber.messages.types.TestRunStarted;
import io.cucumber.messages.types.Timestamp;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CucumberMessagesTest {

    @TempDir
    Path folder;

    @Test
    void severalExecutionsBecomeOne() throws IOException {
        List<Envelope> both = execution("features/a.feature", true);
        both.addAll(execution("features/b.feature", false));

        List<Envelope> read = written(both, new Mask());

        assertThat(read.get(0).getMeta()).isPresent();
        assertThat(count(read, envelope -> envelope.getMeta().isPresent())).isEqualTo(1);
        assertThat(count(read, envelope -> envelope.getTestRunStarted().isPresent()))
                .isEqualTo(1);
        assertThat(count(read, envelope -> envelope.getTestCase().isPresent())).isEqualTo(2);
        Envelope end = read.get(read.size() - 1);
        assertThat(end.getTestRunFinished().orElseThrow().getSuccess()).isFalse();
        String run = read.get(1).getTestRunStarted().orElseThrow().getId().orElseThrow();
        assertThat(end.getTestRunFinished().orElseThrow().getTestRunStartedId()).contains(run);
        assertThat(read.stream().map(Envelope::getTestCase).flatMap(Optional::stream))
                .allMatch(test -> test.getTestRunStartedId().equals(Optional.of(run)));
        assertThat(read.stream().map(Envelope::getTestRunHookStarted).flatMap(Optional::stream))
                .allMatch(hook -> hook.getTestRunStartedId().equals(run));
    }

    @Test
    void anExecutionThatWasKilledEndsUnsuccessfully() throws IOException {
        List<Envelope> killed = execution("features/a.feature", true);
        killed.remove(killed.size() - 1);

        List<Envelope> read = written(killed, new Mask());

        assertThat(read.get(read.size() - 1).getTestRunFinished().orElseThrow().getSuccess())
                .isFalse();
    }

    @Test
    void theBuildServerIsNotNamed() throws IOException {
        written(execution("features/a.feature", true), new Mask());

        assertThat(Files.readString(folder.resolve("messages.ndjson"))).doesNotContain("ci.example");
        assertThat(Files.readString(folder.resolve("cucumber.html"))).doesNotContain("ci.example");
    }

    @Test
    void anEncodedAttachmentIsMaskedToo() throws IOException {
        Mask mask = new Mask();
        mask.secret("hunter2-canary");
        String body = Base64.getEncoder().encodeToString("x hunter2-canary y".getBytes(StandardCharsets.UTF_8));
        List<Envelope> messages = execution("features/a.feature", true);
        messages.add(
                3,
                Envelope.of(new Attachment(
                        body,
                        AttachmentContentEncoding.BASE64,
                        null,
                        "text/plain",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)));

        String kept = written(messages, mask).stream()
                .flatMap(envelope -> envelope.getAttachment().stream())
                .findFirst()
                .orElseThrow()
                .getBody();

        assertThat(new String(Base64.getDecoder().decode(kept), StandardCharsets.UTF_8))
                .isEqualTo("x *** y");
    }

    @Test
    void thePageOfASimulatedRunSaysSoAtItsTop() throws IOException {
        written(execution("features/a.feature", true), new Mask());

        assertThat(Files.readString(folder.resolve("cucumber.html")))
                .contains("<title>SIMULATED", "content: \"SIMULATED. " + Phrases.SIMULATED);
    }

    @Test
    void theMessagesAreThoseOfCucumbersOwnSerializer() throws IOException {
        String gherkin = """
                @a
                Feature: Words
                  Rule: A rule
                    Background:
                      Given a table
                        | a | b |
                    Scenario Outline: <word> "quoted"
                      Then it says
                        \"""
                        <word> \\ é
                        \"""
                      Examples:
                        | word |
                        | one  |
                """;
        List<Envelope> messages = GherkinParser.builder()
                .build()
                .parse("words.feature", gherkin.getBytes(StandardCharsets.UTF_8))
                .collect(Collectors.toCollection(ArrayList::new));
        List<Envelope> run = execution("words.feature", false);
        messages.add(0, run.get(1));
        messages.addAll(run.subList(4, run.size()));
        Serializer theirs = new Serializer();
        ObjectMapper json = new ObjectMapper();

        written(messages, new Mask());

        List<String> lines = Files.readAllLines(folder.resolve("messages.ndjson"));
        assertThat(lines).hasSameSizeAs(messages);
        for (int i = 0; i < lines.size(); i++) {
            StringWriter expected = new StringWriter();
            theirs.writeValue(expected, messages.get(i));
            assertThat(json.readTree(lines.get(i))).isEqualTo(json.readTree(expected.toString()));
        }
    }

    @Test
    void noMessagesMakeAnEmptyStreamAndAPage() throws IOException {
        assertThat(written(List.of(), new Mask())).isEmpty();
        assertThat(folder.resolve("cucumber.html")).isNotEmptyFile();
    }

    private List<Envelope> written(List<Envelope> messages, Mask mask) throws IOException {
        new CucumberMessages(true, mask).write(messages, folder);
        Deserializer deserializer = new Deserializer();
        List<Envelope> read = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("messages.ndjson"))) {
            read.add(deserializer.readValue(line));
        }
        return read;
    }

    private static long count(List<Envelope> messages, java.util.function.Predicate<Envelope> which) {
        return messages.stream().filter(which).count();
    }

    /** What Cucumber says of one scenario, as far as reports care. */
    static List<Envelope> execution(String uri, boolean success) {
        String run = UUID.randomUUID().toString();
        String pickle = UUID.randomUUID().toString();
        String test = UUID.randomUUID().toString();
        String started = UUID.randomUUID().toString();
        Product product = new Product("cucumber-jvm", "7");
        Ci ci = new Ci("CI", "https://ci.example/1", "1", new Git("https://ci.example/r.git", "4be1c0d", null, null));
        Timestamp time = new Timestamp(1L, 0L);
        return new ArrayList<>(List.of(
                Envelope.of(new Meta("30.1.0", product, product, product, product, ci)),
                Envelope.of(new TestRunStarted(time, run)),
                Envelope.of(new Source(uri, "Feature: a", SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN)),
                Envelope.of(new Pickle(pickle, uri, "one", "en", List.of(), List.of(), List.of())),
                Envelope.of(new TestRunHookStarted("h", run, "hook", null, time)),
                Envelope.of(new TestCase(test, pickle, List.of(), run)),
                Envelope.of(new TestCaseStarted(0L, started, test, null, time)),
                Envelope.of(new TestCaseFinished(started, time, false)),
                Envelope.of(new TestRunFinished(null, success, time, null, run))));
    }
}
