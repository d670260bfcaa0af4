package dev.plumbline.run;

import dev.plumbline.action.Fault;
import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.report.Attempt;
import dev.plumbline.report.Proof;
import dev.plumbline.report.Proof.Outcome;
import dev.plumbline.report.Proof.Trial;
import dev.plumbline.steps.Interlude;
import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Verdict;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Proves each scenario with each fault that it names. */
public final class FaultMatrix {

    private final Prepared prepared;
    private final Faults faults;
    private final Bed.Source beds;
    private final Set<String> selected;
    private final Mask mask;
    private final InstantSource wall;
    private final Gate gate;
    private final Workers workers;
    private final Map<Example, Attempt> healthy = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Trial> trials = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();

    /**
     * @param prepared all criteria of the documents in question: those that are not to be proven show what else a fault
     *     turns red
     * @param selected the ids of the criteria to be proven
     * @param parallel how many beds there may be at a time
     * @throws BadInput when a scenario names no fault, or one that is not there
     */
    public FaultMatrix(
            Prepared prepared,
            Set<String> selected,
            Bed.Source beds,
            int parallel,
            Mask mask,
            InstantSource wall,
            Gate gate) {
        this.prepared = prepared;
        this.selected = Set.copyOf(selected);
        this.beds = beds;
        this.mask = mask;
        this.wall = wall;
        this.gate = gate;
        this.workers = new Workers(parallel);
        this.faults = new Faults(prepared.criteria());
        List<String> bad = faults.problems(toProve());
        if (!bad.isEmpty()) {
            throw new BadInput(bad);
        }
    }

    private List<Criterion> toProve() {
        return prepared.criteria().stream()
                .filter(criterion -> selected.contains(criterion.id()) && !criterion.pending())
                .toList();
    }

