package dev.plumbline.timing;

import java.time.Instant;
import java.time.InstantSource;

/** The clock of a target, and the only way to wait on it: real time for a cluster, virtual for the simulation. */
public interface Clock extends InstantSource {

    /** {@code wall} or {@code virtual}, as measurements name it. */
    String name();

    /** Returns when the bell has rung or the time has come, whichever is first. A bell that rang before returns at once. */
    void await(Bell bell, Instant until) throws InterruptedException;

    /**
     * Says that the calling thread is at work. Virtual time stands still until each thread that entered is waiting in
     * {@link #await}; real time does not care.
     */
    Presence enter();

    /** Ends the presence. */
    interface Presence extends AutoCloseable {
        @Override
        void close();
    }
}
