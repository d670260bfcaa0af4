package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sets of fields in the form of {@code fieldsV1}: an empty object is a member, one that holds "." is a member with
 * children. All functions leave their arguments alone.
 */
final class FieldSets {

    private FieldSets() {}

    /** Every field of a value. */
    static ObjectNode of(JsonNode value, Shape shape) {
        ObjectNode set = Json.object();
        children(value, shape, (element, child) -> {
            ObjectNode inner = of(child.value(), child.shape());
            if (element.startsWith("k:")) {
                inner.putObject(".");
            }
            set.set(element, inner);
        });
        return set;
    }

    /** The parts of a value that merge one by one; none for scalars and for what is replaced as a whole. */
    static void children(JsonNode value, Shape shape, BiConsumer<String, Child> visitor) {
        if (value.isObject() && !shape.atomic()) {
            value.properties()
                    .forEach(field -> visitor.accept(
                            "f:" + field.getKey(), new Child(field.getValue(), shape.field(field.getKey()))));
        } else if (value.isArray() && !shape.keys().isEmpty()) {
            value.forEach(item -> visitor.accept("k:" + key(item, shape.keys()), new Child(item, shape.item())));
        } else if (value.isArray() && shape.set()) {
            value.forEach(item -> visitor.accept("v:" + Json.write(item), new Child(item, shape.item())));
        }
    }

    /** The key of a list item as fieldsV1 writes it. */
    static String key(JsonNode item, List<String> keys) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        for (String key : keys) {
            JsonNode value = item.path(key);
            if (!value.isMissingNode()) {
                sorted.put(key, value);
            } else if (key.equals("protocol")) {
                sorted.put(key, Json.object().textNode("TCP"));
            }
        }
        ObjectNode node = Json.object();
        node.setAll(sorted);
        return Json.write(node);
    }

    static boolean member(ObjectNode node) {
        return node.isEmpty() || node.has(".");
    }

    static ObjectNode union(ObjectNode a, ObjectNode b) {
        ObjectNode result = a.deepCopy();
        b.properties().forEach(entry -> {
            ObjectNode mine = inner(result, entry.getKey());
            ObjectNode theirs = (ObjectNode) entry.getValue();
            result.set(entry.getKey(), mine == null ? theirs.deepCopy() : unionInner(mine, theirs));
        });
        return result;
    }

    private static ObjectNode unionInner(ObjectNode a, ObjectNode b) {
        boolean member = member(a) || member(b);
        ObjectNode result = union(a, b);
        if (member && !result.isEmpty()) {
            result.putObject(".");
        }
        return result;
    }

    /** The members of the first that are not in the second. */
    static ObjectNode minus(ObjectNode a, ObjectNode b) {
        ObjectNode result = Json.object();
        a.properties().forEach(entry -> {
            ObjectNode mine = (ObjectNode) entry.getValue();
            ObjectNode theirs = inner(b, entry.getKey());
            ObjectNode rest = theirs == null ? mine.deepCopy() : minusInner(mine, theirs);
            if (rest != null) {
                result.set(entry.getKey(), rest);
            }
        });
        return result;
    }

    private static @Nullable ObjectNode minusInner(ObjectNode a, ObjectNode b) {
        if (a.isEmpty()) {
            return member(b) ? null : a;
        }
        ObjectNode rest = minus(a, b);
        if (a.has(".") && member(b)) {
            rest.remove(".");
        } else if (a.has(".")) {
            rest.putObject(".");
        }
        return rest.isEmpty() ? null : tidy(rest);
    }

    /** The members of both. */
    static ObjectNode intersection(ObjectNode a, ObjectNode b) {
        return minus(a, minus(a, b));
    }

    private static ObjectNode tidy(ObjectNode node) {
        return node.size() == 1 && node.has(".") ? Json.object() : node;
    }

    /** The fields that both values have, with different content. */
    static ObjectNode changed(JsonNode before, JsonNode after, Shape shape) {
        Map<String, JsonNode> old = new TreeMap<>();
        children(before, shape, (element, child) -> old.put(element, child.value()));
        ObjectNode result = Json.object();
        children(after, shape, (element, child) -> {
            JsonNode was = old.get(element);
            if (was != null && !was.equals(child.value())) {
                ObjectNode inner = granular(was, child) ? changed(was, child.value(), child.shape()) : Json.object();
                if (!inner.isEmpty() || !granular(was, child)) {
                    result.set(element, inner);
                }
            }
        });
        return result;
    }

    private static boolean granular(JsonNode was, Child now) {
        boolean containers = was.isObject() && now.value().isObject()
                || was.isArray()
                        && now.value().isArray()
                        && (!now.shape().keys().isEmpty() || now.shape().set());
        return containers
                && !now.shape().atomic()
                && !was.isEmpty()
                && !now.value().isEmpty();
    }

    static @Nullable ObjectNode inner(ObjectNode set, String element) {
        return set.get(element) instanceof ObjectNode node ? node : null;
    }

    /** The members as paths: {@code .spec.template.spec.containers[name="web"].image}. */
    static List<String> paths(ObjectNode set) {
        List<String> paths = new ArrayList<>();
        collect(set, "", paths);
        return paths;
    }

    private static void collect(ObjectNode set, String prefix, List<String> paths) {
        set.properties().forEach(entry -> {
            if (entry.getKey().equals(".")) {
                paths.add(prefix);
                return;
            }
            String path = prefix + step(entry.getKey());
            if (entry.getValue().isEmpty()) {
                paths.add(path);
            } else {
                collect((ObjectNode) entry.getValue(), path, paths);
            }
        });
    }

    private static String step(String element) {
        String body = element.substring(2);
        return switch (element.charAt(0)) {
            case 'f' -> "." + body;
            case 'v' -> "[=" + body + "]";
            default -> "[" + body.substring(1, body.length() - 1).replaceAll("\"(\\w+)\":", "$1=") + "]";
        };
    }

    /** A part of a value with its shape. */
    record Child(JsonNode value, Shape shape) {}
}
