package dev.plumbline.simulation.system.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.Program.Request;
import dev.plumbline.simulation.system.qdrant.Point.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Writing and reading the points of a collection. */
final class PointsApi {

    private static final int PAGE = 10;

    private final Collections collections;

    PointsApi(Collections collections) {
        this.collections = collections;
    }

    /** Empty when the path is none of points. */
    Optional<Reply> answer(Collection collection, Route route, Request request) {
        String path = route.inCollection();
        if (route.method().equals("GET") && path.matches("GET /points/[^/]+")) {
            return Optional.of(one(collection, PointId.parse(route.word(3))));
        }
        return switch (path) {
            case "PUT /points" -> Optional.of(upsert(collection, route, request));
            case "POST /points" -> Optional.of(byIds(collection, Answers.body(request)));
            case "POST /points/delete" -> Optional.of(delete(collection, route, request));
            case "POST /points/scroll" -> Optional.of(scroll(collection, Answers.body(request)));
            case "POST /points/count" -> Optional.of(count(collection, Answers.body(request)));
            case "POST /points/search" -> Optional.of(Answers.ok(new Search(collection).search(Answers.body(request))));
            case "POST /points/query" -> Optional.of(Answers.ok(new Search(collection).query(Answers.body(request))));
            default -> Optional.empty();
        };
    }

    private static Reply one(Collection collection, PointId id) {
        return Answers.ok(collection
                .point(id)
                .map(point -> point.shown(new Shown(true, true)))
                .orElseThrow(() -> Refusal.notFound("Point with id " + id + " does not exists!")));
    }

    private Reply upsert(Collection collection, Route route, Request request) {
        return changed(collection, collection.upsert(Answers.body(request)), route);
    }

    private Reply changed(Collection collection, long operation, Route route) {
        collections.save(collection);
        return Answers.ok(Answers.object()
                .put("operation_id", operation)
                .put("status", route.flag("wait") ? "completed" : "acknowledged"));
    }

    private Reply delete(Collection collection, Route route, Request request) {
        JsonNode body = Answers.body(request);
        List<PointId> ids = new ArrayList<>();
        if (body.has("points")) {
            body.path("points").forEach(id -> ids.add(PointId.of(id)));
        } else if (body.has("filter")) {
            Predicate<Point> filter = Filter.of(body.path("filter"));
            collection.points().forEach(point -> {
                if (filter.test(point)) {
                    ids.add(point.id());
                }
            });
        } else {
            throw Refusal.format("data did not match any variant of untagged enum PointsSelector");
        }
        return changed(collection, collection.delete(ids), route);
    }

    private static Reply byIds(Collection collection, JsonNode body) {
        if (!body.has("ids")) {
            throw Refusal.format("missing field `ids`");
        }
        Shown shown = Shown.of(body, true);
        ArrayNode found = Answers.array();
        body.path("ids")
                .forEach(id -> collection.point(PointId.of(id)).ifPresent(point -> found.add(point.shown(shown))));
        return Answers.ok(found);
    }

    private static Reply count(Collection collection, JsonNode body) {
        Predicate<Point> filter = Filter.of(body.path("filter"));
        long count = 0;
        for (Point point : collection.points()) {
            count += filter.test(point) ? 1 : 0;
        }
        return Answers.ok(Answers.object().put("count", count));
    }

    private static Reply scroll(Collection collection, JsonNode body) {
        if (body.hasNonNull("order_by")) {
            throw Refusal.notSimulated("order_by of scroll");
        }
        int limit = limit(body);
        Predicate<Point> filter = Filter.of(body.path("filter"));
        Shown shown = Shown.of(body, true);
        Iterable<Point> candidates =
                body.hasNonNull("offset") ? collection.from(PointId.of(body.path("offset"))) : collection.points();
        ObjectNode result = Answers.object();
        ArrayNode page = result.putArray("points");
        result.putNull("next_page_offset");
        for (Point point : candidates) {
            if (filter.test(point)) {
                if (page.size() == limit) {
                    result.set("next_page_offset", point.id().json());
                    break;
                }
                page.add(point.shown(shown));
            }
        }
        return Answers.ok(result);
    }

    static int limit(JsonNode body) {
        int limit = body.path("limit").asInt(PAGE);
        if (limit < 1) {
            throw Refusal.wrong(
                    "Validation error in JSON body: [limit: value " + limit + " invalid, must be 1 or larger]");
        }
        return limit;
    }
}
