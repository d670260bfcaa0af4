package dev.plumbline.report;

import dev.plumbline.verdict.Mask;
import io.cucumber.messages.types.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Writes all reports of a run from its one record, each file whole or not at all. */
public final class ReportFolder {

    private static final List<String> STALE = List.of(
            RecordFile.NAME,
            "index.html",
            "cucumber.html",
            "messages.ndjson",
            "allure.html",
            "openreports.yaml",
            "policyreport.yaml",
            CodeQuality.NAME);

    private final Mask mask;

    /** @param mask takes out what must not be written; secrets made known until now count */
    public ReportFolder(Mask mask) {
        this.mask = mask;
    }

    /**
     * Before a run: takes away what an earlier one wrote, since it would pass for what this one says, and writes that
     * nothing was run.
     *
     * @throws IOException if a place cannot be written
     */
    public void begin(RunRecord record, Path reports, Path history) throws IOException {
        RunRecord run = MaskedRecord.of(record, mask);
        Files.createDirectories(reports);
        History.writable(history);
        for (String name : STALE) {
            Files.deleteIfExists(reports.resolve(name));
        }
        AtomicFile.delete(reports.resolve("allure-results"));
        AtomicFile.delete(reports.resolve("evidence"));
        AtomicFile.text(reports.resolve("statement.json"), Statement.of(run).json());
        AtomicFile.text(reports.resolve("junit.xml"), JUnitXml.of(run));
    }

    /**
     * Renders the pages again from the record that a run left, with the past that it had then.
     *
     * @return the record
     * @throws IOException if there is no such record, or a place cannot be written; its message says what to do
     */
    public RunRecord again(Path reports, Path history) throws IOException {
        RunRecord run = RecordFile.read(reports);
        History past = History.read(history).before(run);
        AtomicFile.together(reports, place -> pages(run, place, past));
        return run;
    }

    /** The folders with the record of a run: the folder itself, or those in it. */
    public static List<Path> stored(Path place) throws IOException {
        if (Files.exists(place.resolve(RecordFile.NAME))) {
            return List.of(place);
        }
        try (Stream<Path> inside = Files.list(place)) {
            return inside.filter(folder -> Files.exists(folder.resolve(RecordFile.NAME)))
                    .sorted()
                    .toList();
        }
    }

    /** While the run goes on: what it would leave said if it were killed now. */
    public void meanwhile(RunRecord record, List<Envelope> messages, Path reports, Path history) throws IOException {
        render(MaskedRecord.of(record, mask), messages, reports, History.read(history));
    }

    /**
     * Writes the reports of a run that has ended.
     *
     * @param messages what Cucumber said, of all its executions, in order
     * @param reports the folder of this target, made when it is not there
     * @param history the verdicts of earlier runs
     * @return one line for each thing that a reader of the console should know, such as a history line that was skipped
     * @throws IOException if a place cannot be written
     */
    public List<String> write(RunRecord record, List<Envelope> messages, Path reports, Path history)
            throws IOException {
        History past = History.read(history);
        render(MaskedRecord.of(record, mask), messages, reports, past);
        return past.problems();
    }

    /** Adds the run to the history. */
    public void remember(RunRecord record, Path history) throws IOException {
        History.append(history, MaskedRecord.of(record, mask));
    }

    /** All in a folder beside, then moved into place together: whoever is killed meanwhile leaves one record's files. */
    private void render(RunRecord run, List<Envelope> messages, Path reports, History past) throws IOException {
        AtomicFile.together(reports, place -> {
            CompletableFuture<Void> cucumber =
                    beside(() -> new CucumberMessages(run.simulated(), mask).write(messages, place));
            pages(run, place, past);
            finished(cucumber);
        });
    }

    /** What is many files is written beside what is few. */
    private static void pages(RunRecord run, Path place, History past) throws IOException {
        CompletableFuture<Void> many = beside(() -> {
            EvidenceFolder.write(run, place.resolve("evidence"));
            AllureResults.write(run, place.resolve("allure-results"));
        });
        AtomicFile.text(place.resolve("statement.json"), Statement.of(run).json());
        AtomicFile.text(place.resolve("junit.xml"), JUnitXml.of(run));
        AtomicFile.text(place.resolve("openreports.yaml"), PolicyReports.openReports(run));
        AtomicFile.text(place.resolve("policyreport.yaml"), PolicyReports.policyReport(run));
        RecordFile.write(run, place);
        new IndexPage().write(run, past, place.resolve("index.html"));
        finished(many);
    }

    private interface Writing {
        void write() throws IOException;
    }

    private static CompletableFuture<Void> beside(Writing work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.write();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void finished(CompletableFuture<Void> work) throws IOException {
        try {
            work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException unchecked) {
                throw unchecked.getCause();
            }
            throw e;
        }
    }
}
