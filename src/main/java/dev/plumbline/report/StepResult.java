package dev.plumbline.report;

import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Judgement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One step as it ran.
 *
 * @param keyword {@code Given}, {@code When}, {@code Then}, ... or {@code Before} / {@code After} for a hook
 * @param judgement what a judging step found; an action has none
 * @param problem one line, present when the step did not pass
 * @param took wall time, whichever clock the target has
 */
public record StepResult(
        String keyword,
        String text,
        Outcome outcome,
        Instant started,
        Duration took,
        Optional<Judgement> judgement,
        Optional<String> problem,
        List<Evidence> evidence) {

    public StepResult {
        evidence = List.copyOf(evidence);
    }

    /** How a step ended. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** It ended without a measurement: inconclusive, blocked or not applicable; the scenario's verdict says which. */
        NOT_MEASURED,
        /** It was not reached. */
        SKIPPED
    }
}
