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
 * "Stays true for": ends at the first look that breaks the expectation, or after the whole time. A time in which it could
 * not be observed is not a time in which it held: then the verdict is INCONCLUSIVE.
 */
public final class Throughout {

    private final Clock clock;
    private final Look look;

    public Throughout(Clock clock, Limits limits) {
        this.clock = clock;
        this.look = new Look(clock, limits);
    }

    public <T> Judgement lasting(Duration span, Probe<T> probe, Expectation<? super T> expectation)
            throws InterruptedException {
        Timeline timeline = new Timeline();
        Instant start = clock.instant();
        Instant end = start.plus(span);
        Observation<T> last = look.until(null, end, probe, timeline, seen -> breaks(seen, expectation));
        Duration held = Duration.between(start, last.at());
        Verdict verdict = verdict(last, expectation, timeline, end);
        String reason = reason(verdict, probe, last, expectation, held, span, timeline);
        Measurement measured = new Measurement(
                "held",
                held.toMillis() / 1000.0,
                "seconds",
                new Measurement.Limit(">=", span.toMillis() / 1000.0),
                clock.name());
        return new Judgement(verdict, probe.subject(), reason, timeline, List.of(measured));
    }

    /** Absence breaks it too; not being able to look does not, but is held against it at the end. */
    private static <T> boolean breaks(Observation<T> seen, Expectation<? super T> expectation) {
        return !(seen instanceof Observation.Unreachable<T>) && !Eventually.meets(seen, expectation);
    }

    private static <T> Verdict verdict(
            Observation<T> last, Expectation<? super T> expectation, Timeline timeline, Instant end) {
        if (last instanceof Observation.Blocked<T>) {
            return Verdict.BLOCKED;
        }
        if (breaks(last, expectation)) {
            // first seen broken after the end: whether it still held at the end is not known
            return last.at().isAfter(end) ? Verdict.INCONCLUSIVE : Verdict.FAIL;
        }
        return timeline.hasGap() ? Verdict.INCONCLUSIVE : Verdict.PASS;
    }

    private static String reason(
            Verdict verdict,
            Probe<?> probe,
            Observation<?> last,
            Expectation<?> expectation,
            Duration held,
            Duration span,
            Timeline timeline) {
        String seen = probe.subject() + " was " + Words.brief(last);
        return switch (verdict) {
            case PASS -> seen + " throughout " + Words.duration(span) + " (" + timeline.looks() + " looks)";
            case BLOCKED -> probe.subject() + ": " + ((Observation.Blocked<?>) last).why();
            case INCONCLUSIVE ->
                timeline.hasGap()
                        ? probe.subject() + " could not be observed all the time" + Words.gaps(timeline) + why(timeline)
                                + "; at last "
                                + Words.brief(last)
                        : seen + " after " + Words.duration(held) + ", and whether it was " + expectation.words()
                                + " throughout " + Words.duration(span) + " cannot be said";
            default ->
                seen + " after " + Words.duration(held) + ", expected " + expectation.words() + " throughout "
                        + Words.duration(span) + Words.gaps(timeline);
        };
    }

    /** The first thing that kept it from being seen. */
    private static String why(Timeline timeline) {
        return timeline.stretches().stream()
                .map(Timeline.Stretch::seen)
                .filter(seen -> seen instanceof Observation.Unreachable<?>)
                .map(seen -> ": " + ((Observation.Unreachable<?>) seen).why())
                .findFirst()
                .orElse("");
    }
}
