package dev.plumbline.report;

import dev.plumbline.verdict.Verdict;
import java.util.Map;

/** ANSI colours, or none of them. */
record Ink(boolean colour) {

    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final int WIDEST_VERDICT = "NOT_APPLICABLE".length();

    private static final Map<Verdict, String> OF = Map.of(
            Verdict.FAIL, "1;31",
            Verdict.FLAKY, "1;35",
            Verdict.INCONCLUSIVE, "1;33",
            Verdict.BLOCKED, "34",
            Verdict.WAIVED, "36",
            Verdict.PASS, "32");

    /** The verdict, padded so that what follows stands in one column. */
    String padded(Verdict verdict) {
        return verdict(
                verdict,
                verdict.name() + " ".repeat(WIDEST_VERDICT - verdict.name().length()));
    }

    String verdict(Verdict verdict, String text) {
        return in(OF.getOrDefault(verdict, DIM), text);
    }

    String bold(String text) {
        return in(BOLD, text);
    }

    String dim(String text) {
        return in(DIM, text);
    }

    /** For what must not be overlooked. */
    String loud(String text) {
        return in("1;30;43", text);
    }

    static String indent() {
        return " ".repeat(WIDEST_VERDICT + 1);
    }

    private String in(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
