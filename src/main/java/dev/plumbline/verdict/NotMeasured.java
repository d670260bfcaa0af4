package dev.plumbline.verdict;

/** It could not be measured: no permission, unreachable, nothing selected. Makes a scenario INCONCLUSIVE. */
public final class NotMeasured extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotMeasured(String reason) {
        super(reason);
    }

    public NotMeasured(String reason, Throwable cause) {
        super(reason, cause);
    }
}
