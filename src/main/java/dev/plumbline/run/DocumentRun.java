package dev.plumbline.run;

import dev.plumbline.action.GitDelivery;
import dev.plumbline.action.Ledger;
import dev.plumbline.cluster.Access;
import dev.plumbline.cluster.Target;
import dev.plumbline.criterion.Example;
import dev.plumbline.profile.Profile;
import dev.plumbline.report.CriterionResult;
import dev.plumbline.report.RunListener;
import dev.plumbline.steps.Interlude;
import dev.plumbline.steps.Session;
import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One attempt at a document. It undoes what it wrote, so that the next finds the cluster as the first did. */
final class DocumentRun {

    private final Prepared prepared;
    private final Profile profile;
    private final RunOptions options;
    private final Target target;
    private final Gate gate;
    private final Recorder recorder;
    private final RunListener listener;
    private final Ledger ledger;
    private final GitDelivery git;
    private final Session session;

    DocumentRun(
            Prepared prepared,
            Opened opened,
            String document,
            Recorder recorder,
            RunListener listener,
            Mask mask,
            Gate gate) {
        this.prepared = prepared;
        this.profile = prepared.profiles().of(document);
        this.options = prepared.options();
        this.target = opened.target();
        this.gate = gate;
        this.recorder = recorder;
        this.listener = listener;
        this.ledger = opened.ledger();
        this.git = new GitDelivery(target, ledger, opened.runId(), opened.flux());
        this.session = new Session(
                target,
                profile,
                options.manifests(),
                options.manifests(),
                opened.runId(),
                ledger,
                git,
                recorder,
                Interlude.NONE,
                mask);
    }

    /** Runs the scenarios that are not settled. */
    void play() {
        List<Example> examples = recorder.toDo();
        if (examples.isEmpty() || gate.refusal().isPresent()) {
            return;
        }
        Optional<Throwable> broken = Contained.call(
                () -> {
                    launch(examples);
                    return Optional.empty();
                },
                Optional::of);
        // From another thread only the news comes that the rest was cancelled, so what that thread's scenario said
        // stands.
        boolean named = broken.isPresent()
                && (broken.get() instanceof Error || gate.aborted().isEmpty());
        String why = named ? Outcomes.reason(broken.get()) : gate.aborted().orElse("Cucumber left it before its end");
        if (broken.isPresent() && broken.get() instanceof Error) {
            gate.abort(why);
        }
        recorder.endThoseLeft(why);
    }

    private void launch(List<Example> examples) {
        int parallel = options.parallel();
        if (parallel == 1) {
            new CucumberRun(session, 1, options.order(), gate.cancellation()).run(examples);
            return;
        }
        Turns turns = Turns.of(examples, prepared.steps(), profile);
        if (!turns.together().isEmpty()) {
            new CucumberRun(session, parallel, options.order(), gate.cancellation()).run(turns.together());
        }
        if (!turns.oneByOne().isEmpty() && gate.refusal().isEmpty()) {
            listener.takingTurns(turns.oneByOne());
            new CucumberRun(session, 1, options.order(), gate.cancellation()).run(turns.oneByOne());
        }
    }

    /** How manifests got in: {@code git}, {@code apply} or {@code none}. */
    String delivery() {
        return git.word();
    }

    /** Undoes everything; returns what remains. */
    List<String> clean() {
        Thread.interrupted();
        List<String> leftovers = Contained.call(this::undo, DocumentRun::notCleaned);
        git.close();
        return leftovers;
    }

    /** Undoes what may not stay after the document's last attempt; a throwaway takes the last document with it. */
    List<String> clean(boolean last) {
        boolean bad = recorder.results().stream()
                .map(CriterionResult::verdict)
                .anyMatch(verdict -> Stream.of(Verdict.FAIL, Verdict.FLAKY, Verdict.INCONCLUSIVE)
                        .anyMatch(verdict::equals));
        boolean keep =
                options.keep() == RunOptions.Keep.ALWAYS || (options.keep() == RunOptions.Keep.ON_FAILURE && bad);
        boolean throwaway = target.access() == Access.THROWAWAY;
        if (keep || (throwaway && (last || gate.signal().isPresent()))) {
            ledger.forget();
        }
        return clean();
    }

    private List<String> undo() throws InterruptedException {
        try (var presence = target.clock().enter()) {
            return ledger.undoAll(target);
        }
    }

    private static List<String> notCleaned(Throwable problem) {
        return List.of(
                problem instanceof InterruptedException
                        ? "the clean-up was interrupted: run `plumbline sweep`"
                        : "the clean-up ended before its time: " + Outcomes.reason(problem)
                                + ": run `plumbline sweep`");
    }
}
