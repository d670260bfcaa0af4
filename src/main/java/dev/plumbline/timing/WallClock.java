package dev.plumbline.timing;

import java.time.Duration;
import java.time.Instant;

/** Real time. */
public final class WallClock implements Clock {

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public String name() {
        return "wall";
    }

    @Override
    public void await(Bell bell, Instant until) throws InterruptedException {
        bell.hear(Duration.between(instant(), until));
    }

    @Override
    public Presence enter() {
        return () -> {};
    }
}
