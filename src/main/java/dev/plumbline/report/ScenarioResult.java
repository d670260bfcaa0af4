package dev.plumbline.report;

import dev.plumbline.criterion.Example;
import dev.plumbline.verdict.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * What a scenario came to.
 *
 * @param attempts in order; more than one only with {@code --attempts}; none when it was not run
 */
public record ScenarioResult(Example example, Verdict verdict, String reason, List<Attempt> attempts) {

    public ScenarioResult {
        attempts = List.copyOf(attempts);
    }

    /** Wall time over all attempts. */
    public Duration took() {
        return attempts.stream().map(Attempt::took).reduce(Duration.ZERO, Duration::plus);
    }
}
