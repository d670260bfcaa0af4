package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import dev.plumbline.report.Attempt;
import dev.plumbline.report.Proof.Outcome;
import dev.plumbline.report.Proof.Trial;
import dev.plumbline.steps.Interlude;
import dev.plumbline.verdict.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One fault on one bed: with it, those that name it must turn red and the others must stay green; without it, those that
 * name it must be green again. All that run here were green before.
 */
final class FaultTrial {

    private final FaultCase fault;
    private final StageFactory stages;
    private final List<Criterion> named;
    private final List<Criterion> others;
    private final Map<Example, Trial> trials = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private Map<Example, Attempt> bystanders = Map.of();

    /** Sets up a document with some files. */
    interface StageFactory {
        Stage with(Path manifests);
    }

    /**
     * @param named the scenarios that name the fault
     * @param others scenarios of other criteria, which run first: a scenario that turned red may leave a mess
     */
    FaultTrial(FaultCase fault, StageFactory stages, List<Criterion> named, List<Criterion> others) {
        this.fault = fault;
        this.stages = stages;
        this.named = named;
        this.others = others;
    }

    Map<Example, Trial> trials() {
        return trials;
    }

    List<String> problems() {
        return problems;
    }

    /** The fault is delivered. */
    void before(Path manifests, BrokenManifests broken) throws InterruptedException {
        Stage stage = stages.with(broken.manifests());
        bystanders = stage.run(others, Interlude.NONE);
        Map<Example, Attempt> red = stage.run(named, Interlude.NONE);
        left(stage.clear());
        Stage mended = stages.with(manifests);
        Map<Example, Attempt> again = mended.run(named, Interlude.NONE);
        left(mended.leave());
        for (Example example : examples(named)) {
            judge(example, red.get(example), again.get(example), broken.landed(), "");
        }
    }

    /** The fault comes after the Givens. */
    void after(Path manifests) throws InterruptedException {
        Stage stage = stages.with(manifests);
        Injected beside = new Injected(stage, fault.fault(), others);
        bystanders = stage.run(others, beside);
        bystanders.keySet().removeIf(example -> beside.landed(example).isEmpty());
        Injected injected = new Injected(stage, fault.fault(), named);
        Map<Example, Attempt> red = stage.run(named, injected);
        Map<Example, Attempt> again = stage.run(named, Interlude.NONE);
        left(beside.leftovers());
        left(injected.leftovers());
        left(stage.leave());
        for (Example example : examples(named)) {
            Attempt attempt = red.get(example);
            String ended = attempt == null ? "it did not run" : attempt.reason();
            judge(example, attempt, again.get(example), injected.landed(example), injected.whyNot(example, ended));
        }
    }

    private void judge(
            Example example,
            @org.jspecify.annotations.Nullable Attempt red,
            @org.jspecify.annotations.Nullable Attempt again,
            String diff,
            String whyNotLanded) {
        if (red == null || again == null) {
            note(example, Outcome.BROKEN, "the run was stopped", "");
        } else if (diff.isEmpty()) {
            note(example, Outcome.NOT_LANDED, whyNotLanded, "");
        } else if (red.verdict() == Verdict.PASS) {
            note(example, Outcome.SURVIVED, "still PASS with the fault: " + red.reason(), diff);
        } else if (red.verdict() != fault.verdict() || !red.reason().contains(fault.red())) {
            String expected = "expected " + fault.verdict() + " with the words \"" + fault.red() + "\" ("
                    + fault.location() + ")";
            note(
                    example,
                    Outcome.SURVIVED,
                    red.verdict() + " for another reason: " + red.reason() + "; " + expected,
                    diff);
        } else if (again.verdict() != Verdict.PASS) {
            String after =
                    "red with the fault, but " + again.verdict() + " when it had been removed: " + again.reason();
            note(example, Outcome.BROKEN, after, diff);
        } else {
            note(example, Outcome.KILLED, red.reason(), diff);
        }
    }

    private void note(Example example, Outcome outcome, String detail, String diff) {
        trials.put(
                example,
                new Trial(
                        fault.name(),
                        fault.fault().what(),
                        example.name(),
                        example.location().toString(),
                        outcome,
                        detail,
                        diff));
    }

    /** The other criteria that were not green with the fault, each with what it said. */
    Map<Criterion, Attempt> alsoRed() {
        Map<Criterion, Attempt> red = new LinkedHashMap<>();
        for (Criterion criterion : others) {
            criterion.examples().stream()
                    .flatMap(example -> Optional.ofNullable(bystanders.get(example)).stream())
                    .filter(attempt -> attempt.verdict() != Verdict.PASS)
                    .findFirst()
                    .ifPresent(attempt -> red.put(criterion, attempt));
        }
        return red;
    }

    private void left(List<String> leftovers) {
        leftovers.forEach(line -> problems.add("fault " + fault.name() + " left behind: " + line));
    }

    private static List<Example> examples(List<Criterion> criteria) {
        return criteria.stream()
                .flatMap(criterion -> criterion.examples().stream())
                .toList();
    }
}
