package dev.plumbline.simulation.system.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.simulation.system.qdrant.Point.Shown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The nearest points to a vector, by comparing with every one: always exact. */
final class Search {

    private final Collection collection;

    Search(Collection collection) {
        this.collection = collection;
    }

    private record Hit(Point point, float score) {}

    /** The older search endpoint: a bare list. */
    ArrayNode search(JsonNode body) {
        JsonNode vector = body.path("vector");
        if (vector.isMissingNode()) {
            throw Refusal.format("missing field `vector`");
        }
        boolean named = vector.isObject();
        return nearest(
                body,
                named ? vector.path("name").asText() : VectorSpace.UNNAMED,
                named ? vector.path("vector") : vector,
                point -> true);
    }

    /** The query endpoint: nearest to a vector or to a stored point, or without a query all by id. */
    ObjectNode query(JsonNode body) {
        if (body.has("prefetch")) {
            throw Refusal.notSimulated("prefetch of Qdrant's query");
        }
        String using = body.path("using").asText(VectorSpace.UNNAMED);
        JsonNode query = body.path("query");
        query = query.has("nearest") ? query.path("nearest") : query;
        ObjectNode result = Answers.object();
        if (query.isMissingNode() || query.isNull()) {
            result.set("points", all(body));
        } else if (query.isArray()) {
            result.set("points", nearest(body, using, query, point -> true));
        } else if (query.isObject()) {
            throw Refusal.notSimulated("the query " + query);
        } else {
            PointId id = PointId.of(query);
            JsonNode vector = collection
                    .point(id)
                    .map(point -> VectorSpace.json(point.vectors()))
                    .orElseThrow(() -> Refusal.notFound("No point with id " + id + " found"));
            JsonNode own = vector.isArray() ? vector : vector.path(using);
            result.set("points", nearest(body, using, own, point -> !point.id().equals(id)));
        }
        return result;
    }

    private ArrayNode all(JsonNode body) {
        Shown shown = Shown.of(body, false);
        Predicate<Point> filter = Filter.of(body.path("filter"));
        ArrayNode found = Answers.array();
        for (Point point : collection.points()) {
            if (filter.test(point) && found.size() < PointsApi.limit(body)) {
                found.add(hit(new Hit(point, 0), shown));
            }
        }
        return found;
    }

    private ArrayNode nearest(JsonNode body, String using, JsonNode vector, Predicate<Point> allowed) {
        VectorSpace.Params params = collection.space().params(using);
        float[] wanted = collection.space().one(using, vector);
        Predicate<Point> filter = Filter.of(body.path("filter"));
        List<Hit> hits = new ArrayList<>();
        for (Point point : collection.points()) {
            float[] stored = point.vectors().get(using);
            if (stored != null && allowed.test(point) && filter.test(point)) {
                hits.add(new Hit(point, params.distance().score(wanted, stored)));
            }
        }
        boolean greater = params.distance().greaterIsNearer();
        Comparator<Hit> order = Comparator.comparingDouble(Hit::score);
        Shown shown = Shown.of(body, false);
        ArrayNode result = Answers.array();
        hits.stream()
                .sorted(greater ? order.reversed() : order)
                .filter(hit -> passes(hit, body.path("score_threshold"), greater))
                .skip(body.path("offset").asLong(0))
                .limit(PointsApi.limit(body))
                .forEach(hit -> result.add(hit(hit, shown)));
        return result;
    }

    private static boolean passes(Hit hit, JsonNode threshold, boolean greater) {
        return !threshold.isNumber()
                || (greater ? hit.score() >= threshold.asDouble() : hit.score() <= threshold.asDouble());
    }

    private static ObjectNode hit(Hit hit, Shown shown) {
        ObjectNode node = Answers.object();
        node.set("id", hit.point().id().json());
        node.put("version", hit.point().version()).put("score", hit.score());
        node.setAll(hit.point().shown(shown));
        return node;
    }
}
