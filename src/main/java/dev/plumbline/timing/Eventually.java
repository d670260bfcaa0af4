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
        Observation<T> last = look.until(
                start.plus(limit),
                probe,
                timeline,
                seen -> meets(seen, expectation) || seen instanceof Observation.Blocked<T>);
        Duration took = Duration.between(start, last.at());
        Verdict verdict = verdict(last, expectation);
        if (verdict == Verdict.PASS && took.compareTo(limit) > 0) {
            verdict = Verdict.FAIL;
        }
        String reason = reason(verdict, probe, last, expectation, took, limit, timeline);
        Measurement waited = new Measurement(
                "waited", seconds(took), "seconds", new Measurement.Limit("<=", seconds(limit)), clock.name());
        return new Judgement(verdict, probe.subject(), reason, timeline, List.of(waited));
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
        return switch (verdict) {
            case PASS -> seen + " after " + Words.duration(took) + " (limit " + Words.duration(limit) + ")";
            case BLOCKED -> probe.subject() + ": " + ((Observation.Blocked<?>) last).why();
            default ->
                seen + ", expected " + expectation.words() + " within " + Words.duration(limit) + " ("
                        + timeline.looks() + " looks" + Words.gaps(timeline) + ")";
        };
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
