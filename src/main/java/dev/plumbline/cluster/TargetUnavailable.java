package dev.plumbline.cluster;

/** The target cannot be had: bad input. The message is one line that names what was expected and what to do. */
public final class TargetUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TargetUnavailable(String message) {
        super(message);
    }

    public TargetUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return java.util.Objects.requireNonNull(super.getMessage());
    }
}