    /** Runs everything; on a target whose time is real, without looking at what else a fault turns red. */
    public Proof run(String target, boolean simulated) throws InterruptedException {
        String started = wall.instant().toString();
        List<String> documents =
                toProve().stream().map(Criterion::document).distinct().toList();
        workers.all(documents.stream()
                .map(document -> task(() -> healthy(document, simulated)))
                .toList());
        List<Callable<Void>> tasks = new ArrayList<>();
        for (String document : documents) {
            for (FaultCase fault : named(document)) {
                tasks.add(task(() -> prove(document, fault, target, simulated)));
            }
        }
        workers.all(tasks);
        String finished = wall.instant().toString();
        return new Proof(
                        Proof.SCHEMA,
                        target,
                        simulated,
                        started,
                        finished,
                        criteria(target, finished),
                        List.copyOf(problems))
                .masked(mask::apply);
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static Callable<Void> task(Work work) {
        return () -> {
            work.run();
            return null;
        };
    }

    private List<Criterion> of(String document) {
        return prepared.criteria().stream()
                .filter(criterion -> criterion.document().equals(document) && !criterion.pending())
                .toList();
    }

    private List<FaultCase> named(String document) {
        Map<String, FaultCase> named = new LinkedHashMap<>();
        for (Criterion criterion : toProve()) {
            if (criterion.document().equals(document)) {
                criterion.examples().stream()
                        .flatMap(example -> example.faults().stream())
                        .forEach(name ->
                                named.put(name, faults.find(criterion, name).orElseThrow()));
            }
        }
        return List.copyOf(named.values());
    }

    private void healthy(String document, boolean all) throws InterruptedException {
        List<Criterion> criteria = all
                ? of(document)
                : of(document).stream()
                        .filter(one -> selected.contains(one.id()))
                        .toList();
        try (Bed bed = beds.next()) {
            Stage stage = stage(bed, document, manifests());
            healthy.putAll(stage.run(criteria, Interlude.NONE));
            stage.leave().forEach(left -> problems.add("left behind by " + document + ": " + left));
        }
    }

    private Path manifests() {
        return prepared.options().manifests();
    }

    private Stage stage(Bed bed, String document, Path manifests) {
        return new Stage(
                bed, document, manifests, manifests(), prepared.profiles().of(document), mask, gate);
    }

    private void prove(String document, FaultCase fault, String target, boolean withOthers)
            throws InterruptedException {
        List<Criterion> named = keep(of(document), example -> example.faults().contains(fault.name())).stream()
                .filter(criterion -> selected.contains(criterion.id()))
                .toList();
        List<Criterion> able = keep(named, example -> able(example, fault, target));
        if (able.isEmpty() || gate.refusal().isPresent()) {
            return;
        }
        List<Criterion> others = withOthers ? others(document, fault) : List.of();
        try (Bed bed = beds.next()) {
            FaultTrial trial = trial(bed, document, fault, able, others);
            trials.addAll(trial.trials().values());
            problems.addAll(trial.problems());
            if (gate.refusal().isEmpty()) {
                judgeOthers(document, fault, others, trial.alsoRed());
            }
        } catch (Fault.NotLanded e) {
            able.forEach(criterion ->
                    criterion.examples().forEach(example -> note(example, fault, Outcome.NOT_LANDED, e.getMessage())));
        }
    }

    private FaultTrial trial(Bed bed, String document, FaultCase fault, List<Criterion> named, List<Criterion> others)
            throws InterruptedException {
        FaultTrial trial = new FaultTrial(fault, manifests -> stage(bed, document, manifests), named, others);
        if (fault.fault().when() == Fault.When.AFTER_GIVEN) {
            trial.after(manifests());
            return trial;
        }
        try (BrokenManifests broken = new BrokenManifests(manifests(), document, fault.fault(), mask)) {
            trial.before(manifests(), broken);
            return trial;
        }
    }

    /** One scenario of each other criterion: all of them with every fault would take too long. */
    private List<Criterion> others(String document, FaultCase fault) {
        List<Criterion> others = of(document).stream()
                .filter(criterion -> criterion.examples().stream()
                        .noneMatch(example -> example.faults().contains(fault.name())))
                .toList();
        return keep(others, example -> Stage.passed(healthy, example)).stream()
                .map(criterion -> criterion.with(criterion.examples().subList(0, 1)))
                .toList();
    }

    private void judgeOthers(String document, FaultCase fault, List<Criterion> others, Map<Criterion, Attempt> red)
            throws InterruptedException {
        if (!others.isEmpty()) {
            judgePatterns(fault, red);
        }
        for (Criterion other : others) {
            Attempt attempt = red.get(other);
            if (attempt == null && fault.also().contains(other.id())) {
                problems.add(fault.location() + ": " + fault.name() + " should also turn " + other.id()
                        + " red, which stays green: take it out of also");
            } else if (attempt != null && !fault.declares(other.id()) && redAlone(document, fault, other)) {
                problems.add(fault.location() + ": " + fault.name() + " also turns " + other.id() + " "
                        + attempt.verdict() + ": " + attempt.reason() + "; if it should, declare it with also: ["
                        + other.id() + "]");
            }
        }
    }

    /** One that stays green may be among those that a pattern names, but not each of them. */
    private void judgePatterns(FaultCase fault, Map<Criterion, Attempt> red) {
        for (String pattern : fault.patterns()) {
            if (red.keySet().stream().noneMatch(other -> FaultCase.fits(pattern, other.id()))) {
                problems.add(fault.location() + ": " + fault.name() + " should also turn some of " + pattern
                        + " red, and all stay green: take it out of also");
            }
        }
    }

    /** Whether it was the fault and not a scenario that ran before: seen on a bed of its own. */
    private boolean redAlone(String document, FaultCase fault, Criterion other) throws InterruptedException {
        try (Bed bed = beds.next()) {
            return !trial(bed, document, fault, List.of(), List.of(other))
                    .alsoRed()
                    .isEmpty();
        }
    }

    private boolean able(Example example, FaultCase fault, String target) {
        Optional<String> impossible = fault.impossibleOn(target);
        Attempt without = healthy.get(example);
        if (impossible.isPresent()) {
            note(example, fault, Outcome.IMPOSSIBLE, impossible.get());
        } else if (without == null) {
            note(example, fault, Outcome.BROKEN, "the run was stopped before it");
        } else if (without.verdict() == Verdict.BLOCKED || without.verdict() == Verdict.NOT_APPLICABLE) {
            note(example, fault, Outcome.IMPOSSIBLE, without.verdict() + " without the fault: " + without.reason());
        } else if (without.verdict() != Verdict.PASS) {
            note(example, fault, Outcome.BROKEN, without.verdict() + ": " + without.reason());
        } else {
            return true;
        }
        return false;
    }

    private void note(Example example, FaultCase fault, Outcome outcome, String detail) {
        trials.add(new Trial(
                fault.name(),
                fault.fault().what(),
                example.name(),
                example.location().toString(),
                outcome,
                detail,
                ""));
    }

    private static List<Criterion> keep(List<Criterion> criteria, java.util.function.Predicate<Example> wanted) {
        return criteria.stream()
                .map(criterion -> criterion.with(
                        criterion.examples().stream().filter(wanted).toList()))
                .filter(criterion -> !criterion.examples().isEmpty())
                .toList();
    }

    private List<Proof.CriterionProof> criteria(String target, String finished) {
        ProofDigest digest = new ProofDigest(prepared, faults);
        return toProve().stream()
                .filter(criterion -> !criterion.examples().isEmpty())
                .map(criterion -> new Proof.CriterionProof(
                        criterion.id(),
                        criterion.document(),
                        target,
                        finished,
                        digest.of(criterion),
                        trials.stream()
                                .filter(trial -> criterion.examples().stream()
                                        .anyMatch(example ->
                                                example.location().toString().equals(trial.location())))
                                .sorted(java.util.Comparator.comparing(Trial::location)
                                        .thenComparing(Trial::fault))
                                .toList()))
                .toList();
    }
}
