package dev.plumbline.report;

import dev.plumbline.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One execution of a scenario.
 *
 * @param reason one line of fact
 * @param started wall time
 */
public record Attempt(Verdict verdict, String reason, Instant started, Duration took, List<StepResult> steps) {

    public Attempt {
        steps = List.copyOf(steps);
    }
}
