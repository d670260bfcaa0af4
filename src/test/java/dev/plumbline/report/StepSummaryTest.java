package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepSummaryTest {

    @TempDir
    Path folder;

    @Test
    void itSaysSimulatedAndWhatIsNotGreen() {
        assertThat(StepSummary.markdown(SampleRecords.eachVerdict()))
                .contains("## Plumbline: non-conformant on simulated", "**SIMULATED.**", "exit code 1")
                .contains("| FAIL | SAMPLE-FAIL | Deployment \"web\"")
                .doesNotContain("| PASS |", "| WAIVED |", "| PENDING |");
    }

    @Test
    void aReasonCannotBreakTheTable() {
        CriterionResult result = SampleRecords.criterion("A-1", "d", Verdict.FAIL, "a | b <img> `c`\nsecond");

        assertThat(StepSummary.markdown(
                        SampleRecords.run(false, List.of(result), List.of("v1 Pod x"), Optional.empty())))
                .contains("| FAIL | A-1 | a \\| b &lt;img> \\`c\\` |\n")
                .endsWith("- remains on the cluster: v1 Pod x\n");
    }

    @Test
    void itIsAppendedAndMasked() throws IOException {
        Path file = folder.resolve("summary.md");
        Files.writeString(file, "before\n");
        Mask mask = new Mask();
        mask.secret("hunter2-canary");
        CriterionResult result = SampleRecords.criterion("A-1", "d", Verdict.FAIL, "got hunter2-canary");

        StepSummary.append(SampleRecords.run(false, List.of(result), List.of(), Optional.empty()), mask, file);

        assertThat(Files.readString(file)).startsWith("before\n## Plumbline").doesNotContain("hunter2");
    }
}
