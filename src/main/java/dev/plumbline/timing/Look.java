package dev.plumbline.timing;

import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Timeline;
import java.time.Instant;
import java.util.function.Predicate;

/** The one loop behind both kinds of wait: look at once, then at each event or poll, until told to stop or out of time. */
final class Look {

    private final Clock clock;
    private final Limits limits;

    Look(Clock clock, Limits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /** Looks until {@code enough} says so or the deadline has passed, always once at the deadline; keeps all in the timeline. */
    <T> Observation<T> until(Instant deadline, Probe<T> probe, Timeline timeline, Predicate<Observation<T>> enough)
            throws InterruptedException {
        Bell bell = new Bell();
        var subscription = probe.onChange(bell::ring);
        var pause = probe.pace().orElse(subscription.isPresent() ? limits.relook() : limits.poll());
        try {
            while (true) {
                boolean last = !clock.instant().isBefore(deadline);
                Observation<T> seen = probe.look();
                timeline.add(seen);
                if (last || enough.test(seen)) {
                    return seen;
                }
                Instant next = clock.instant().plus(pause);
                clock.await(bell, next.isBefore(deadline) ? next : deadline);
            }
        } finally {
            subscription.ifPresent(Probe.Subscription::close);
        }
    }
}
