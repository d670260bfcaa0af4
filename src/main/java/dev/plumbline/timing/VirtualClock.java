package dev.plumbline.timing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Simulated time: it stands still while anybody works, and jumps to the next due event or deadline when all who entered
 * wait. Events run one at a time, in order of their time and of their scheduling, on the thread that came to wait last;
 * so a run is the same each time. Five minutes of a Flux interval cost what their events cost.
 */
public final class VirtualClock implements Clock {

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private final Runnable settle;
    private Instant now;
    private long sequence;
    private int present;
    private boolean advancing;

    /**
     * @param settle runs after the events of each moment: it returns when everybody who watches the cluster has been
     *     told what changed, so that bells have rung before time moves on
     */
    public VirtualClock(Instant start, Runnable settle) {
        this.now = start;
        this.settle = settle;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public String name() {
        return "virtual";
    }

    /** Runs something after a time; the returned handle takes it back. */
    public synchronized Scheduled after(Duration delay, Runnable work) {
        Event event = new Event(now.plus(delay), sequence++, work);
        events.add(event);
        return () -> cancel(event);
    }

    private synchronized void cancel(Event event) {
        events.remove(event);
    }

    @Override
    public synchronized Presence enter() {
        present++;
        return this::leave;
    }

    private void leave() {
        synchronized (this) {
            present--;
        }
        advanceIfAllWait();
    }

    @Override
    public void await(Bell bell, Instant until) throws InterruptedException {
        Waiter waiter = new Waiter(bell, new Bell(), until);
        synchronized (this) {
            if (bell.heard() || !now.isBefore(until)) {
                return;
            }
            waiters.add(waiter);
        }
        advanceIfAllWait();
        try {
            waiter.turn().hear();
        } finally {
            synchronized (this) {
                waiters.remove(waiter);
            }
        }
    }

    /**
     * Moves time until somebody's wait is over. The thread that finds all waiting does it; others find it being done. Whom
     * it woke may wait again before it has ended, and has then found it being done: so it looks again.
     */
    private void advanceIfAllWait() {
        while (begunToAdvance()) {
            try {
                settle.run();
                while (!wakeThoseDone()) {
                    step();
                }
            } finally {
                synchronized (this) {
                    advancing = false;
                }
            }
        }
    }

    private synchronized boolean begunToAdvance() {
        if (advancing || waiters.isEmpty() || waiters.size() < present) {
            return false;
        }
        advancing = true;
        return true;
    }

    private void step() {
        List<Runnable> due = new ArrayList<>();
        synchronized (this) {
            Instant next =
                    waiters.stream().map(Waiter::until).min(Instant::compareTo).orElse(now);
            Event first = events.peek();
            if (first != null && first.at().isBefore(next)) {
                next = first.at();
            }
            now = next.isAfter(now) ? next : now;
            while (events.peek() != null && !events.peek().at().isAfter(now)) {
                due.add(events.remove().work());
            }
        }
        due.forEach(Runnable::run);
        settle.run();
    }

    private synchronized boolean wakeThoseDone() {
        List<Waiter> done = waiters.stream()
                .filter(waiter -> waiter.bell().heard() || !now.isBefore(waiter.until()))
                .toList();
        waiters.removeAll(done);
        done.forEach(waiter -> waiter.turn().ring());
        return !done.isEmpty() || waiters.isEmpty();
    }

    /** Takes back what was scheduled. */
    public interface Scheduled {
        void cancel();
    }

    private record Waiter(Bell bell, Bell turn, Instant until) {}

    private record Event(Instant at, long order, Runnable work) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
