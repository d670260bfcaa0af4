package dev.plumbline;

import dev.plumbline.report.CiServer;
import dev.plumbline.report.ReportFolder;
import dev.plumbline.report.RunRecord;
import dev.plumbline.run.BadInput;
import dev.plumbline.run.Gate;
import dev.plumbline.run.Verification;
import dev.plumbline.timing.Stopwatch;
import dev.plumbline.verdict.Mask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Writes what a run says: while it goes on, so that one that is killed leaves whole files which say how far it came, and at
 * its end. What cannot be written is said and makes the run inconclusive, for nobody can read its verdicts.
 */
final class Publishing implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** The share of a run's time that is spent on files which the next ones replace: one in so many. */
    private static final int SHARE = 20;

    private final Verification verification;
    private final ReportFolder folder;
    private final Mask mask;
    private final Path reports;
    private final Path history;
    private final CiServer server;
    private final ScheduledExecutorService beside = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "plumbline-reports");
        thread.setDaemon(true);
        return thread;
    });
    private Object written = "";

    Publishing(Verification verification, Mask mask, Path reports, Path history, CiServer server) {
        this.verification = verification;
        this.folder = new ReportFolder(mask);
        this.mask = mask;
        this.reports = reports;
        this.history = history;
        this.server = server;
    }

    /** @throws BadInput when the reports could not be written; nothing has been started then */
    void begin() {
        try {
            folder.begin(verification.soFar(), reports, history);
        } catch (IOException e) {
            throw new BadInput(reports + ": the reports cannot be written: " + why(e)
                    + "; name a directory that can with --reports, and a file with --history");
        }
        later(PAUSE);
    }

    private void later(Duration pause) {
        beside.schedule(this::meanwhile, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void meanwhile() {
        Stopwatch watch = new Stopwatch();
        Object progress = verification.progress();
        if (!progress.equals(written)) {
            trying(() -> folder.meanwhile(verification.soFar(), verification.messages(), reports, history));
            written = progress;
        }
        Duration cost = watch.elapsed().multipliedBy(SHARE);
        later(cost.compareTo(PAUSE) > 0 ? cost : PAUSE);
    }

    /** Writes everything; returns the record as it stands in the files. */
    RunRecord end(RunRecord run, Gate gate) {
        close();
        RunRecord record = write(run);
        if (record.signal().isEmpty() && gate.signal().isPresent()) {
            record = write(record.stoppedBy(gate.signal()));
        }
        RunRecord last = record;
        Optional<String> problem =
                trying(() -> folder.remember(last, history)).or(() -> trying(() -> server.tell(last, mask, reports)));
        return problem.map(why -> write(last.brokenBy(said(why)))).orElse(last);
    }

    private RunRecord write(RunRecord record) {
        Optional<String> problem = trying(() -> folder.write(record, verification.messages(), reports, history)
                .forEach(remark -> System.out.println(mask.apply(remark))));
        return problem.map(why -> record.brokenBy(said(why))).orElse(record);
    }

    private String said(String why) {
        String words = "the reports could not be written: " + why;
        System.err.println(mask.apply("plumbline: " + words));
        return words;
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static Optional<String> trying(Writing work) {
        try {
            work.run();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(why(e));
        } catch (UncheckedIOException e) {
            return Optional.of(why(Objects.requireNonNull(e.getCause())));
        }
    }

    private static String why(IOException problem) {
        String message = problem.getMessage() == null ? "" : problem.getMessage();
        return problem.getClass().getSimpleName() + " "
                + message.lines().findFirst().orElse("");
    }

    /** Returns when nothing is being written. */
    @Override
    public void close() {
        beside.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            beside.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
