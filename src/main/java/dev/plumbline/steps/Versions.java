package dev.plumbline.steps;

import dev.plumbline.verdict.NotMeasured;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares versions such as {@code v2.9.4} by their numbers. */
final class Versions {

    private static final Pattern VERSION = Pattern.compile("v?(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?.*");

    private Versions() {}

    /** @throws NotMeasured for a text that is no version */
    static int compare(String one, String other) {
        Matcher left = parsed(one);
        Matcher right = parsed(other);
        int order = 0;
        for (int group = 1; group <= 3 && order == 0; group++) {
            order = Integer.compare(number(left.group(group)), number(right.group(group)));
        }
        return order;
    }

    private static int number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static Matcher parsed(String text) {
        Matcher matcher = VERSION.matcher(text);
        if (!matcher.matches()) {
            throw new NotMeasured("\"" + text + "\" is no version such as 2.9.4");
        }
        return matcher;
    }
}
