package dev.plumbline.run;

import static java.util.stream.Collectors.toList;

import dev.plumbline.cluster.Target;
import dev.plumbline.criterion.Criterion;
import dev.plumbline.profile.Profile;
import dev.plumbline.report.RunListener;
import dev.plumbline.report.RunRecord;
import dev.plumbline.report.RunStart;
import dev.plumbline.verdict.Mask;
import io.cucumber.messages.types.Envelope;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Runs the selected criteria on a target, document by document, and leaves the cluster clean after each. Beside it, another
 * thread may ask how far it is.
 */
public final class Verification {

    /** What a process that could say nothing more was ended with. */
    private static final int KILLED = 9;

    private final Prepared prepared;
    private final Opened opened;
    private final RunListener listener;
    private final Mask mask;
    private final InstantSource wall;
    private final Gate gate;
    private final Instant started;
    private final LocalDate today;
    private final Map<String, Recorder> recorders = new LinkedHashMap<>();
    private final List<String> leftovers;
    private volatile String delivery = "none";

    public Verification(
            Prepared prepared, Opened opened, RunListener listener, Mask mask, InstantSource wall, Gate gate) {
        this.prepared = prepared;
        this.opened = opened;
        this.listener = listener;
        this.mask = mask;
        this.wall = wall;
        this.gate = gate;
        this.started = wall.instant();
        this.leftovers = new CopyOnWriteArrayList<>(opened.swept().left());
        this.today = LocalDate.ofInstant(started, ZoneOffset.UTC);
        int attempts = prepared.options().attempts();
        Map<String, List<Criterion>> byDocument = prepared.criteria().stream()
                .collect(Collectors.groupingBy(Criterion::document, LinkedHashMap::new, toList()));
        byDocument.forEach((document, own) -> recorders.put(
                document, new Recorder(own, new Results(profile(document), today), attempts, listener, gate)));
    }

    /** What Cucumber said until now, of all documents in order. */
    public List<Envelope> messages() {
        return recorders.values().stream()
                .flatMap(recorder -> recorder.messages().stream())
                .toList();
    }

    /** Changes when there is something new to say of the run. */
    public Object progress() {
        return List.of(recorders.values().stream().mapToInt(Recorder::ended).sum(), gate.signal());
    }

    /**
     * What the run would leave said if it were killed now: what did not end is not run, and the exit code is that of
     * SIGKILL, since nothing else keeps it from saying more.
     */
    public RunRecord soFar() {
        return record("the run was killed, or still goes on", gate.signal().or(() -> Optional.of(KILLED)));
    }

    /** Runs everything, in the order of documents. */
    public RunRecord run() {
        Target target = opened.target();
        int scenarios = prepared.criteria().stream()
                .mapToInt(criterion -> criterion.examples().size())
                .sum();
        listener.runStarted(new RunStart(
                target.name(),
                target.simulated(),
                target.description(),
                opened.why(),
                prepared.criteria().size(),
                scenarios));
        List<String> documents = List.copyOf(recorders.keySet());
        for (String document : documents) {
            run(document, document.equals(documents.get(documents.size() - 1)));
        }
        return record("the run ended before it", gate.signal());
    }

    private void run(String document, boolean last) {
        Recorder recorder = java.util.Objects.requireNonNull(recorders.get(document));
        for (int attempt = 1; attempt <= prepared.options().attempts(); attempt++) {
            DocumentRun run = new DocumentRun(prepared, opened, document, recorder, listener, mask, gate);
            run.play();
            delivery = run.delivery().equals("none") ? delivery : run.delivery();
            boolean again = attempt < prepared.options().attempts()
                    && gate.refusal().isEmpty()
                    && !recorder.toDo().isEmpty();
            leftovers.addAll(again ? run.clean() : run.clean(last));
            if (!again) {
                return;
            }
        }
    }

    private Profile profile(String document) {
        return prepared.profiles().of(document);
    }

    private RunRecord record(String notRun, Optional<Integer> signal) {
        Target target = opened.target();
        List<String> remarks = new ArrayList<>(prepared.remarks());
        recorders.forEach((document, recorder) ->
                remarks.addAll(WaiverRemarks.of(profile(document), recorder.results(notRun), today)));
        return new RunRecord(
                target.name(),
                target.simulated(),
                target.description(),
                opened.why(),
                delivery,
                started,
                wall.instant(),
                recorders.values().stream()
                        .flatMap(recorder -> recorder.results(notRun).stream())
                        .toList(),
                leftovers,
                remarks,
                gate.aborted(),
                signal,
                prepared.catalogue());
    }
}
