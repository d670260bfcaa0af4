package dev.plumbline.verdict;

import java.util.Collection;
import java.util.List;

/** What a run says of a scenario or criterion. The order of the first six is from worst to best. */
public enum Verdict {
    /** Measured, and not met. */
    FAIL,
    /** Two attempts differ. */
    FLAKY,
    /** Could not be measured: no permission, unreachable, nothing selected. Never green. */
    INCONCLUSIVE,
    /** A precondition is not there: an image cannot be pulled, a needed system is missing, something is not simulated. */
    BLOCKED,
    /** A FAIL under a waiver that is in date. */
    WAIVED,
    /** Measured, and met. */
    PASS,
    /** The target lacks the capability. */
    NOT_APPLICABLE,
    /** The document itself calls the criterion future or optional. */
    PENDING,
    /** A rule without scenarios. */
    UNPROVEN;

    /**
     * The verdict of a criterion from those of its scenarios: the worst of those that were measured or tried. Scenarios
     * that do not apply count only when there are no others.
     */
    public static Verdict worst(Collection<Verdict> verdicts) {
        List<Verdict> sorted = verdicts.stream().sorted().toList();
        return sorted.isEmpty() ? UNPROVEN : sorted.get(0);
    }

    /** Whether a criterion with this verdict lets its target be called conformant. */
    public boolean green() {
        return this == PASS || this == WAIVED;
    }
}
