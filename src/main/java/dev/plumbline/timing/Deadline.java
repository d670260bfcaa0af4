package dev.plumbline.timing;

import java.time.Duration;
import java.time.Instant;

/** One limit that several waits share. */
public final class Deadline {

    private final Clock clock;
    private final Instant end;

    public Deadline(Clock clock, Duration limit) {
        this.clock = clock;
        this.end = clock.instant().plus(limit);
    }

    /** What is left of the limit, but not less than a wait needs that comes when nothing is left. */
    public Duration left(Duration least) {
        Duration left = Duration.between(clock.instant(), end);
        return left.compareTo(least) < 0 ? least : left;
    }
}
