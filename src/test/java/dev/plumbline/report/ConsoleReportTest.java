package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Mask mask = new Mask();

    @Test
    void aFailureIsOneLineOfFactAndOneOfWhere() {
        finish(plain(), SampleRecords.criterion("GITOPS-DRIFT-01", "gitops-plan", Verdict.FAIL));

        assertThat(lines())
                .containsExactly(
                        "FAIL           GITOPS-DRIFT-01  after 412 ms: Deployment \"web\" in namespace \"shop\""
                                + " .spec.replicas was 0, expected 2",
                        "               features/gitops-plan/drift.feature:10 | evidence/GITOPS-DRIFT-01/"
                                + " | not observable for 11.0 s");
    }

    @Test
    void aPassSaysWhatWasMeasured() {
        finish(plain(), SampleRecords.criterion("GITOPS-DRIFT-01", "gitops-plan", Verdict.PASS));

        assertThat(lines())
                .containsExactly("PASS           GITOPS-DRIFT-01  A scaled deployment returns to its declared replicas"
                        + "  waited 62.25 s, at most 300 s (virtual)  412 ms");
    }

    @Test
    void plainLinesHoldNoControlCharacters() {
        ConsoleReport console = plain();
        console.runStarted(new RunStart("simulated", true, "in the JVM", "no Docker", 9, 9));
        console.waiting("Deployment \"web\"", Duration.ofSeconds(3), Duration.ofMinutes(5));
        console.waiting("Deployment \"web\"", Duration.ofSeconds(31), Duration.ofMinutes(5));
        console.runFinished(SampleRecords.eachVerdict(), Path.of("reports/simulated"));

        assertThat(text()).doesNotContain("\u001b", "\r", "3.0 s of").contains("waiting 31.0 s of 5 min 00 s");
    }

    @Test
    void aTerminalShowsEveryWait() {
        ConsoleReport console = new ConsoleReport(stream(), true, true, mask);
        console.runStarted(new RunStart("k3s", false, "a node", "it was asked for", 9, 12));
        finish(console, SampleRecords.criterion("A-1", "d", Verdict.PASS));
        bytes.reset();
        console.waiting("Deployment \"web\"", Duration.ofSeconds(150), Duration.ofMinutes(5));

        assertThat(text())
                .contains("1/12 [####----] 2 min 30 s of 5 min 00 s  Deployment \"web\"")
                .doesNotContain("\n");
    }

    @Test
    void withoutColoursATerminalStillShowsItsWaits() {
        ConsoleReport console = new ConsoleReport(stream(), true, false, mask);
        console.waiting("Deployment \"web\"", Duration.ofSeconds(3), Duration.ofMinutes(5));
        console.runFinished(SampleRecords.eachVerdict(), Path.of("reports/simulated"));

        assertThat(text()).contains("[--------] 3.0 s of 5 min 00 s").doesNotContain("\u001b[1", "\u001b[3");
    }

    /** Details were said before and stand in the files. */
    @Test
    void theSummaryFitsAScreenWhateverHappened() {
        String much = "a long reason ".repeat(30);
        List<CriterionResult> bad = Stream.of("A", "B", "C")
                .map(id -> SampleRecords.criterion(id, "d", Verdict.FAIL, much))
                .toList();
        RunRecord run = SampleRecords.run(false, bad, Collections.nCopies(40, "v1 Namespace shop"), Optional.empty());
        new ConsoleReport(stream(), true, false, mask).runFinished(run, Path.of("reports/k3s"));

        assertThat(text().split("\n")).hasSizeLessThan(24).allMatch(line -> line.length() < 170);
    }

    @Test
    void theSummarySaysSimulatedAndTheResultInWords() {
        plain().runFinished(SampleRecords.eachVerdict(), Path.of("reports/simulated"));

        assertThat(text())
                .contains("SIMULATED", "No cluster was looked at", "reports/simulated/index.html")
                .contains(
                        "NON-CONFORMANT: 2 criteria do not hold (exit code 1); 9 criteria, 8 scenarios in 1 min 23 s");
    }

    @Test
    void theSummaryOfManyCriteriaFitsAScreen() {
        plain().runFinished(SampleRecords.large(500), Path.of("reports/k3s"));

        assertThat(lines()).hasSizeLessThan(30);
        assertThat(text()).contains("gitops-plan", "kubeadm-gitops", " pass, ");
    }

    @Test
    void leftoversAreNamed() {
        plain().runFinished(
                        SampleRecords.run(
                                false,
                                SampleRecords.of(Verdict.PASS).criteria(),
                                List.of("v1 Namespace shop: has a finalizer"),
                                Optional.empty()),
                        Path.of("reports/k3s"));

        assertThat(text()).contains("REMAINS", "v1 Namespace shop: has a finalizer", "exit code 5");
    }

    @Test
    void secretsAreMasked() {
        mask.secret("hunter2-canary");
        finish(plain(), SampleRecords.criterion("A-1", "d", Verdict.FAIL, "got hunter2-canary"));

        assertThat(text()).contains("got ***").doesNotContain("hunter2");
    }

    @Test
    void coloursAreForAPersonWhoWantsThem() {
        assertThat(ConsoleReport.terminal(Map.of(), true)).isTrue();
        assertThat(ConsoleReport.terminal(Map.of(), false)).isFalse();
        assertThat(ConsoleReport.colours(Map.of())).isTrue();
        assertThat(ConsoleReport.colours(Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(ConsoleReport.terminal(Map.of("CI", "true"), true)).isFalse();
        assertThat(ConsoleReport.terminal(Map.of("TERM", "dumb"), true)).isFalse();
    }

    private static void finish(ConsoleReport console, CriterionResult result) {
        console.scenarioFinished(result.criterion(), result.scenarios().get(0));
    }

    private ConsoleReport plain() {
        return new ConsoleReport(stream(), false, false, mask);
    }

    private PrintStream stream() {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private List<String> lines() {
        return text().lines().toList();
    }
}
