package dev.plumbline.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Kubernetes object and where it stands.
 *
 * @param line where the object starts, from 1
 * @param object a tree of maps and lists
 * @param lines the line of each field
 */
public record Manifest(String file, int line, Map<String, Object> object, Lines lines) {

    /** An object whose fields' lines are not known, such as one that was rendered. */
    public Manifest(String file, int line, Map<String, Object> object) {
        this(file, line, object, path -> line);
    }

    /** Finds lines. */
    @FunctionalInterface
    public interface Lines {
        /** @param path names of fields and indices of lists; the nearest known line is returned, from 1 */
        int of(List<?> path);
    }

    public String apiVersion() {
        return text(object.get("apiVersion"));
    }

    /** The API group, empty for the core group. */
    public String group() {
        int slash = apiVersion().indexOf('/');
        return slash < 0 ? "" : apiVersion().substring(0, slash);
    }

    public String kind() {
        return text(object.get("kind"));
    }

    public String namespace() {
        return text(map(object.get("metadata")).get("namespace"));
    }

    public String name() {
        return text(map(object.get("metadata")).get("name"));
    }

    /** Such as {@code Deployment shop/web}. */
    public String title() {
        return kind() + " " + (namespace().isEmpty() ? "" : namespace() + "/") + name();
    }

    /** A finding at a field of this object. */
    public Finding finding(Rule rule, List<?> path, String message, Severity severity) {
        return new Finding(file, lines.of(path), title(), rule.name(), message, severity);
    }

    /** The same object as a part of a list: lines are looked up below it. */
    Manifest item(int index, Map<String, Object> item) {
        Lines below = path -> {
            List<Object> full = new ArrayList<>(List.of("items", index));
            full.addAll(path);
            return lines.of(full);
        };
        return new Manifest(file, below.of(List.of()), item, below);
    }

    @SuppressWarnings("unchecked") // manifests have only text keys
    static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}
