package dev.plumbline.probe;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The series selectors in a PromQL expression, such as {@code up{job="web"}}, without their ranges. It knows the language's
 * words, not its grammar: what Prometheus accepts is Prometheus' affair.
 */
final class PromSelectors {

    private static final String QUOTED = "\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|`[^`]*`";
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern TOKEN = Pattern.compile(String.join(
            "|",
            "(?:\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\))",
            "(?:\\[[^\\]]*])",
            "(?:\\b[0-9][a-zA-Z0-9.]*)",
            "((?:" + NAME + ")?\\s*\\{(?:" + QUOTED + "|[^}\"'`])*})",
            "(?:" + QUOTED + ")",
            "(?:" + NAME + "\\s*\\()",
            "(" + NAME + ")"));
    /** What is no series where it stands alone: operators, modifiers, aggregations whose labels come first. */
    private static final Set<String> WORDS = Set.of(
            ("and or unless atan2 bool offset inf nan by without on ignoring group_left group_right sum min max avg"
                            + " group stddev stdvar count count_values bottomk topk quantile limitk limit_ratio")
                    .split(" "));

    private PromSelectors() {}

    static List<String> in(String expression) {
        return TOKEN.matcher(expression)
                .results()
                .map(PromSelectors::selector)
                .filter(selector -> !selector.isEmpty() && !WORDS.contains(selector.toLowerCase(java.util.Locale.ROOT)))
                .distinct()
                .toList();
    }

    private static String selector(MatchResult token) {
        String whole = token.group(1) == null ? token.group(2) : token.group(1);
        return whole == null ? "" : whole;
    }
}
