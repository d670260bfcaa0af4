package dev.plumbline.run;

import dev.plumbline.criterion.SourceLine;
import dev.plumbline.report.Attempt;
import dev.plumbline.report.StepResult;
import dev.plumbline.timing.Clock;
import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
