package dev.plumbline.timing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventuallyTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualClock clock = new VirtualClock(START, () -> {});
    private final Eventually eventually = new Eventually(clock, Limits.DEFAULT);

    @Test
    void looksAtOnceAndPassesWithoutWaiting() throws InterruptedException {
        Judgement judgement = within(Duration.ofMinutes(5), at -> new Observation.Seen<>("blue", "x", at));

        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
        assertThat(clock.instant()).isEqualTo(START);
        assertThat(judgement.timeline().looks()).isEqualTo(1);
    }

    @Test
    void measuresHowLongItTook() throws InterruptedException {
        Judgement judgement = within(
                Duration.ofMinutes(5),
                at -> new Observation.Seen<>(at.isBefore(START.plusSeconds(42)) ? "red" : "blue", "x", at));

        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
        assertThat(judgement.measurements().get(0).value()).isBetween(42.0, 43.0);
        assertThat(judgement.measurements().get(0).clock()).isEqualTo("virtual");
    }

    @Test
    void failsWithWhatWasSeenAndWhatWasExpected() throws InterruptedException {
        Judgement judgement = within(Duration.ofSeconds(10), at -> new Observation.Seen<>("red", "x", at));

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.reason()).startsWith("the colour was red, expected blue within 10.0 s");
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void neverSeenIsAFailure() throws InterruptedException {
        Judgement judgement = within(Duration.ofSeconds(1), at -> new Observation.Absent<>("not there", "x", at));

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void notObservableAtTheEndIsInconclusive() throws InterruptedException {
        Judgement judgement =
                within(Duration.ofSeconds(1), at -> new Observation.Unreachable<>("no permission", "x", at));

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reason()).contains("no permission");
    }

    @Test
    void anOutageInTheMiddleIsShownAndDoesNotDecide() throws InterruptedException {
        Judgement judgement = within(Duration.ofSeconds(90), at -> {
            if (at.isBefore(START.plusSeconds(10)) || at.isAfter(START.plusSeconds(70))) {
                return new Observation.Seen<>(at.isBefore(START.plusSeconds(80)) ? "red" : "blue", "x", at);
            }
            return new Observation.Unreachable<>("connection refused", "x", at);
        });

        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
        assertThat(judgement.timeline().gaps()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61));
    }

    @Test
    void aMissingPreconditionEndsTheWaitAtOnce() throws InterruptedException {
        Judgement judgement =
                within(Duration.ofMinutes(5), at -> new Observation.Blocked<>("image x cannot be pulled", "x", at));

        assertThat(judgement.verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(clock.instant()).isEqualTo(START);
    }

    @Test
    void aLimitThatHasPassedBeforeTheFirstLookFailsEvenIfMetByThen() throws InterruptedException {
        Judgement judgement = eventually.since(
                START.minusSeconds(301),
                Duration.ofMinutes(5),
                probe(at -> new Observation.Seen<>("blue", "x", at)),
                Expectation.equalTo("blue"));

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void lookingOnceAsksForNoTime() {
        Probe<String> slow = probe(at -> new Observation.Seen<>("blue", "x", at.plusSeconds(3)));

        assertThat(eventually.now(slow, Expectation.equalTo("blue")).verdict()).isEqualTo(Verdict.PASS);
        assertThat(eventually.now(slow, Expectation.equalTo("red")).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void looksAtSomethingCostlyAtItsOwnPace() throws InterruptedException {
        Probe<String> costly = new Probe<>() {
            @Override
            public String subject() {
                return "the colour";
            }

            @Override
            public Observation<String> look() {
                return new Observation.Absent<>("not there", "x", clock.instant());
            }

            @Override
            public java.util.Optional<Duration> pace() {
                return java.util.Optional.of(Duration.ofSeconds(10));
            }
        };

        Judgement judgement = eventually.within(Duration.ofSeconds(25), costly, Expectation.equalTo("blue"));

        assertThat(judgement.timeline().looks()).isEqualTo(4); // at 0, 10, 20 and the deadline
    }

    private Judgement within(Duration limit, java.util.function.Function<Instant, Observation<String>> look)
            throws InterruptedException {
        return eventually.within(limit, probe(look), Expectation.equalTo("blue"));
    }

    private Probe<String> probe(java.util.function.Function<Instant, Observation<String>> look) {
        return new Probe<>() {
            @Override
            public String subject() {
                return "the colour";
            }

            @Override
            public Observation<String> look() {
                return look.apply(clock.instant());
            }
        };
    }
}
