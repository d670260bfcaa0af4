package dev.plumbline.verdict;

import org.opentest4j.TestAbortedException;

/** A scenario ends before it says anything of its criterion: BLOCKED or NOT_APPLICABLE. Cucumber counts it as skipped. */
public final class NotTried extends TestAbortedException {

    private static final long serialVersionUID = 1L;
    private final Verdict verdict;

    private NotTried(Verdict verdict, String reason) {
        super(reason);
        this.verdict = verdict;
    }

    /** A precondition is not there: an image, a needed system, something that is not simulated. */
    public static NotTried blocked(String reason) {
        return new NotTried(Verdict.BLOCKED, reason);
    }

    /** The target lacks the capability. */
    public static NotTried notApplicable(String reason) {
        return new NotTried(Verdict.NOT_APPLICABLE, reason);
    }

    public Verdict verdict() {
        return verdict;
    }
}
