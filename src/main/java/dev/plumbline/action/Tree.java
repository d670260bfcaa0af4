package dev.plumbline.action;

import dev.plumbline.action.Fault.NotLanded;
import dev.plumbline.cluster.FieldPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes places in a tree of maps and lists. */
final class Tree {

    private Tree() {}

    /**
     * Sets a place; maps on the way are made, and the first index after a list's end adds to it.
     *
     * @param what names the tree in messages
     */
    static void set(Object root, FieldPath path, Object value, String what) {
        for (int depth = 1; depth < path.steps().size(); depth++) {
            FieldPath parent = path.first(depth);
            if (parent.in(root).isEmpty()) {
                put(root, parent, new LinkedHashMap<String, Object>(), what);
            }
        }
        put(root, path, value, what);
    }

    static void remove(Object root, FieldPath path, String what) {
        if (path.in(root).isEmpty()) {
            throw new NotLanded(what + " has no " + path + " to remove");
        }
        Object parent = parent(root, path).orElseThrow();
        Object step = path.steps().get(path.steps().size() - 1);
        if (parent instanceof Map<?, ?> map) {
            map.remove(step);
        } else {
            ((List<?>) parent).remove(((Integer) step).intValue());
        }
    }

    @SuppressWarnings("unchecked") // trees come from JSON or YAML: keys are texts, values anything
    private static void put(Object root, FieldPath path, Object value, String what) {
        Object parent = parent(root, path).orElse(null);
        Object step = path.steps().get(path.steps().size() - 1);
        if (parent instanceof Map && step instanceof String name) {
            ((Map<String, Object>) parent).put(name, value);
        } else if (parent instanceof List<?> list && step instanceof Integer index && index < list.size()) {
            ((List<Object>) list).set(index, value);
        } else if (parent instanceof List<?> list && step instanceof Integer index && index == list.size()) {
            ((List<Object>) list).add(value);
        } else {
            throw new NotLanded(what + " has no place " + path + " to set");
        }
    }

    private static Optional<Object> parent(Object root, FieldPath path) {
        return path.steps().size() == 1
                ? Optional.of(root)
                : path.first(path.steps().size() - 1).in(root);
    }
}
