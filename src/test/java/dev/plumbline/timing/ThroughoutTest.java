package dev.plumbline.timing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ThroughoutTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualClock clock = new VirtualClock(START, () -> {});

    @Test
    void passesOnlyAfterTheWholeTime() throws InterruptedException {
        Judgement judgement = lasting(at -> new Observation.Seen<>("blue", "x", at));

        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void failsAtTheFirstLookThatBreaksIt() throws InterruptedException {
        Judgement judgement =
                lasting(at -> new Observation.Seen<>(at.isBefore(START.plusSeconds(3)) ? "blue" : "red", "x", at));

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void failsWhenItVanishes() throws InterruptedException {
        assertThat(lasting(at -> new Observation.Absent<>("gone", "x", at)).verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void aGapInTheViewIsNotATimeInWhichItHeld() throws InterruptedException {
        Judgement judgement = lasting(at -> at.equals(START.plusSeconds(5))
                ? new Observation.Unreachable<>("connection refused", "x", at)
                : new Observation.Seen<>("blue", "x", at));

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reason()).contains(": connection refused; at last ");
    }

    private Judgement lasting(Function<Instant, Observation<String>> look) throws InterruptedException {
        return new Throughout(clock, Limits.DEFAULT)
                .lasting(
                        Duration.ofSeconds(10),
                        new Probe<>() {
                            @Override
                            public String subject() {
                                return "the colour";
                            }

                            @Override
                            public Observation<String> look() {
                                return look.apply(clock.instant());
                            }
                        },
                        Expectation.equalTo("blue"));
    }
}
