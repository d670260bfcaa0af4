package dev.plumbline.policy;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** An error of the schema validator in our words, and the path of the field that it is about. */
record SchemaError(List<Object> path, String message) {

    static SchemaError of(Error error, GroupSchemas schemas) {
        List<Object> path = steps(error.getInstanceLocation());
        Object[] arguments = error.getArguments();
        return switch (error.getKeyword()) {
            case "additionalProperties" ->
                unknown(under(path, error.getProperty()), schemas.fields(error.getSchemaLocation()));
            case "required" -> at(under(path, error.getProperty()), " is missing");
            case "type" -> at(path, ": " + word(arguments[0]) + " found, " + word(arguments[1]) + " expected");
            case "enum" -> at(path, ": must be one of " + arguments[0]);
            case "pattern" -> at(path, ": must match " + arguments[0]);
            case "oneOf", "anyOf" -> at(path, alternatives(error));
            default -> at(path, ": " + error.getMessage());
        };
    }

    /** Whether another error says the same in general: each branch of an alternative complains for itself. */
    static boolean isPartOf(Error error, Error alternative) {
        String whole = alternative.getEvaluationPath() + "/";
        return alternative.getKeyword().endsWith("Of")
                && String.valueOf(error.getEvaluationPath()).startsWith(whole);
    }

    private static String alternatives(Error error) {
        Set<String> types = new TreeSet<>();
        error.getSchemaNode().forEach(it -> types.add(it.path("type").asText(it.toString())));
        return ": expected " + String.join(" or ", types);
    }

    private static SchemaError at(List<Object> path, String message) {
        return new SchemaError(path, text(path) + message);
    }

    private static SchemaError unknown(List<Object> path, Set<String> known) {
        String name = String.valueOf(path.get(path.size() - 1));
        String hint = Spelling.nearest(name, known)
                .map(it -> ", did you mean " + it + "?")
                .orElse(", known are " + String.join(", ", known));
        return new SchemaError(path, "unknown field " + text(path) + hint);
    }

    /** JSON's word for a type in YAML's words. */
    private static String word(Object type) {
        return switch (String.valueOf(type)) {
            case "array" -> "list";
            case "object" -> "map";
            default -> String.valueOf(type);
        };
    }

    private static List<Object> under(List<Object> path, String field) {
        List<Object> under = new ArrayList<>(path);
        under.add(field);
        return under;
    }

    private static List<Object> steps(NodePath location) {
        List<Object> steps = new ArrayList<>();
        for (int i = 0; i < location.getNameCount(); i++) {
            steps.add(location.getElement(i));
        }
        return steps;
    }

    /** Such as {@code spec.containers[0].image}. */
    static String text(List<Object> path) {
        StringBuilder text = new StringBuilder();
        for (Object step : path) {
            text.append(step instanceof Integer ? "[" + step + "]" : (text.isEmpty() ? "" : ".") + step);
        }
        return text.toString();
    }
}
