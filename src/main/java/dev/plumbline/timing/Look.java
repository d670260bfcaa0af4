package dev.plumbline.timing;

import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Recording;
import dev.plumbline.verdict.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The one loop behind all waits: look at once, then at each event or poll, until told to stop or out of time. */
final class Look {

    private final Clock clock;
    private final Limits limits;

    Look(Clock clock, Limits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /**
     * Looks, from now or a past moment on, until {@code enough} says so or the deadline has passed, always once at the deadline; keeps all in the timeline.
     * States that came and went between two looks are judged, too, where the probe can record them.
     */
    <T> Observation<T> until(
            @Nullable Instant from,
            Instant deadline,
            Probe<T> probe,
            Timeline timeline,
            Predicate<Observation<T>> enough)
            throws InterruptedException {
        Bell bell = new Bell();
        Optional<Recording<T>> recorded = probe.record(from, bell::ring);
        Duration pause = probe.pace().orElse(recorded.isPresent() ? limits.relook() : limits.poll());
        try (Recording<T> recording = recorded.orElseGet(() -> Recording.of(probe::look, () -> {}))) {
            while (true) {
                boolean last = !clock.instant().isBefore(deadline);
                List<Observation<T>> looks = last ? recording.confirmed(deadline) : recording.looks();
                for (Observation<T> seen : looks) {
                    timeline.add(seen);
                    if (enough.test(seen)) {
                        return seen;
                    }
                }
                if (last) {
                    return looks.get(looks.size() - 1);
                }
                Instant next = clock.instant().plus(pause);
                clock.await(bell, next.isBefore(deadline) ? next : deadline);
            }
        }
    }
}
