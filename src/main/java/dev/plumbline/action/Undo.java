package dev.plumbline.action;

/**
 * How one write is taken back.
 *
 * @param what in the reader's words, for the list of leftovers
 */
public record Undo(String what, Work work) {

    /** Takes the write back; returning means it is gone or as it was. */
    @FunctionalInterface
    public interface Work {
        void run() throws InterruptedException;
    }
}
