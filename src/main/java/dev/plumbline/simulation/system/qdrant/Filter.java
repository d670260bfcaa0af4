package dev.plumbline.simulation.system.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Conditions on payloads and ids. */
final class Filter {

    private Filter() {}

    /** What a request's {@code filter} says; everything when there is none. */
    static Predicate<Point> of(JsonNode filter) {
        if (filter.isMissingNode() || filter.isNull()) {
            return point -> true;
        }
        List<Predicate<Point>> must = conditions(filter.path("must"));
        List<Predicate<Point>> should = conditions(filter.path("should"));
        List<Predicate<Point>> mustNot = conditions(filter.path("must_not"));
        return point -> must.stream().allMatch(each -> each.test(point))
                && (should.isEmpty() || should.stream().anyMatch(each -> each.test(point)))
                && mustNot.stream().noneMatch(each -> each.test(point));
    }

    private static List<Predicate<Point>> conditions(JsonNode list) {
        List<Predicate<Point>> conditions = new ArrayList<>();
        if (list.isObject()) {
            conditions.add(condition(list));
        }
        if (list.isArray()) {
            list.forEach(each -> conditions.add(condition(each)));
        }
        return conditions;
    }

    private static Predicate<Point> condition(JsonNode condition) {
        if (condition.has("must") || condition.has("should") || condition.has("must_not")) {
            return of(condition);
        }
        if (condition.has("has_id")) {
            List<PointId> ids = new ArrayList<>();
            condition.path("has_id").forEach(id -> ids.add(PointId.of(id)));
            return point -> ids.contains(point.id());
        }
        String key = condition.path("key").asText();
        if (condition.has("match")) {
            return matching(key, condition.path("match"));
        }
        if (condition.has("range")) {
            return within(key, condition.path("range"));
        }
        throw Refusal.notSimulated("the filter condition " + condition);
    }

    private static Predicate<Point> matching(String key, JsonNode match) {
        if (match.has("value")) {
            return point -> values(point, key).contains(match.path("value"));
        }
        List<JsonNode> listed = new ArrayList<>();
        (match.has("any") ? match.path("any") : match.path("except")).forEach(listed::add);
        if (match.has("any")) {
            return point -> values(point, key).stream().anyMatch(listed::contains);
        }
        if (match.has("except")) {
            return point -> values(point, key).stream().anyMatch(value -> !listed.contains(value));
        }
        throw Refusal.notSimulated("the filter match " + match);
    }

    private static Predicate<Point> within(String key, JsonNode range) {
        return point -> values(point, key).stream()
                .filter(JsonNode::isNumber)
                .mapToDouble(JsonNode::asDouble)
                .anyMatch(value -> (!range.hasNonNull("gt")
                                || value > range.path("gt").asDouble())
                        && (!range.hasNonNull("gte")
                                || value >= range.path("gte").asDouble())
                        && (!range.hasNonNull("lt") || value < range.path("lt").asDouble())
                        && (!range.hasNonNull("lte")
                                || value <= range.path("lte").asDouble()));
    }

    /** The values under a dotted key; each element of a list counts. */
    private static List<JsonNode> values(Point point, String key) {
        JsonNode node = point.payload();
        for (String part : key.split("\\.", -1)) {
            node = node.path(part);
        }
        List<JsonNode> values = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(values::add);
        } else if (!node.isMissingNode()) {
            values.add(node);
        }
        return values;
    }
}
