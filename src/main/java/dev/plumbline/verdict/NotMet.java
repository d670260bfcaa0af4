package dev.plumbline.verdict;

/** Measured, and not met. */
public final class NotMet extends AssertionError implements Concern.Stated {

    private static final long serialVersionUID = 1L;
    private final transient Concern concern;

    public NotMet(String reason) {
        this(reason, Concern.NONE);
    }

    public NotMet(String reason, Concern concern) {
        super(reason);
        this.concern = concern;
    }

    @Override
    public Concern concern() {
        return concern;
    }
}
