package dev.plumbline.promql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A series selector of a PromQL expression, such as {@code up{job="web"}}, without its range. It knows the language's
 * words, not its grammar: what Prometheus accepts is Prometheus' affair.
 *
 * @param name of the metric, empty where only the matchers select
 */
public record Selector(String text, String name, List<Selector.Matcher> matchers) {

    private static final String QUOTED = "\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|`[^`]*`";
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String BRACES = "\\s*\\{(?:" + QUOTED + "|[^}\"'`])*}";
    private static final Pattern TOKEN = Pattern.compile(String.join(
            "|",
            "(?:\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\))",
            "(?:\\[[^\\]]*])",
            // A variable of a dashboard: it may stand for a name.
            "(?:\\$(?:\\{[^}]*}|\\w+)(?:" + BRACES + ")?)",
            "(?:\\b[0-9][a-zA-Z0-9.]*)",
            "((?:" + NAME + ")?" + BRACES + ")",
            "(?:" + QUOTED + ")",
            "(?:" + NAME + "\\s*\\()",
            "(" + NAME + ")"));
    private static final Pattern MATCHER =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*(" + QUOTED + ")");
    /** What is no series where it stands alone: operators, modifiers, aggregations whose labels come first. */
    private static final Set<String> WORDS = Set.of(
            ("and or unless atan2 bool offset inf nan by without on ignoring group_left group_right sum min max avg"
                            + " group stddev stdvar count count_values bottomk topk quantile limitk limit_ratio")
                    .split(" "));

    public Selector {
        matchers = List.copyOf(matchers);
    }

    /** @param op one of {@code =}, {@code !=}, {@code =~}, {@code !~} */
    public record Matcher(String label, String op, String value) {}

    /** The selectors of an expression, each once; none where it asks for no series. */
    public static List<Selector> in(String expression) {
        return TOKEN.matcher(expression)
                .results()
                .map(Selector::text)
                .filter(text -> !text.isEmpty() && !WORDS.contains(text.toLowerCase(Locale.ROOT)))
                .distinct()
                .map(Selector::parse)
                .toList();
    }

    private static String text(MatchResult token) {
        String whole = token.group(1) == null ? token.group(2) : token.group(1);
        return whole == null ? "" : whole;
    }

    private static Selector parse(String text) {
        int brace = text.indexOf('{');
        if (brace < 0) {
            return new Selector(text, text, List.of());
        }
        List<Matcher> matchers = MATCHER.matcher(text.substring(brace))
                .results()
                .map(found -> new Matcher(
                        found.group(1),
                        found.group(2),
                        found.group(3).substring(1, found.group(3).length() - 1)))
                .toList();
        return new Selector(text, text.substring(0, brace).strip(), matchers);
    }
}
