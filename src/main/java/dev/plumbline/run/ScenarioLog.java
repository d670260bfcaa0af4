package dev.plumbline.run;

import dev.plumbline.report.Attempt;
import dev.plumbline.report.StepResult;
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

    private final Instant started;
    private final List<StepResult> steps = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private @Nullable Judgement judgement;

    ScenarioLog(Instant started) {
        this.started = started;
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
