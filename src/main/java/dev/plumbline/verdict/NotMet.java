package dev.plumbline.verdict;

/** Measured, and not met. */
public final class NotMet extends AssertionError {

    private static final long serialVersionUID = 1L;

    public NotMet(String reason) {
        super(reason);
    }
}
