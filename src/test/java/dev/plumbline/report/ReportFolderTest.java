package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.criterion.Catalogue;
import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.criterion.Waiver;
import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Timeline;
import dev.plumbline.verdict.Verdict;
import io.cucumber.messages.types.Attachment;
import io.cucumber.messages.types.AttachmentContentEncoding;
import io.cucumber.messages.types.Envelope;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFolderTest {

    private static final String CANARY = "tr0ub4dor-canary";

    @TempDir
    Path folder;

    @Test
    void allFilesAreThereAndNothingElse() throws IOException {
        write(SampleRecords.eachVerdict(), List.of());

        assertThat(names(folder.resolve("reports/simulated")))
                .containsExactlyInAnyOrder(
                        "statement.json",
                        "record.json.gz",
                        "openreports.yaml",
                        "policyreport.yaml",
                        "junit.xml",
                        "index.html",
                        "cucumber.html",
                        "messages.ndjson",
                        "allure-results",
                        "evidence");
        assertThat(folder.resolve("reports/history.jsonl")).exists();
    }

    @Test
    void aSecondRunReplacesTheFirst() throws IOException {
        write(SampleRecords.eachVerdict(), List.of());
        write(SampleRecords.of(Verdict.PASS), List.of());

        assertThat(names(folder.resolve("reports/simulated/evidence"))).containsExactly("C-0-PASS");
        assertThat(Files.readAllLines(folder.resolve("reports/history.jsonl"))).hasSize(10);
    }

    @Test
    void aCorruptHistoryLineIsReported() throws IOException {
        Path history = folder.resolve("history.jsonl");
        Files.writeString(history, "not json\n");

        List<String> notes = new ReportFolder(new Mask())
                .write(SampleRecords.of(Verdict.PASS), List.of(), folder.resolve("r"), history);

        assertThat(notes).singleElement().asString().startsWith(history + ":1: skipped");
    }

    @Test
    void noSecretReachesAnyFile() throws IOException {
        Mask mask = new Mask();
        mask.secret(CANARY);
        new ReportFolder(mask).write(secretive(), secretMessages(), folder.resolve("r"), folder.resolve("h.jsonl"));

        assertNowhere(CANARY);
        assertThat(read("r/index.html")).contains(Mask.MARK);
        assertThat(read("r/messages.ndjson")).contains(Mask.MARK);
        assertThat(read("r/evidence/S-1/events.yaml")).isEqualTo("seen ***");
    }

    @Test
    void noMachinePathReachesAnyFile() throws IOException {
        Mask mask = new Mask();
        mask.directory(Path.of("/home/someone/project"));
        CriterionResult result = SampleRecords.criterion(
                "P-1", "gitops-plan", Verdict.FAIL, "cannot read /home/someone/project/manifests/a.yaml");

        new ReportFolder(mask)
                .write(
                        SampleRecords.run(true, List.of(result), List.of(), Optional.empty()),
                        CucumberMessagesTest.execution("file:///home/someone/project/features/a.feature", true),
                        folder.resolve("r"),
                        folder.resolve("h.jsonl"));

        assertNowhere("/home/someone");
        assertThat(read("r/statement.json")).contains("cannot read manifests/a.yaml");
        assertThat(read("r/messages.ndjson")).contains("\"uri\":\"features/a.feature\"");
    }

    @Test
    void theMachineIsNotNamed() throws IOException {
        write(Showcase.run(), CucumberMessagesTest.execution("features/a.feature", true));

        assertNowhere("\"" + InetAddress.getLocalHost().getHostName() + "\"");
        assertNowhere(Path.of("").toAbsolutePath().toString());
    }

    @Test
    void evidenceIsBoundedAndItsNamesAreSafe() throws IOException {
        String big = "ä".repeat(EvidenceFolder.MOST_BYTES);
        List<Evidence> evidence = List.of(
                new Evidence("../../etc/passwd", "text/plain", "a"),
                new Evidence("log.txt", "text/plain", "first"),
                new Evidence("LOG.txt", "text/plain", "second"),
                new Evidence("", "text/plain", "no name"),
                new Evidence("big.log", "text/plain", big),
                new Evidence("after.log", "text/plain", "more"));
        CriterionResult result = with(SampleRecords.criterion("E-1", "d", Verdict.PASS), evidence, new Timeline());
        write(SampleRecords.run(true, List.of(result), List.of(), Optional.empty()), List.of());

        Path own = folder.resolve("reports/simulated/evidence/E-1");
        assertThat(names(own))
                .containsExactlyInAnyOrder("etc-passwd", "log.txt", "LOG-2.txt", "unnamed", "big.log", "after.log");
        assertThat(Files.size(own.resolve("big.log"))).isLessThanOrEqualTo(EvidenceFolder.MOST_BYTES);
        assertThat(Files.readString(own.resolve("big.log")))
                .endsWith("bounded to 2 MiB]\n")
                .doesNotContain("\uFFFD");
        assertThat(Files.readString(own.resolve("after.log"))).contains("cut here");
    }

    @Test
    void allureKeepsIdentityWhenAFileIsEdited() throws IOException {
        CriterionResult one = SampleRecords.criterion("A-1", "gitops-plan", Verdict.PASS);
        CriterionResult moved = SampleRecords.criterion("A-1", "elsewhere", Verdict.FAIL);
        JsonNode before = allure(one);
        JsonNode after = allure(moved);

        assertThat(before.path("historyId").textValue())
                .isNotEmpty()
                .isEqualTo(after.path("historyId").textValue());
        assertThat(after.path("labels").toString())
                .contains("{\"name\":\"feature\",\"value\":\"A-1\"}")
                .doesNotContain("host");
        assertThat(after.at("/steps/1/attachments/0/name").textValue()).isEqualTo("events.yaml");
    }

    private JsonNode allure(CriterionResult result) throws IOException {
        Path place = folder.resolve("allure");
        AllureResults.write(SampleRecords.run(true, List.of(result), List.of(), Optional.empty()), place);
        try (Stream<Path> files = Files.list(place)) {
            Path file = files.filter(each -> each.toString().endsWith("-result.json"))
                    .findFirst()
                    .orElseThrow();
            return new ObjectMapper().readTree(file.toFile());
        }
    }

    /** A record with the canary wherever a text stands that comes from outside. */
    private static RunRecord secretive() {
        CriterionResult plain = SampleRecords.criterion("S-1", "gitops-plan", Verdict.FAIL);
        Criterion criterion = plain.criterion();
        Example example = new Example(
                "name " + CANARY, criterion.location(), Set.of("@fault:broken"), List.of("step " + CANARY), 0);
        Timeline timeline = new Timeline();
        timeline.add(new Observation.Seen<>(CANARY, "at " + CANARY, SampleRecords.START));
        timeline.add(new Observation.Absent<>(CANARY, CANARY, SampleRecords.START));
        timeline.add(new Observation.Unreachable<>(CANARY, CANARY, SampleRecords.START));
        timeline.add(new Observation.Blocked<>(CANARY, CANARY, SampleRecords.START));
        CriterionResult result = with(
                new CriterionResult(
                        new Criterion(
                                criterion.id(),
                                criterion.document(),
                                "text " + CANARY,
                                criterion.tier(),
                                false,
                                criterion.location(),
                                Set.of(),
                                List.of(example)),
                        Verdict.FAIL,
                        "reason " + CANARY,
                        Optional.of(new Waiver("S-1", CANARY, CANARY, LocalDate.MAX)),
                        List.of(new ScenarioResult(example, Verdict.FAIL, "reason " + CANARY, List.of()))),
                List.of(new Evidence("events.yaml", "text/plain", "seen " + CANARY)),
                timeline);
        return new RunRecord(
                "simulated",
                true,
                "described " + CANARY,
                "because " + CANARY,
                "git",
                SampleRecords.START,
                SampleRecords.START,
                List.of(result),
                List.of("leftover " + CANARY),
                List.of("remark " + CANARY),
                Optional.of("broken " + CANARY),
                Optional.empty(),
                Catalogue.NONE);
    }

    private static CriterionResult with(CriterionResult result, List<Evidence> evidence, Timeline timeline) {
        Judgement judgement = new Judgement(
                result.verdict(),
                "subject " + CANARY,
                "reason " + CANARY,
                timeline,
                List.of(new Measurement("name " + CANARY, 1, "seconds", null, "wall")));
        StepResult step = new StepResult(
                "Then",
                "step " + CANARY,
                StepResult.Outcome.FAILED,
                SampleRecords.START,
                Duration.ZERO,
                Optional.of(judgement),
                Optional.of("problem " + CANARY),
                evidence);
        ScenarioResult scenario = result.scenarios().get(0);
        Attempt attempt =
                new Attempt(result.verdict(), "reason " + CANARY, SampleRecords.START, Duration.ZERO, List.of(step));
        return new CriterionResult(
                result.criterion(),
                result.verdict(),
                result.reason(),
                result.waiver(),
                List.of(new ScenarioResult(
                        scenario.example(), scenario.verdict(), scenario.reason(), List.of(attempt))));
    }

    private static List<Envelope> secretMessages() {
        List<Envelope> messages = CucumberMessagesTest.execution("features/" + CANARY + ".feature", true);
        messages.add(
                3,
                Envelope.of(new Attachment(
                        "got \"" + CANARY + "\"\n",
                        AttachmentContentEncoding.IDENTITY,
                        null,
                        "text/plain",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)));
        return messages;
    }

    private void write(RunRecord run, List<Envelope> messages) throws IOException {
        ReportFolder reports = new ReportFolder(new Mask());
        reports.write(run, messages, folder.resolve("reports/simulated"), folder.resolve("reports/history.jsonl"));
        reports.remember(run, folder.resolve("reports/history.jsonl"));
    }

    private void assertNowhere(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean packed = file.toString().endsWith(".gz");
                InputStream bytes = Files.newInputStream(file);
                try (InputStream in = packed ? new GZIPInputStream(bytes) : bytes) {
                    assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(text))
                            .as(file + " holds " + text)
                            .isFalse();
                }
            }
        }
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
