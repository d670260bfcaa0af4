package dev.plumbline.timing;

import java.time.Duration;

/** Real time that has passed, whatever the target's clock: for the harness's own patience, never for a measurement. */
public final class Stopwatch {

    private volatile long since = System.nanoTime();

    public void restart() {
        since = System.nanoTime();
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
