package dev.plumbline.simulation.system.flux;

import java.util.ArrayList;
import java.util.List;

/** Whether a controller works: from the start of its first program to the end of its last. */
final class Running {

    private final List<Runnable> starts = new ArrayList<>();
    private final List<Runnable> ends = new ArrayList<>();
    private int programs;
    private int life;

    synchronized boolean now() {
        return programs > 0;
    }

    /** Counts the lives, so that work begun in an earlier one is not finished in a later. */
    synchronized int life() {
        return life;
    }

    synchronized void onStart(Runnable then) {
        starts.add(then);
    }

    synchronized void onEnd(Runnable then) {
        ends.add(then);
    }

    synchronized void begin() {
        if (programs++ == 0) {
            life++;
            starts.forEach(Runnable::run);
        }
    }

    synchronized void end() {
        if (--programs == 0) {
            ends.forEach(Runnable::run);
        }
    }
}
