package dev.plumbline.timing;

import java.time.Duration;
import java.time.Instant;

/** One limit that several waits share. */
public final class Deadline {

    /** What a wait that comes too late still gets: enough to see what is already so. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Clock clock;
    private final Instant end;

    public Deadline(Clock clock, Duration limit) {
        this.clock = clock;
        this.end = clock.instant().plus(limit);
    }

    /** What is left of the limit, at least a second. */
    public Duration left() {
        Duration left = Duration.between(clock.instant(), end);
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }
}
