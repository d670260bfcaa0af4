package dev.plumbline.run;

import dev.plumbline.action.Delivered;
import dev.plumbline.action.GitDelivery;
import dev.plumbline.action.Ledger;
import dev.plumbline.cluster.Target;
import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.profile.Profile;
import dev.plumbline.report.Attempt;
import dev.plumbline.report.RunListener;
import dev.plumbline.steps.Interlude;
import dev.plumbline.steps.Session;
import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Verdict;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One document's manifests on a bed: its scenarios run there as often as is asked, then all of it is taken back. */
final class Stage {

    private final Bed bed;
    private final String document;
    private final Path manifests;
    private final Path written;
    private final Profile profile;
    private final Mask mask;
    private final Gate gate;
    private final Ledger ledger = new Ledger();
    private final GitDelivery git;

    /**
     * @param manifests the parent of the documents' manifests, or a copy of it
     * @param written as the features name it
     */
    Stage(Bed bed, String document, Path manifests, Path written, Profile profile, Mask mask, Gate gate) {
        this.bed = bed;
        this.document = document;
        this.manifests = manifests;
        this.profile = profile;
        this.written = written;
        this.mask = mask;
        this.gate = gate;
        this.git = new GitDelivery(bed.target(), ledger, bed.runId(), bed.flux());
    }

    Target target() {
        return bed.target();
    }

    Profile profile() {
        return profile;
    }

    /** What was delivered from Git. */
    Optional<Delivered> delivered() {
        return git.delivered(document);
    }

    /** Runs each scenario once, one after the other. */
    Map<Example, Attempt> run(List<Criterion> criteria, Interlude interlude) {
        List<Example> examples = criteria.stream()
                .flatMap(criterion -> criterion.examples().stream())
                .toList();
        Map<Example, Attempt> found = new LinkedHashMap<>();
        if (examples.isEmpty() || gate.refusal().isPresent()) {
            return found;
        }
        Recorder recorder =
                new Recorder(criteria, new Results(profile, LocalDate.EPOCH), 1, new RunListener() {}, gate);
        Session session = new Session(
                bed.target(), profile, manifests, written, bed.runId(), ledger, git, recorder, interlude, mask);
        new CucumberRun(session, 1, Optional.empty(), gate.cancellation()).run(examples);
        for (Example example : examples) {
            recorder.attemptsOf(example).stream().findFirst().ifPresent(attempt -> found.put(example, attempt));
        }
        return found;
    }

    /** Takes back all that was written; returns what is left, one line each. */
    List<String> clear() throws InterruptedException {
        if (gate.signal().isPresent()) {
            ledger.forget();
        }
        try (var presence = bed.target().clock().enter()) {
            return ledger.undoAll(bed.target());
        } finally {
            git.close();
        }
    }

    /** The last thing that is done here: takes everything back where others come after it. */
    List<String> leave() throws InterruptedException {
        if (!bed.shared()) {
            ledger.forget();
        }
        return clear();
    }

    /** Whether a scenario ran and passed. */
    static boolean passed(Map<Example, Attempt> found, Example example) {
        Attempt attempt = found.get(example);
        return attempt != null && attempt.verdict() == Verdict.PASS;
    }
}
