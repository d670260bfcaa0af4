package dev.plumbline.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The values of a dashboard's variables, filled into texts as Grafana does for Prometheus: several values become a regular
 * expression. Names that are not known, as {@code $__rate_interval}, stay for the data source.
 */
final class TemplateVariables {

    private static final Pattern USE =
            Pattern.compile("\\$(\\w+)|\\$\\{(\\w+)(?:\\.[^:}]+)?(?::(\\w+))?}|\\[\\[(\\w+)(?::(\\w+))?]]");
    private static final Pattern SPECIAL = Pattern.compile("[\\^$*+?.()|\\[\\]{}']");

    private final Map<String, Choice> choices;

    private TemplateVariables(Map<String, Choice> choices) {
        this.choices = choices;
    }

    /**
     * What is chosen for one variable.
     *
     * @param several whether the variable can hold more than one value, and so is a regular expression
     * @param literal a text that stands for all values as it is, as a custom "all" value
     */
    record Choice(List<String> values, boolean several, Optional<String> literal) {}

    static TemplateVariables none() {
        return new TemplateVariables(Map.of());
    }

    TemplateVariables with(String name, Choice choice) {
        Map<String, Choice> more = new LinkedHashMap<>(choices);
        more.put(name, choice);
        return new TemplateVariables(more);
    }

    List<String> values(String name) {
        Choice choice = choices.get(name);
        return choice == null ? List.of() : choice.values();
    }

    /** One copy of the variables for each value of this one, as for a repeated panel. */
    List<TemplateVariables> repeated(String name) {
        List<TemplateVariables> copies = new ArrayList<>();
        for (String value : values(name)) {
            copies.add(with(name, new Choice(List.of(value), true, Optional.empty())));
        }
        return copies;
    }

    /** For a query. */
    String fill(String text) {
        return fill(text, "prometheus");
    }

    /** For people. */
    String fillPlainly(String text) {
        return fill(text, "text");
    }

    private String fill(String text, String usual) {
        Matcher use = USE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (use.find()) {
            String name = first(use, 1, 2, 4).orElse("");
            Choice choice = choices.get(name);
            String value = choice == null
                    ? use.group()
                    : format(choice, first(use, 3, 5).orElse(usual));
            use.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return use.appendTail(filled).toString();
    }

    private static Optional<String> first(Matcher matcher, int... groups) {
        for (int group : groups) {
            if (matcher.group(group) != null) {
                return Optional.of(matcher.group(group));
            }
        }
        return Optional.empty();
    }

    private static String format(Choice choice, String format) {
        if (choice.literal().isPresent()) {
            return choice.literal().get();
        }
        return switch (format) {
            case "raw", "csv", "text" -> String.join(",", choice.values());
            case "pipe" -> String.join("|", choice.values());
            case "regex" -> alternatives(choice.values(), "\\");
            default -> choice.several() ? alternatives(choice.values(), "\\\\") : quoted(choice.values());
        };
    }

    /** @param escape two backslashes inside a PromQL string, which takes one of them for itself */
    private static String alternatives(List<String> values, String escape) {
        List<String> escaped = values.stream()
                .map(value -> value.replace("\\", escape + escape))
                .map(value -> SPECIAL.matcher(value).replaceAll(Matcher.quoteReplacement(escape) + "$0"))
                .toList();
        return escaped.size() == 1 ? escaped.get(0) : "(" + String.join("|", escaped) + ")";
    }

    private static String quoted(List<String> values) {
        return values.stream()
                .map(value -> value.replace("\\", "\\\\").replace("'", "\\\\'"))
                .collect(Collectors.joining(","));
    }
}
