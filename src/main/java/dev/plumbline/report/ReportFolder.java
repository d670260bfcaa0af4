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

/** Writes all reports of a run from its one record, each file whole or not at all. */
public final class ReportFolder {

    private final Mask mask;

    /** @param mask takes out what must not be written; secrets made known until now count */
    public ReportFolder(Mask mask) {
        this.mask = mask;
    }

    /**
     * Writes the reports and adds the run to the history.
     *
     * @param messages what Cucumber said, of all its executions, in order
     * @param reports the folder of this target, made when it is not there
     * @param history the file that the run's verdicts are added to
     * @return one line for each thing that a reader of the console should know, such as a history line that was skipped
     * @throws IOException if a place cannot be written
     */
    public List<String> write(RunRecord record, List<Envelope> messages, Path reports, Path history)
            throws IOException {
        RunRecord run = MaskedRecord.of(record, mask);
        Files.createDirectories(reports);
        CompletableFuture<Void> cucumber = CompletableFuture.runAsync(() -> cucumber(run, messages, reports));
        AtomicFile.text(reports.resolve("statement.json"), Statement.of(run).json());
        AtomicFile.text(reports.resolve("junit.xml"), JUnitXml.of(run));
        History past = History.read(history);
        EvidenceFolder.write(run, reports.resolve("evidence"));
        AtomicFile.text(reports.resolve("index.html"), new IndexPage().render(run, past));
        AllureResults.write(run, reports.resolve("allure-results"));
        finished(cucumber);
        History.append(history, run);
        return past.problems();
    }

    /** Cucumber's own reports are as much work as all others together, so they are written beside them. */
    private void cucumber(RunRecord run, List<Envelope> messages, Path reports) {
        try {
            new CucumberMessages(run.simulated(), mask).write(messages, reports);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
