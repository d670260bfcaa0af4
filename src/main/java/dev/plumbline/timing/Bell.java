package dev.plumbline.timing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Rung by whoever saw a change, heard by the one who waits. A ring that nobody waits for is kept until it is heard. */
public final class Bell {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private boolean ringing;

    public void ring() {
        lock.lock();
        try {
            ringing = true;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it rang since it was last heard; hearing silences it. */
    boolean heard() {
        lock.lock();
        try {
            boolean was = ringing;
            ringing = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    /** Waits on the wall clock; returns at the ring or after the given time. */
    void hear(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = atMost.toNanos();
            while (!ringing && nanos > 0) {
                nanos = rung.awaitNanos(nanos);
            }
            ringing = false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits without limit for a ring, as virtual time does for its turn. */
    void hear() throws InterruptedException {
        hear(Duration.ofNanos(TimeUnit.DAYS.toNanos(365)));
    }
}
