package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    @TempDir
    Path folder;

    @Test
    void whatIsAppendedIsReadBack() throws IOException {
        Path file = folder.resolve("deep/history.jsonl");
        History.append(file, SampleRecords.of(Verdict.PASS, Verdict.UNPROVEN));
        History.append(file, SampleRecords.of(Verdict.FAIL));

        History history = History.read(file);

        assertThat(history.problems()).isEmpty();
        assertThat(history.lines())
                .extracting(HistoryLine::verdict)
                .containsExactly(Verdict.PASS, Verdict.UNPROVEN, Verdict.FAIL);
        assertThat(history.lines().get(0).value()).isEqualTo(62.25);
        assertThat(Past.of("k3s", history).byId()).containsOnlyKeys("C-0-PASS", "C-1-UNPROVEN", "C-0-FAIL");
        assertThat(Past.of("simulated", history).byId()).isEmpty();
    }

    @Test
    void aCorruptLineIsSkippedAndNamed() throws IOException {
        Path file = folder.resolve("history.jsonl");
        History.append(file, SampleRecords.of(Verdict.PASS));
        Files.writeString(
                file,
                "<<<<<<< HEAD\n{\"target\":\"k3s\"}\n"
                        + "{\"target\":\"k3s\",\"id\":\"A\",\"verdict\":\"PASS\",\"started\":\"yesterday\"}\n",
                StandardOpenOption.APPEND);
        History.append(file, SampleRecords.of(Verdict.PASS));

        History history = History.read(file);

        assertThat(history.lines()).hasSize(2);
        assertThat(history.problems()).hasSize(3);
        assertThat(history.problems().get(0)).startsWith(file + ":2: skipped");
        assertThat(history.problems().get(2)).contains("'started' is not an ISO-8601 time");
    }

    @Test
    void aLineThatAKilledWriterLeftHalfDoesNotSpoilTheNext() throws IOException {
        Path file = folder.resolve("history.jsonl");
        Files.writeString(file, "{\"target\":\"k3s\",\"id\":\"A");
        History.append(file, SampleRecords.of(Verdict.PASS));

        assertThat(History.read(file).lines()).hasSize(1);
        assertThat(History.read(file).problems()).hasSize(1);
    }

    @Test
    void noFileIsAnEmptyHistory() throws IOException {
        assertThat(History.read(folder.resolve("none.jsonl")).lines()).isEmpty();
    }
}
