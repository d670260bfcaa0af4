package dev.plumbline.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.cluster.Access;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.NotMeasured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes collections of Qdrant and writes known points to them. */
public final class QdrantWrite {

    private static final int BATCH = 250;
    private static final int DIMENSIONS = 16;

    private final Target target;
    private final Ledger ledger;
    private final Written written;
    private final ServiceRequest qdrant;
    private final String namespace;
    private final String service;
    private final int port;

    public QdrantWrite(Target target, Ledger ledger, String namespace, String service, int port) {
        this.target = target;
        this.ledger = ledger;
        this.written = new Written(target, ledger);
        this.qdrant = new ServiceRequest(target, namespace, service, port);
        this.namespace = namespace;
        this.service = service;
        this.port = port;
    }

    /** Makes the collection anew and fills it; each id has always the same vector and payload. */
    public void fill(String collection, int points) {
        make(collection, Map.of("vectors", Map.of("size", DIMENSIONS, "distance", "Cosine")));
        write(collection, 1, points, DIMENSIONS);
    }

    /** Makes the collection anew. */
    public void make(String collection, Object description) {
        Undo undo = undo(collection);
        refuseLoss(undo, path(collection));
        written.write(undo, () -> {
            qdrant.send("DELETE", path(collection), Map.of());
            return qdrant.send("PUT", path(collection), description);
        });
    }

    /** Changes what the description of a collection says, and leaves the rest. */
    public void change(String collection, Object part) {
        written.write(undo(collection), () -> qdrant.send("PATCH", path(collection), part));
    }

    /** Writes the known points from one id to another, both included. */
    public void write(String collection, long from, long to, int dimensions) {
        for (long first = from; first <= to; first += BATCH) {
            List<Map<String, Object>> batch = new ArrayList<>();
            for (long id = first; id < first + BATCH && id <= to; id++) {
                batch.add(KnownPoints.point(id, dimensions));
            }
            written.write(
                    undo(collection),
                    () -> qdrant.send("PUT", path(collection) + "/points?wait=true", Map.of("points", batch)));
        }
    }

    /** @return the name of the snapshot's file */
    public String snapshot(String collection) {
        String answer = written.write(
                undo(collection), () -> qdrant.send("POST", path(collection) + "/snapshots?wait=true", Map.of()));
        try {
            JsonNode name = new ObjectMapper().readTree(answer).at("/result/name");
            if (!name.isTextual()) {
                throw new NotMeasured("Qdrant does not say which snapshot it took: " + answer);
            }
            return name.asText();
        } catch (JsonProcessingException e) {
            throw new NotMeasured("Qdrant's answer is no JSON: " + answer, e);
        }
    }

    /**
     * Deletes the collection and has Qdrant make it again from a file.
     *
     * @param location as Qdrant takes it, such as {@code file:///snapshots/a.snapshot}
     */
    public void recover(String collection, String location) {
        written.write(undo(collection), () -> qdrant.send("DELETE", path(collection), Map.of()));
        written.write(
                undo(collection),
                () -> qdrant.send(
                        "PUT", path(collection) + "/snapshots/recover?wait=true", Map.of("location", location)));
    }

    private static String path(String collection) {
        return "/collections/" + collection;
    }

    private Undo undo(String collection) {
        return new Undo.Unsend("Qdrant collection \"" + collection + "\"", namespace, service, port, path(collection));
    }

    private void refuseLoss(Undo undo, String path) {
        if (target.access() == Access.OWN_NAMESPACES && !ledger.holds(undo) && qdrant.isThere(path)) {
            throw new NotMeasured(undo.what() + " was there before the run, and its points would be lost: name another"
                    + " in the step");
        }
    }
}
