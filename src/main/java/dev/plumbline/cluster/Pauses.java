package dev.plumbline.cluster;

import dev.plumbline.timing.Stopwatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** How long a feed leaves the server alone before it tries again: hardly at first, then longer, or as the server says. */
final class Pauses {

    private static final List<Duration> GROWING = List.of(
            Duration.ofMillis(20),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(5));

    /** A watch that lived this long was a good one. */
    private static final Duration GOOD = Duration.ofSeconds(10);

    /** What the server asks for is kept up to here; a wait may be shorter. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final AtomicInteger attempts = new AtomicInteger();

    /** After a watch that has ended. */
    Duration after(Stopwatch lived) {
        if (lived.elapsed().compareTo(GOOD) >= 0) {
            attempts.set(0);
        }
        return next();
    }

    /** After a request that was refused or not answered. */
    Duration after(Throwable failure) {
        Duration grown = next();
        Duration wished = failure instanceof ListWatch.Refused refused ? refused.retryAfter() : Duration.ZERO;
        Duration longer = wished.compareTo(grown) > 0 ? wished : grown;
        return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }

    private Duration next() {
        return GROWING.get(Math.min(attempts.getAndIncrement(), GROWING.size() - 1));
    }
}
