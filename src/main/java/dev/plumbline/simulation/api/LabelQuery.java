package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A label selector. All requirements must hold; without any, everything matches. */
public record LabelQuery(List<Requirement> requirements) {

    private static final String NAME = "([A-Za-z0-9](?:[\\w./-]*[A-Za-z0-9])?)";
    private static final Pattern SET = Pattern.compile(NAME + "\\s+(in|notin)\\s+\\(([^)]*)\\)");
    private static final Pattern EQUAL = Pattern.compile(NAME + "\\s*(==|=|!=)\\s*([\\w.-]*)");
    private static final Pattern THERE = Pattern.compile("(!?)\\s*" + NAME);

    /** Parses the form of the labelSelector parameter; a bad one is refused as the server does. */
    static LabelQuery parse(String text) {
        List<Requirement> requirements = new ArrayList<>();
        for (String part : text.split(",(?![^(]*\\))")) {
            if (!part.isBlank()) {
                requirements.add(requirement(part.trim()));
            }
        }
        return new LabelQuery(requirements);
    }

    private static Requirement requirement(String part) {
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            Set<String> values = new LinkedHashSet<>();
            Arrays.stream(set.group(3).split(",")).map(String::trim).forEach(values::add);
            return new Requirement(set.group(1), set.group(2), values);
        }
        Matcher equal = EQUAL.matcher(part);
        if (equal.matches()) {
            String operator = equal.group(2).equals("!=") ? "notin" : "in";
            return new Requirement(equal.group(1), operator, Set.of(equal.group(3)));
        }
        Matcher there = THERE.matcher(part);
        if (there.matches()) {
            return new Requirement(there.group(2), there.group(1).isEmpty() ? "exists" : "doesnotexist", Set.of());
        }
        throw Refusal.badRequest(
                "unable to parse requirement: found '" + part + "', expected: '=', '!=', '==', 'in', notin'");
    }

    /** The selector of an object; null selects nothing. */
    public static LabelQuery of(@Nullable LabelSelector selector) {
        if (selector == null) {
            return new LabelQuery(List.of(new Requirement("", "nothing", Set.of())));
        }
        List<Requirement> requirements = new ArrayList<>();
        if (selector.getMatchLabels() != null) {
            requirements.addAll(of(selector.getMatchLabels()).requirements());
        }
        if (selector.getMatchExpressions() != null) {
            selector.getMatchExpressions()
                    .forEach(expression -> requirements.add(new Requirement(
                            expression.getKey(),
                            expression.getOperator().toLowerCase(Locale.ROOT),
                            expression.getValues() == null ? Set.of() : Set.copyOf(expression.getValues()))));
        }
        return new LabelQuery(requirements);
    }

    public static LabelQuery of(Map<String, String> labels) {
        return new LabelQuery(labels.entrySet().stream()
                .map(label -> new Requirement(label.getKey(), "in", Set.of(label.getValue())))
                .toList());
    }

    public boolean matches(@Nullable Map<String, String> labels) {
        Map<String, String> there = labels == null ? Map.of() : labels;
        return requirements.stream().allMatch(requirement -> requirement.matches(there.get(requirement.key())));
    }

    boolean matches(JsonNode object) {
        JsonNode labels = Json.at(object, "metadata", "labels");
        return requirements.stream()
                .allMatch(requirement ->
                        requirement.matches(labels.path(requirement.key()).textValue()));
    }

    /** One condition on one label. */
    record Requirement(String key, String operator, Set<String> values) {
        boolean matches(@Nullable String value) {
            return switch (operator) {
                case "in" -> value != null && values.contains(value);
                case "notin" -> value == null || !values.contains(value);
                case "exists" -> value != null;
                case "doesnotexist" -> value == null;
                default -> false;
            };
        }
    }
}
