package dev.plumbline.verdict;

import org.jspecify.annotations.Nullable;

/** It could not be measured: no permission, unreachable, nothing selected. Makes a scenario INCONCLUSIVE. */
public final class NotMeasured extends RuntimeException implements Concern.Stated {

    private static final long serialVersionUID = 1L;
    private final transient Concern concern;

    public NotMeasured(String reason) {
        this(reason, null, Concern.NONE);
    }

    public NotMeasured(String reason, Throwable cause) {
        this(reason, cause, Concern.NONE);
    }

    public NotMeasured(String reason, @Nullable Throwable cause, Concern concern) {
        super(reason, cause);
        this.concern = concern;
    }

    @Override
    public Concern concern() {
        return concern;
    }
}
