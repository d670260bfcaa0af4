package dev.plumbline.probe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.probe.TemplateVariables.Choice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resolves the variables of a dashboard in their order, as opening it in a browser would. */
final class DashboardVariables {

    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((?:(.+),\\s*)?([\\w.]+)\\)");
    private static final Pattern QUERY_RESULT = Pattern.compile("query_result\\((.+)\\)");
    private static final Pattern METRICS = Pattern.compile("metrics\\((.*)\\)");
    private static final String ALL = "$__all";

    private final Source source;

    DashboardVariables(Source source) {
        this.source = source;
    }

    /** Where the values of query variables come from. */
    interface Source {

        /** @param selector empty for all series */
        List<String> labelValues(JsonNode datasource, String label, String selector) throws NotSeen;

        /** Each sample in the form {@code name{label="value"} number time}. */
        List<String> samples(JsonNode datasource, String expression) throws NotSeen;

        /** The identifiers of the data sources of a type. */
        List<String> datasources(String type) throws NotSeen;
    }

    TemplateVariables resolve(JsonNode dashboard) throws NotSeen {
        TemplateVariables known = TemplateVariables.none();
        for (JsonNode variable : dashboard.path("templating").path("list")) {
            String type = variable.path("type").asText();
            if (!type.equals("adhoc")) {
                known = known.with(variable.path("name").asText(), choice(variable, type, known));
            }
        }
        return known;
    }

    private Choice choice(JsonNode variable, String type, TemplateVariables known) throws NotSeen {
        List<String> options = options(variable, type, known);
        boolean includeAll = variable.path("includeAll").asBoolean();
        boolean several = includeAll || variable.path("multi").asBoolean();
        List<String> current = current(variable);
        if (includeAll && (current.contains(ALL) || options.stream().noneMatch(current::contains))) {
            String all = variable.path("allValue").asText("");
            return new Choice(options, true, all.isEmpty() ? Optional.empty() : Optional.of(all));
        }
        List<String> chosen = options.stream().filter(current::contains).toList();
        if (chosen.isEmpty()) {
            chosen = options.stream().limit(1).toList();
        }
        return new Choice(chosen, several, Optional.empty());
    }

    private List<String> options(JsonNode variable, String type, TemplateVariables known) throws NotSeen {
        String query = known.fill(query(variable));
        return switch (type) {
            case "query" ->
                filtered(
                        asked(variable.path("datasource"), query),
                        variable.path("regex").asText(""));
            case "datasource" -> source.datasources(query);
            case "custom" -> list(query);
            case "interval" ->
                list(query).stream().filter(step -> !step.equals("auto")).toList();
            default -> List.of(query);
        };
    }

    private static String query(JsonNode variable) {
        JsonNode query = variable.path("query");
        return query.isObject() ? query.path("query").asText() : query.asText();
    }

    private List<String> asked(JsonNode datasource, String query) throws NotSeen {
        Matcher values = LABEL_VALUES.matcher(query.strip());
        if (values.matches()) {
            return source.labelValues(datasource, values.group(2), values.group(1) == null ? "" : values.group(1));
        }
        Matcher metrics = METRICS.matcher(query.strip());
        if (metrics.matches()) {
            return filtered(source.labelValues(datasource, "__name__", ""), metrics.group(1));
        }
        Matcher result = QUERY_RESULT.matcher(query.strip());
        return source.samples(datasource, result.matches() ? result.group(1) : query);
    }

    /** A pattern keeps what it finds; its first group, if it has one, is the value. */
    private static List<String> filtered(List<String> values, String regex) {
        String bare = regex.startsWith("/") && regex.lastIndexOf('/') > 0
                ? regex.substring(1, regex.lastIndexOf('/'))
                : regex;
        if (bare.isEmpty()) {
            return values;
        }
        Pattern pattern = Pattern.compile(bare);
        List<String> kept = new ArrayList<>();
        for (String value : values) {
            Matcher matcher = pattern.matcher(value);
            if (matcher.find()) {
                kept.add(matcher.groupCount() > 0 ? matcher.group(1) : value);
            }
        }
        return kept.stream().distinct().toList();
    }

    /** Comma-separated values, of which {@code text : value} shows a text of its own. */
    private static List<String> list(String query) {
        return Arrays.stream(query.split(",", -1))
                .map(item -> item.substring(item.lastIndexOf(" : ") < 0 ? 0 : item.lastIndexOf(" : ") + 3))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static List<String> current(JsonNode variable) {
        JsonNode value = variable.path("current").path("value");
        List<String> values = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(item -> values.add(item.asText()));
        } else if (value.isValueNode() && !value.isNull()) {
            values.add(value.asText());
        }
        return values;
    }
}
