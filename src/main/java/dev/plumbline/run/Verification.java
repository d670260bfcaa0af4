package dev.plumbline.run;

import dev.plumbline.action.FluxInstall;
import dev.plumbline.action.GitDelivery;
import dev.plumbline.action.Ledger;
import dev.plumbline.cluster.Access;
import dev.plumbline.cluster.Target;
import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.profile.Profile;
import dev.plumbline.report.Attempt;
import dev.plumbline.report.CriterionResult;
import dev.plumbline.report.RunListener;
import dev.plumbline.report.RunRecord;
import dev.plumbline.report.RunStart;
import dev.plumbline.steps.Interlude;
import dev.plumbline.steps.Session;
import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Verdict;
import io.cucumber.messages.types.Envelope;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Runs the selected criteria on a target, document by document, and leaves the cluster clean after each. */
public final class Verification {

    private final Prepared prepared;
    private final RunOptions options;
    private final RunListener listener;
    private final Mask mask;
    private final InstantSource wall;
    private final Gate gate;
    private final List<String> leftovers = new ArrayList<>();
    private final List<Envelope> messages = new ArrayList<>();
    private String delivery = "none";

    public Verification(Prepared prepared, RunListener listener, Mask mask, InstantSource wall, Gate gate) {
        this.prepared = prepared;
        this.options = prepared.options();
        this.listener = listener;
        this.mask = mask;
        this.wall = wall;
        this.gate = gate;
    }

    /** What killed runs left and this one could not remove: leftovers of this one, too. */
    public void alreadyLeft(List<String> lines) {
        leftovers.addAll(lines);
    }

    /** What Cucumber said, of all documents in order. */
    public List<Envelope> messages() {
        return List.copyOf(messages);
    }

    /**
     * Runs everything, in the order of documents.
     *
     * @param why why this target was taken
     * @param ledger what the run writes is noted there, and taken back after each document
     */
    public RunRecord run(Target target, String why, String runId, FluxInstall flux, Ledger ledger) {
        Instant started = wall.instant();
        List<Criterion> criteria = prepared.criteria();
        long scenarios = criteria.stream()
                .mapToLong(criterion -> criterion.examples().size())
                .sum();
        listener.runStarted(new RunStart(
                target.name(), target.simulated(), target.description(), why, criteria.size(), (int) scenarios));
        List<String> documents =
                criteria.stream().map(Criterion::document).distinct().toList();
        List<CriterionResult> results = new ArrayList<>();
        for (String document : documents) {
            List<Criterion> own = criteria.stream()
                    .filter(criterion -> criterion.document().equals(document))
                    .toList();
            boolean last = document.equals(documents.get(documents.size() - 1));
            results.addAll(new DocumentRun(target, runId, flux, ledger).run(document, own, last));
        }
        return new RunRecord(
                target.name(),
                target.simulated(),
                target.description(),
                why,
                delivery,
                started,
                wall.instant(),
                results,
                leftovers,
                gate.signal());
    }

    private final class DocumentRun {

        private final Target target;
        private final String runId;
        private final Ledger ledger;
        private final GitDelivery git;

        DocumentRun(Target target, String runId, FluxInstall flux, Ledger ledger) {
            this.target = target;
            this.ledger = ledger;
            this.runId = runId;
            this.git = new GitDelivery(target, ledger, runId, flux);
        }

        List<CriterionResult> run(String document, List<Criterion> criteria, boolean last) {
            Recorder recorder = new Recorder(criteria, listener, gate, target.clock());
            Profile profile = prepared.profiles().of(document);
            Path manifests = options.manifests();
            Session session = new Session(
                    target, profile, manifests, manifests, runId, ledger, git, recorder, Interlude.NONE, mask);
            boolean bad = true;
            try {
                attempt(session, recorder, criteria, profile);
                List<CriterionResult> results = results(criteria, recorder, profile);
                bad = results.stream().anyMatch(DocumentRun::isBad);
                return results;
            } finally {
                messages.addAll(recorder.messages());
                delivery = git.word().equals("none") ? delivery : git.word();
                clean(bad, last);
            }
        }

        private List<CriterionResult> results(List<Criterion> criteria, Recorder recorder, Profile profile) {
            LocalDate today = LocalDate.ofInstant(wall.instant(), ZoneOffset.UTC);
            String notRun = gate.refusal().orElse("the run ended before it");
            return criteria.stream()
                    .map(criterion -> Results.criterion(
                            criterion,
                            example -> Results.scenario(example, recorder.attemptsOf(example), notRun),
                            profile,
                            today))
                    .toList();
        }

        private static boolean isBad(CriterionResult result) {
            return EnumSet.of(Verdict.FAIL, Verdict.FLAKY, Verdict.INCONCLUSIVE).contains(result.verdict());
        }

        private void attempt(Session session, Recorder recorder, List<Criterion> criteria, Profile profile) {
            for (int round = 1; round <= options.attempts(); round++) {
                List<Example> examples = criteria.stream()
                        .filter(criterion -> !criterion.pending())
                        .flatMap(criterion -> criterion.examples().stream())
                        .filter(example -> unsettled(recorder.attemptsOf(example)))
                        .toList();
                if (examples.isEmpty() || gate.refusal().isPresent()) {
                    return;
                }
                launch(session, examples, profile);
            }
        }

        private void launch(Session session, List<Example> examples, Profile profile) {
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

        private boolean unsettled(List<Attempt> attempts) {
            return attempts.stream()
                    .allMatch(
                            attempt -> attempt.verdict() == Verdict.FAIL || attempt.verdict() == Verdict.INCONCLUSIVE);
        }

        /** A throwaway target takes everything with it when it goes, so the last document may leave it to that. */
        private void clean(boolean bad, boolean last) {
            boolean keep =
                    options.keep() == RunOptions.Keep.ALWAYS || (options.keep() == RunOptions.Keep.ON_FAILURE && bad);
            boolean throwaway = target.access() == Access.THROWAWAY;
            if (keep || (throwaway && (last || gate.signal().isPresent()))) {
                ledger.forget();
            }
            Thread.interrupted();
            try (var presence = target.clock().enter()) {
                leftovers.addAll(ledger.undoAll(target));
            } catch (InterruptedException e) {
                leftovers.add("the clean-up was interrupted: run `plumbline sweep`");
            }
            git.close();
        }
    }
}
