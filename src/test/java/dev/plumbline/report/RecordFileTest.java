package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {

    @TempDir
    Path folder;

    @Test
    void whatIsStoredRendersTheSame() throws IOException {
        for (long seed = 0; seed < 40; seed++) {
            RunRecord run = MaskedRecord.of(SampleRecords.seeded(seed), new Mask());
            RecordFile.write(run, folder);

            RunRecord stored = RecordFile.read(folder);

            assertThat(rendered(stored)).isEqualTo(rendered(run));
        }
    }

    @Test
    void aShowcaseWithAPastIsRenderedAgainAsItWas() throws IOException {
        Path history = folder.resolve("history.jsonl");
        ReportFolder reports = new ReportFolder(new Mask());
        Path place = folder.resolve("k3s");
        RunRecord before = earlier(SampleRecords.of(Verdict.FAIL, Verdict.PASS));
        reports.remember(before, history);
        reports.write(SampleRecords.of(Verdict.FAIL, Verdict.PASS), List.of(), place, history);
        reports.remember(SampleRecords.of(Verdict.FAIL, Verdict.PASS), history);
        String page = Files.readString(place.resolve("index.html"));
        Files.delete(place.resolve("index.html"));
        Files.writeString(place.resolve("cucumber.html"), "Cucumber's own");

        RunRecord run = reports.again(place, history);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(place.resolve("index.html")).hasContent(page);
        assertThat(place.resolve("cucumber.html")).hasContent("Cucumber's own");
        assertThat(page).contains("fail since 2026-11-19 (2 runs)");
    }

    @Test
    void whatIsNoRecordIsNamed() throws IOException {
        assertThatThrownBy(() -> RecordFile.read(folder)).hasMessageStartingWith(folder + ": no stored run there");
        Files.writeString(folder.resolve(RecordFile.NAME), "half");
        assertThatThrownBy(() -> RecordFile.read(folder))
                .hasMessageContaining(RecordFile.NAME + ": not a run that this version can read")
                .hasMessageContaining("run `plumbline verify` again");
    }

    @Test
    void severalRunsStandSideBySide() throws IOException {
        Path page = folder.resolve("index.html");

        new SideBySide(Map.of(
                        folder.resolve("simulated").toString(), SampleRecords.eachVerdict(),
                        folder.resolve("homelab").toString(),
                                SampleRecords.run(
                                        false,
                                        List.of(SampleRecords.criterion("SAMPLE-FAIL", "gitops-plan", Verdict.PASS)),
                                        List.of(),
                                        java.util.Optional.empty())))
                .write(page);

        assertThat(Files.readString(page))
                .contains("<strong>SIMULATED</strong>", "href=\"homelab/index.html#SAMPLE-FAIL\"", "1 differ")
                .contains("not in this run", "href=\"simulated/index.html#SAMPLE-FLAKY\"")
                .doesNotContain(folder.toString());
    }

    private static RunRecord earlier(RunRecord run) {
        return new RunRecord(
                run.target(),
                run.simulated(),
                run.targetDescription(),
                run.targetReason(),
                run.delivery(),
                run.started().minusSeconds(86_400),
                run.finished().minusSeconds(86_400),
                run.criteria(),
                run.leftovers(),
                run.remarks(),
                run.broken(),
                run.signal(),
                run.catalogue());
    }

    private static List<String> rendered(RunRecord run) throws IOException {
        return List.of(
                Statement.of(run).json(),
                JUnitXml.of(run),
                new IndexPage().render(run, History.NONE),
                run.criteria().stream()
                        .map(result -> EvidenceFolder.of(result).toString())
                        .toList()
                        .toString());
    }
}
