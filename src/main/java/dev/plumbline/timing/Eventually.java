package dev.plumbline.timing;

import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Timeline;
import dev.plumbline.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * "Becomes true within": ends at the first look that meets the expectation, or at the deadline with what was seen. A
 * value that could not be observed at the end is INCONCLUSIVE, never FAIL and never PASS.
 */
public final class Eventually {

    private final Clock clock;
    private final Look look;

    public Eventually(Clock clock, Limits limits) {
        this.clock = clock;
        this.look = new Look(clock, limits);
    }

    /** Waits from now on. */
    public <T> Judgement within(Duration limit, Probe<T> probe, Expectation<? super T> expectation)
            throws InterruptedException {
        return since(clock.instant(), limit, probe, expectation);
    }

    /** Waits until {@code limit} has passed since a moment that lies before now, and measures from that moment. */
    public <T> Judgement since(Instant start, Duration limit, Probe<T> probe, Expectation<? super T> expectation)
            throws InterruptedException {
        Timeline timeline = new Timeline();
        Instant deadline = start.plus(limit);
        Observation<T> last = look.until(
                null,
                deadline,
                probe,
                timeline,
                seen -> meets(seen, expectation) || seen instanceof Observation.Blocked<T>);
        Duration took = Duration.between(start, last.at());
        Verdict verdict = verdict(last, expectation);
        if (verdict == Verdict.PASS && last.at().isAfter(deadline)) {
            verdict = lookedBefore(deadline, timeline) ? Verdict.INCONCLUSIVE : Verdict.FAIL;
        }
        if (verdict == Verdict.FAIL && timeline.unseenAt(deadline)) {
            verdict = Verdict.INCONCLUSIVE;
        }
        String reason = reason(verdict, probe, last, expectation, took, limit, timeline);
        Measurement waited = new Measurement(
                "waited", seconds(took), "seconds", new Measurement.Limit("<=", seconds(limit)), clock.name());
        return new Judgement(verdict, probe.subject(), reason, timeline, List.of(waited));
    }

    /** First seen after the deadline, and last looked for before: when it came is not known. */
    private static boolean lookedBefore(Instant deadline, Timeline timeline) {
        return timeline.stretches().get(0).from().isBefore(deadline);
    }

    /**
     * "Was ever": ends at the first recorded state that meets the expectation, the states since a past moment among them,
     * or at the deadline. What was not recorded may have met it: then the verdict is INCONCLUSIVE.
     *
     * @param from what came before it does not count
     */
    public <T> Judgement ever(Instant from, Duration limit, Probe<T> probe, Expectation<? super T> expectation)
            throws InterruptedException {
        Timeline timeline = new Timeline();
        Observation<T> last =
                look.until(from, clock.instant().plus(limit), probe, timeline, seen -> meets(seen, expectation));
        boolean met = meets(last, expectation);
        Verdict verdict = met ? Verdict.PASS : timeline.hasGap() ? Verdict.INCONCLUSIVE : Verdict.FAIL;
        String reason = met
                ? probe.subject() + " was " + Words.brief(last) + " at " + last.at() + Words.gaps(timeline)
                : probe.subject() + " was never seen to be " + expectation.words() + " since " + from + ", last it was "
                        + Words.brief(last) + " (" + timeline.looks() + " looks" + Words.gaps(timeline) + ")";
        return new Judgement(verdict, probe.subject(), reason, timeline, List.of());
    }

    /** Looks once: it is true now, or it is not. */
    public <T> Judgement now(Probe<T> probe, Expectation<? super T> expectation) {
        Timeline timeline = new Timeline();
        Observation<T> seen = probe.look();
        timeline.add(seen);
        Verdict verdict = verdict(seen, expectation);
        String found = probe.subject() + " was " + Words.brief(seen);
        String reason = verdict == Verdict.PASS ? found : found + ", expected " + expectation.words();
        if (seen instanceof Observation.Blocked<T> blocked) {
            reason = probe.subject() + ": " + blocked.why();
        }
        return new Judgement(verdict, probe.subject(), reason, timeline, List.of());
    }

    private static <T> Verdict verdict(Observation<T> last, Expectation<? super T> expectation) {
        if (meets(last, expectation)) {
            return Verdict.PASS;
        }
        if (last instanceof Observation.Blocked<T>) {
            return Verdict.BLOCKED;
        }
        return last instanceof Observation.Unreachable<T> ? Verdict.INCONCLUSIVE : Verdict.FAIL;
    }

    static <T> boolean meets(Observation<T> seen, Expectation<? super T> expectation) {
        return seen instanceof Observation.Seen<T> value && expectation.met().test(value.value());
    }

    private static String reason(
            Verdict verdict,
            Probe<?> probe,
            Observation<?> last,
            Expectation<?> expectation,
            Duration took,
            Duration limit,
            Timeline timeline) {
        String seen = probe.subject() + " was " + Words.brief(last);
        String expected = "expected " + expectation.words() + " within " + Words.duration(limit);
        return switch (verdict) {
            case INCONCLUSIVE ->
                last instanceof Observation.Unreachable<?>
                        ? seen + ", " + expected + " (" + timeline.looks() + " looks" + Words.gaps(timeline) + ")"
                        : seen + " after " + Words.duration(took) + ", " + expected
                                + "; what it was when the time was over cannot be said (" + timeline.looks() + " looks"
                                + Words.gaps(timeline) + ")";
            case PASS ->
                seen + " after " + Words.duration(took) + " (limit " + Words.duration(limit) + Words.gaps(timeline)
                        + ")";
            case BLOCKED -> probe.subject() + ": " + ((Observation.Blocked<?>) last).why();
            default -> seen + ", " + expected + " (" + timeline.looks() + " looks" + Words.gaps(timeline) + ")";
        };
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
