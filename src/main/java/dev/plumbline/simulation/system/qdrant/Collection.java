package dev.plumbline.simulation.system.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** One collection with its points, as the request that made it described it. */
final class Collection {

    private static final long MEGABYTE = 1024 * 1024;

    private final String name;
    private final ObjectNode description;
    private final VectorSpace space;
    private final TreeMap<PointId, Point> points = new TreeMap<>();
    private long operations;

    /** @param description the body of the request that creates it */
    Collection(String name, JsonNode description) {
        this.name = name;
        this.description = ((ObjectNode) description).deepCopy();
        if (description.path("sparse_vectors").size() > 0) {
            throw Refusal.notSimulated("sparse vectors of Qdrant");
        }
        this.space = VectorSpace.of(description.path("vectors"));
    }

    String name() {
        return name;
    }

    VectorSpace space() {
        return space;
    }

    long size() {
        return points.size();
    }

    Iterable<Point> points() {
        return points.values();
    }

    Optional<Point> point(PointId id) {
        return Optional.ofNullable(points.get(id));
    }

    /** The points from an id on, in order of ids. */
    Iterable<Point> from(PointId first) {
        return points.tailMap(first, true).values();
    }

    /** Writes points, all or none; returns the number of the operation. */
    long upsert(JsonNode body) {
        List<Point> read = new ArrayList<>();
        if (body.has("points")) {
            body.path("points").forEach(point -> read.add(Point.of(point, space, operations)));
        } else if (body.has("batch")) {
            batch(body.path("batch"), read);
        } else {
            throw Refusal.format("data did not match any variant of untagged enum PointInsertOperations");
        }
        refuseBeyondLimit();
        read.forEach(point -> points.put(point.id(), point));
        return operations++;
    }

    private void batch(JsonNode batch, List<Point> read) {
        for (int i = 0; i < batch.path("ids").size(); i++) {
            ObjectNode point = Answers.object();
            point.set("id", batch.path("ids").get(i));
            point.set("vector", batch.path("vectors").path(i));
            point.set("payload", batch.path("payloads").path(i));
            read.add(Point.of(point, space, operations));
        }
    }

    private void refuseBeyondLimit() {
        JsonNode strict = description.path("strict_mode_config");
        long limit = strict.path("max_collection_vector_size_bytes").asLong(Long.MAX_VALUE);
        if (strict.path("enabled").asBoolean(false) && points.size() * space.bytes() >= limit) {
            throw Refusal.badRequest("Max vector storage size limit of " + limit / MEGABYTE + "MB exceeded!");
        }
    }

    long delete(Iterable<PointId> ids) {
        ids.forEach(points::remove);
        return operations++;
    }

    /** Takes over the parts of a description that may change later. */
    void change(JsonNode body) {
        body.fields().forEachRemaining(field -> {
            if (description.get(field.getKey()) instanceof ObjectNode old
                    && field.getValue().isObject()) {
                old.setAll((ObjectNode) field.getValue());
            } else {
                description.set(field.getKey(), field.getValue());
            }
        });
    }

    ObjectNode json() {
        ObjectNode node = Answers.object();
        node.set("description", description);
        node.put("operations", operations);
        ArrayNode all = node.putArray("points");
        points.values().forEach(point -> all.add(point.json().put("version", point.version())));
        return node;
    }

    static Collection read(String name, JsonNode stored) {
        Collection collection = new Collection(name, stored.path("description"));
        collection.operations = stored.path("operations").asLong();
        stored.path("points").forEach(each -> {
            Point point = Point.of(each, collection.space, each.path("version").asLong());
            collection.points.put(point.id(), point);
        });
        return collection;
    }

    /** What the server says of it. */
    ObjectNode info() {
        ObjectNode info = Answers.object();
        info.put("status", "green").put("optimizer_status", "ok");
        info.put("indexed_vectors_count", 0);
        info.put("points_count", points.size());
        info.put("segments_count", 2);
        info.set("config", CollectionConfig.of(description));
        info.putObject("payload_schema");
        return info;
    }
}
