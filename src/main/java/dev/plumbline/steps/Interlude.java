package dev.plumbline.steps;

/** What is done to the target once a scenario's Givens are done, and taken back when it has ended: a fault, or nothing. */
public interface Interlude {

    /** Leaves scenarios alone. */
    Interlude NONE = new Interlude() {};

    /** How many steps of a scenario come before it. */
    default int givens(String file, int line) {
        return Integer.MAX_VALUE;
    }

    default void begin() throws InterruptedException {}

    default void end() throws InterruptedException {}
}
