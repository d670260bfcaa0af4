package dev.plumbline.gitops;

import dev.plumbline.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A part of a kustomization file, read field by field; what has the wrong type is refused with its line. */
final class Settings {
    private final String file;
    private final YamlDocument document;
    private final List<Object> path;
    private final Map<String, Object> values;

    private Settings(String file, YamlDocument document, List<Object> path, Map<String, Object> values) {
        this.file = file;
        this.document = document;
        this.path = path;
        this.values = values;
    }

    static Settings of(String file, YamlDocument document) throws KustomizeException {
        if (!(document.value() instanceof Map<?, ?>)) {
            throw new KustomizeException(file + ":" + document.line() + ": a kustomization is a map of fields");
        }
        return new Settings(file, document, List.of(), document.map());
    }

    String file() {
        return file;
    }

    /** Refuses every field that is not among these. */
    void only(Set<String> known) throws KustomizeException {
        for (String field : values.keySet()) {
            if (!known.contains(field)) {
                throw error(field, "not supported: field " + name(field) + " in " + file);
            }
        }
    }

    boolean has(String field) {
        return values.get(field) != null;
    }

    Optional<String> text(String field) throws KustomizeException {
        Object value = values.get(field);
        if (value != null && !(value instanceof String)) {
            throw wrong(field, "text", value);
        }
        return Optional.ofNullable((String) value);
    }

    String needed(String field) throws KustomizeException {
        return text(field)
                .filter(it -> !it.isBlank())
                .orElseThrow(() -> error(field, name(field) + " is missing or empty"));
    }

    boolean flag(String field) throws KustomizeException {
        Object value = values.get(field);
        if (value != null && !(value instanceof Boolean)) {
            throw wrong(field, "true or false", value);
        }
        return Boolean.TRUE.equals(value);
    }

    int number(String field) throws KustomizeException {
        if (values.get(field) instanceof Integer number) {
            return number;
        }
        throw wrong(field, "a whole number", values.get(field));
    }

    List<String> texts(String field) throws KustomizeException {
        List<String> texts = new ArrayList<>();
        for (Object each : list(field)) {
            if (!(each instanceof String text)) {
                throw wrong(field, "a list of texts", each);
            }
            texts.add(text);
        }
        return texts;
    }

    Map<String, String> pairs(String field) throws KustomizeException {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : map(field).entrySet()) {
            if (!(entry.getValue() instanceof String text)) {
                throw wrong(field, "text under \"" + entry.getKey() + "\" (put it in quotes)", entry.getValue());
            }
            pairs.put(entry.getKey(), text);
        }
        return pairs;
    }

    Optional<Settings> part(String field) throws KustomizeException {
        return has(field) ? Optional.of(new Settings(file, document, under(field), map(field))) : Optional.empty();
    }

    List<Settings> parts(String field) throws KustomizeException {
        List<Settings> parts = new ArrayList<>();
        for (Object each : list(field)) {
            if (!(each instanceof Map<?, ?>)) {
                throw wrong(field, "a list of maps", each);
            }
            List<Object> below = new ArrayList<>(under(field));
            below.add(parts.size());
            parts.add(new Settings(file, document, below, Fields.asMap(each)));
        }
        return parts;
    }

    /** An error at a field, or at this part when the field is not there. */
    KustomizeException error(String field, String message) {
        return new KustomizeException(file + ":" + document.line(under(field)) + ": " + message);
    }

    private List<Object> list(String field) throws KustomizeException {
        Object value = values.get(field);
        if (value != null && !(value instanceof List<?>)) {
            throw wrong(field, "a list", value);
        }
        return Fields.asList(value);
    }

    private Map<String, Object> map(String field) throws KustomizeException {
        Object value = values.get(field);
        if (value != null && !(value instanceof Map<?, ?>)) {
            throw wrong(field, "a map", value);
        }
        return Fields.asMap(value);
    }

    private KustomizeException wrong(String field, String expected, @Nullable Object found) {
        return error(field, name(field) + ": expected " + expected + ", found " + type(found));
    }

    /** Never the value itself: it may be a secret's. */
    private static String type(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof Boolean) {
            return "true or false";
        }
        return value instanceof Map
                ? "a map"
                : value instanceof List ? "a list" : value instanceof String ? "text" : "a number";
    }

    private List<Object> under(String field) {
        List<Object> below = new ArrayList<>(path);
        below.add(field);
        return below;
    }

    private String name(String field) {
        StringBuilder name = new StringBuilder();
        for (Object step : under(field)) {
            name.append(step instanceof Integer ? "[" + step + "]" : (name.isEmpty() ? "" : ".") + step);
        }
        return name.toString();
    }
}
