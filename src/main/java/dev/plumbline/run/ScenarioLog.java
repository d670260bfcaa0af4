package dev.plumbline.run;

import dev.plumbline.criterion.SourceLine;
import dev.plumbline.report.Attempt;
import dev.plumbline.report.StepResult;
import dev.plumbline.timing.Clock;
import dev.plumbline.verdict.Concern;
import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt of a scenario while it runs. Used by the scenario's own thread and, at an interrupt, by one more. */
final class ScenarioLog {

    private final SourceLine where;
    private final Instant started;
    private final List<StepResult> steps = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private @Nullable Judgement judgement;
    private @Nullable String refusal;
    private @Nullable Trouble trouble;
    private final Thread thread = Thread.currentThread();
    private Clock.@Nullable Presence presence;

    /** Begins on the scenario's own thread. */
    ScenarioLog(SourceLine where, Instant started) {
        this.where = where;
        this.started = started;
    }

    SourceLine where() {
        return where;
    }

    Thread thread() {
        return thread;
    }

    synchronized void enter(Clock clock) {
        presence = clock.enter();
    }

    /** Leaves the clock, which would else stand still for ever; a second time does nothing. */
    void leave() {
        Clock.Presence was;
        synchronized (this) {
            was = presence;
            presence = null;
        }
        if (was != null) {
            was.close();
        }
    }

    /** It was told not to go on before its first step, so it is no attempt. */
    synchronized void refuse(String why) {
        refusal = why;
    }

    synchronized Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    synchronized void judged(Judgement found) {
        judgement = found;
    }

    synchronized void evidence(Evidence kept) {
        evidence.add(kept);
    }

    /** Files what came since the last step under this one. */
    synchronized void step(
            String keyword,
            String text,
            StepResult.Outcome outcome,
            Instant began,
            Duration took,
            Optional<String> problem) {
        boolean quietHook = text.isEmpty() && problem.isEmpty();
        if (!quietHook) {
            steps.add(new StepResult(
                    keyword, text, outcome, began, took, Optional.ofNullable(judgement), problem, evidence));
        }
        judgement = null;
        evidence.clear();
    }

    /** The step that was filed last ended the scenario with this error. */
    synchronized void concerned(Throwable error, Concern concern) {
        if (!concern.equals(Concern.NONE)) {
            trouble = new Trouble(error, concern, steps.size() - 1, "");
        }
    }

    synchronized Optional<Concern> concern() {
        return Optional.ofNullable(trouble).map(Trouble::concern);
    }

    /** What was found out about that step. */
    synchronized void explained(Optional<String> cause, List<Evidence> found) {
        Trouble known = Objects.requireNonNull(trouble);
        String addition = cause.map(words -> "; " + words).orElse("");
        trouble = new Trouble(known.error(), known.concern(), known.step(), addition);
        steps.set(known.step(), known.in(steps.get(known.step()), addition, found));
    }

    /** A reason with what was found out, where it is that of the error that was looked into. */
    synchronized String explained(@Nullable Throwable error, String reason) {
        return trouble != null && trouble.error() == error ? reason + trouble.addition() : reason;
    }

    private record Trouble(Throwable error, Concern concern, int step, String addition) {

        /** With the wait's timeline, but not as a measurement of the criterion: it measured the action. */
        StepResult in(StepResult step, String addition, List<Evidence> found) {
            List<Evidence> all = new ArrayList<>(step.evidence());
            all.addAll(found);
            return new StepResult(
                    step.keyword(),
                    step.text(),
                    step.outcome(),
                    step.started(),
                    step.took(),
                    step.judgement().or(() -> concern.waited().map(Judgement::unmeasured)),
                    step.problem().map(problem -> problem + addition),
                    all);
        }
    }

    synchronized Attempt end(Verdict verdict, String reason, Instant at) {
        return new Attempt(verdict, reason, started, Duration.between(started, at), steps);
    }

    /** The reason of the last judgement: what a passed scenario measured. */
    synchronized String lastReason() {
        return steps.stream()
                .flatMap(step -> step.judgement().stream())
                .map(Judgement::reason)
                .reduce((earlier, later) -> later)
                .orElse("");
    }
}
