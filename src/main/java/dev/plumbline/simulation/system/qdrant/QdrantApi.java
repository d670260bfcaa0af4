package dev.plumbline.simulation.system.qdrant;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.Program.Request;
import java.util.Optional;

/** The collections of the HTTP interface, one request at a time. */
final class QdrantApi {

    private final Collections collections;
    private final PointsApi points;
    private final SnapshotsApi snapshots;
    private final GrpcApi grpc;

    QdrantApi(Collections collections, GrpcApi grpc, SnapshotsApi snapshots) {
        this.grpc = grpc;
        this.collections = collections;
        this.points = new PointsApi(collections);
        this.snapshots = snapshots;
    }

    synchronized Reply answer(Route route, Request request) {
        try {
            return switch (route.word(0)) {
                case "collections" -> route.words().size() == 1 ? list(route) : collection(route, request);
                case "cluster" -> Answers.ok(Answers.object().put("status", "disabled"));
                case "aliases", "snapshots", "issues", "locks", "dashboard" ->
                    throw Refusal.notSimulated("/" + route.word(0) + " of Qdrant");
                default -> Answers.text(404, "");
            };
        } catch (Refusal e) {
            return Answers.refused(e);
        }
    }

    synchronized Reply byGrpc(Request request, boolean allowed) {
        return grpc.answer(request, allowed);
    }

    private Reply list(Route route) {
        if (!route.method().equals("GET")) {
            return Answers.text(405, "");
        }
        ObjectNode result = Answers.object();
        ArrayNode names = result.putArray("collections");
        collections.names().forEach(name -> names.addObject().put("name", name));
        return Answers.ok(result);
    }

    private Reply collection(Route route, Request request) {
        String name = route.word(1);
        switch (route.inCollection()) {
            case "GET ":
                return Answers.ok(collections.get(name).info());
            case "PUT ":
                collections.create(name, Answers.body(request));
                return Answers.ok(true);
            case "PATCH ":
                collections.get(name).change(Answers.body(request));
                collections.save(collections.get(name));
                return Answers.ok(true);
            case "DELETE ":
                return Answers.ok(collections.delete(name));
            case "GET /exists":
                return Answers.ok(Answers.object().put("exists", collections.has(name)));
            default:
                return below(name, route, request);
        }
    }

    private Reply below(String name, Route route, Request request) {
        if (route.word(2).equals("snapshots")) {
            return snapshots.answer(name, route, request).orElseThrow(() -> unknown(route));
        }
        Collection collection = collections.get(name);
        Optional<Reply> answer = points.answer(collection, route, request);
        return answer.orElseThrow(() -> unknown(route));
    }

    private static Refusal unknown(Route route) {
        return Refusal.notSimulated(route.method() + " /" + String.join("/", route.words()) + " of Qdrant");
    }

    /** The number of vectors in all collections. */
    synchronized long vectors() {
        long count = 0;
        for (Collection collection : collections.all()) {
            count += collection.size() * collection.space().params().size();
        }
        return count;
    }

    /** The metric of each collection's points. */
    synchronized String pointsMetric() {
        StringBuilder text = new StringBuilder("# TYPE collection_points gauge\n");
        for (Collection collection : collections.all()) {
            text.append("collection_points{id=\"")
                    .append(collection.name())
                    .append("\"} ")
                    .append(collection.size())
                    .append('\n');
        }
        return text.toString();
    }

    synchronized int size() {
        return collections.names().size();
    }
}
