package dev.plumbline.gitops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads and writes the tree of maps and lists that an object is. */
final class Fields {

    private Fields() {}

    /** The map under a name, or a new one that is put there. */
    static Map<String, Object> child(Map<String, Object> parent, String name) {
        if (!(parent.get(name) instanceof Map<?, ?>)) {
            parent.put(name, new LinkedHashMap<String, Object>());
        }
        return asMap(parent.get(name));
    }

    static Optional<Map<String, Object>> find(Map<String, Object> parent, String... path) {
        Object value = parent;
        for (String step : path) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return value instanceof Map<?, ?> ? Optional.of(asMap(value)) : Optional.empty();
    }

    static Optional<String> text(Map<String, Object> parent, String name) {
        return parent.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    @SuppressWarnings("unchecked") // the trees hold only maps with text keys
    static Map<String, Object> asMap(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : new LinkedHashMap<>();
    }

    @SuppressWarnings("unchecked") // see above
    static List<Object> asList(@Nullable Object value) {
        return value instanceof List<?> list ? (List<Object>) list : List.of();
    }

    /** Replaces every value at a path; a list on the way, or at its end, stands for each of its elements. */
    static void replace(Map<String, Object> object, String path, UnaryOperator<Object> change) {
        int slash = path.indexOf('/');
        String name = slash < 0 ? path : path.substring(0, slash);
        Object value = object.get(name);
        if (value == null) {
            return;
        }
        if (slash < 0) {
            object.put(name, value instanceof List<?> list ? eachOf(asList(list), change) : change.apply(value));
            return;
        }
        for (Object each : value instanceof List<?> list ? asList(list) : List.of(value)) {
            if (each instanceof Map<?, ?>) {
                replace(asMap(each), path.substring(slash + 1), change);
            }
        }
    }

    private static List<Object> eachOf(List<Object> list, UnaryOperator<Object> change) {
        List<Object> changed = new ArrayList<>();
        list.forEach(it -> changed.add(change.apply(it)));
        return changed;
    }

    /**
     * The maps at a path; maps that are missing on the way are created when asked for, elements of a list are not.
     */
    static List<Map<String, Object>> maps(Map<String, Object> object, String path, boolean create) {
        List<Map<String, Object>> found = List.of(object);
        for (String step : path.split("/")) {
            List<Map<String, Object>> next = new ArrayList<>();
            boolean list = step.endsWith("[]");
            String name = list ? step.substring(0, step.length() - 2) : step;
            for (Map<String, Object> map : found) {
                if (map.get(name) instanceof List<?> several) {
                    several.forEach(it -> next.add(asMap(it)));
                } else if (map.get(name) instanceof Map<?, ?> || (create && !list)) {
                    next.add(child(map, name));
                }
            }
            found = next;
        }
        return found;
    }

    static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy(asMap(map));
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(it -> copy.add(copy(it)));
            return copy;
        }
        return value;
    }

    static Map<String, Object> copy(Map<String, Object> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put(name, copy(value)));
        return copy;
    }
}
