package dev.plumbline.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Tier;
import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.Verdict;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * {@code allure-results/}, made from the record and not by Allure's Cucumber plugin, which names the machine and takes a
 * scenario's identity from its line. Allure's own writer brings a Jackson of its own, which takes longer to load than all
 * of the results to write.
 */
final class AllureResults {

    private final RunRecord run;
    private final Path place;
    private final ObjectMapper json = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .build();

    private AllureResults(RunRecord run, Path place) {
        this.run = run;
        this.place = place;
    }

    /** Replaces what an earlier run wrote. */
    static void write(RunRecord run, Path folder) throws IOException {
        AtomicFile.folder(folder, place -> {
            AllureResults results = new AllureResults(run, place);
            for (CriterionResult criterion : run.criteria()) {
                results.criterion(criterion);
            }
            results.leftovers();
            Files.writeString(place.resolve("environment.properties"), environment(run));
        });
    }

    private static String environment(RunRecord run) {
        return "target=" + run.target() + "\nsimulated=" + run.simulated() + "\ndelivery=" + run.delivery()
                + "\nconformance=" + run.conformance().word() + "\n";
    }

    private void write(TestResult result) throws IOException {
        json.writeValue(place.resolve(result.getUuid() + "-result.json").toFile(), result);
    }

    private void criterion(CriterionResult result) throws IOException {
        for (ScenarioResult scenario : result.scenarios()) {
            write(scenario(result, scenario));
        }
        if (!result.borneByScenario()) {
            TestResult own = result(result.criterion().id(), result.criterion().text(), run.started());
            write(own.setStop(own.getStart())
                    .setStatus(status(result.verdict()))
                    .setStatusDetails(details(result.verdict(), result.reason()))
                    .setLabels(labels(result)));
        }
    }

    private TestResult scenario(CriterionResult result, ScenarioResult scenario) throws IOException {
        Verdict verdict = scenario.verdict();
        Instant started =
                scenario.attempts().stream().map(Attempt::started).findFirst().orElse(run.started());
        TestResult test = result(result.criterion().id(), scenario.example().name(), started);
        return test.setStop(started.plus(scenario.took()).toEpochMilli())
                .setDescription(
                        result.criterion().text() + "\n\n" + scenario.example().location())
                .setStatus(status(verdict))
                .setStatusDetails(details(verdict, scenario.reason()))
                .setLabels(labels(result))
                .setParameters(scenario.attempts().stream()
                        .flatMap(attempt -> attempt.steps().stream())
                        .flatMap(step -> step.judgement().stream())
                        .flatMap(judgement -> judgement.measurements().stream())
                        .map(AllureResults::parameter)
                        .toList())
                .setSteps(steps(scenario.attempts()));
    }

    /** Several attempts are a step each, or theirs would look like one long scenario. */
    private List<io.qameta.allure.model.StepResult> steps(List<Attempt> attempts) throws IOException {
        List<io.qameta.allure.model.StepResult> all = new ArrayList<>();
        for (Attempt attempt : attempts) {
            if (attempts.size() == 1) {
                return steps(attempt);
            }
            all.add(new io.qameta.allure.model.StepResult()
                    .setName("Attempt " + (all.size() + 1) + ": " + attempt.verdict())
                    .setStage(Stage.FINISHED)
                    .setStatus(status(attempt.verdict()))
                    .setStatusDetails(details(attempt.verdict(), attempt.reason()))
                    .setStart(attempt.started().toEpochMilli())
                    .setStop(attempt.started().plus(attempt.took()).toEpochMilli())
                    .setSteps(steps(attempt)));
        }
        return all;
    }

    private List<io.qameta.allure.model.StepResult> steps(Attempt attempt) throws IOException {
        List<io.qameta.allure.model.StepResult> steps = new ArrayList<>();
        for (StepResult step : attempt.steps()) {
            steps.add(step(step));
        }
        return steps;
    }

    private io.qameta.allure.model.StepResult step(StepResult step) throws IOException {
        List<Attachment> attachments = new ArrayList<>();
        for (Evidence evidence : step.evidence()) {
            attachments.add(attach(evidence.name(), evidence.mediaType(), evidence.text()));
        }
        return new io.qameta.allure.model.StepResult()
                .setName(step.keyword() + " " + step.text())
                .setStage(Stage.FINISHED)
                .setStatus(status(step.outcome()))
                .setStatusDetails(new StatusDetails().setMessage(step.problem().orElse(null)))
                .setStart(step.started().toEpochMilli())
                .setStop(step.started().plus(step.took()).toEpochMilli())
                .setAttachments(attachments);
    }

    private Attachment attach(String name, String mediaType, String text) throws IOException {
        String file = UUID.randomUUID() + "-attachment-" + EvidenceFolder.fileName(name);
        Files.writeString(place.resolve(file), text);
        return new Attachment().setName(name).setType(mediaType).setSource(file);
    }

    private void leftovers() throws IOException {
        if (run.leftovers().isEmpty()) {
            return;
        }
        TestResult test = result("plumbline", "Nothing of the run remains on the cluster", run.finished());
        write(test.setStop(test.getStart())
                .setStatus(Status.BROKEN)
                .setStatusDetails(new StatusDetails().setMessage(String.join("\n", run.leftovers())))
                .setLabels(List.of(label("epic", "plumbline"))));
    }

    /** The same scenario keeps its identity when its file is edited or moved. */
    private static TestResult result(String id, String name, Instant started) {
        String identity = UUID.nameUUIDFromBytes((id + "\n" + name).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        return new TestResult()
                .setUuid(UUID.randomUUID().toString())
                .setHistoryId(identity)
                .setTestCaseId(identity)
                .setFullName(id + ": " + name)
                .setName(name)
                .setStage(Stage.FINISHED)
                .setStart(started.toEpochMilli());
    }

    private List<Label> labels(CriterionResult result) {
        Criterion criterion = result.criterion();
        return List.of(
                label("epic", criterion.document()),
                label("feature", criterion.id()),
                label("story", criterion.text()),
                label("parentSuite", criterion.document()),
                label("suite", criterion.id()),
                label("severity", criterion.tier() == Tier.CORE ? "critical" : "normal"),
                label("tag", criterion.tier().word()),
                label("tag", run.simulated() ? "SIMULATED" : run.target()),
                label("framework", "plumbline"),
                label("language", "gherkin"));
    }

    private static Label label(String name, String value) {
        return new Label().setName(name).setValue(value);
    }

    private static Parameter parameter(Measurement measurement) {
        return new Parameter()
                .setName(measurement.name())
                .setValue(Phrases.measured(measurement))
                .setExcluded(true);
    }

    private static StatusDetails details(Verdict verdict, String reason) {
        return new StatusDetails()
                .setMessage(verdict == Verdict.PASS ? reason : verdict + ": " + reason)
                .setFlaky(verdict == Verdict.FLAKY);
    }

    private static Status status(Verdict verdict) {
        return switch (verdict) {
            case PASS, WAIVED -> Status.PASSED;
            case FAIL, FLAKY -> Status.FAILED;
            case INCONCLUSIVE -> Status.BROKEN;
            case BLOCKED, NOT_APPLICABLE, PENDING, UNPROVEN -> Status.SKIPPED;
        };
    }

    private static Status status(StepResult.Outcome outcome) {
        return switch (outcome) {
            case PASSED -> Status.PASSED;
            case FAILED -> Status.FAILED;
            case NOT_MEASURED -> Status.BROKEN;
            case SKIPPED -> Status.SKIPPED;
        };
    }
}
