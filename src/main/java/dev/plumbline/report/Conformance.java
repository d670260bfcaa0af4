package dev.plumbline.report;

import dev.plumbline.verdict.Verdict;
import java.util.Collection;

/** What a run says of its target as a whole. */
public enum Conformance {
    /** Each active criterion passed or is waived. */
    CONFORMANT("conformant"),
    /** Some active criteria are blocked or unproven, none is worse. */
    PARTIAL("partial"),
    NON_CONFORMANT("non-conformant");

    private final String word;

    Conformance(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** Adds up the verdicts of all selected criteria. */
    public static Conformance of(Collection<CriterionResult> criteria) {
        var active = criteria.stream()
                .filter(CriterionResult::active)
                .map(CriterionResult::verdict)
                .toList();
        if (!active.isEmpty() && active.stream().allMatch(Verdict::green)) {
            return CONFORMANT;
        }
        boolean onlyMissing = active.stream()
                .allMatch(verdict -> verdict.green() || verdict == Verdict.BLOCKED || verdict == Verdict.UNPROVEN);
        return onlyMissing ? PARTIAL : NON_CONFORMANT;
    }
}
