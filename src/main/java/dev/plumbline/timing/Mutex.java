package dev.plumbline.timing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/** One at a time, in order of arrival. Who waits for it lets time pass, which a monitor would hold up in the simulation. */
public final class Mutex {

    private static final Duration A_DAY = Duration.ofDays(1);

    private final Clock clock;
    private final Deque<Bell> waiting = new ArrayDeque<>();
    private boolean held;

    public Mutex(Clock clock) {
        this.clock = clock;
    }

    /** Returns when it is the caller's; not to be entered twice by one thread. */
    public Held enter() throws InterruptedException {
        Bell turn = new Bell();
        synchronized (this) {
            if (!held) {
                held = true;
                return this::leave;
            }
            waiting.add(turn);
        }
        try {
            do {
                clock.await(turn, clock.instant().plus(A_DAY));
            } while (waits(turn));
            return this::leave;
        } catch (InterruptedException e) {
            if (!givenUp(turn)) {
                leave();
            }
            throw e;
        }
    }

    private synchronized boolean waits(Bell turn) {
        return waiting.contains(turn);
    }

    private synchronized boolean givenUp(Bell turn) {
        return waiting.remove(turn);
    }

    /** It is the next one's at once, so that nobody comes between. */
    private synchronized void leave() {
        held = !waiting.isEmpty();
        if (held) {
            Objects.requireNonNull(waiting.poll()).ring();
        }
    }

    /** Close it to let the next one in. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }
}
