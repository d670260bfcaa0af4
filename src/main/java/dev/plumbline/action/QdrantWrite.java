package dev.plumbline.action;

import dev.plumbline.cluster.Access;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.NotMeasured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes known points to a collection of Qdrant. */
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
        String path = "/collections/" + collection;
        Undo undo = new Undo.Unsend("Qdrant collection \"" + collection + "\"", namespace, service, port, path);
        refuseLoss(undo, path);
        written.write(undo, () -> {
            qdrant.send("DELETE", path, Map.of());
            return qdrant.send("PUT", path, Map.of("vectors", Map.of("size", DIMENSIONS, "distance", "Cosine")));
        });
        for (int first = 1; first <= points; first += BATCH) {
            List<Map<String, Object>> batch = new ArrayList<>();
            for (int id = first; id < first + BATCH && id <= points; id++) {
                batch.add(point(id));
            }
            written.write(undo, () -> qdrant.send("PUT", path + "/points?wait=true", Map.of("points", batch)));
        }
    }

    private void refuseLoss(Undo undo, String path) {
        if (target.access() == Access.OWN_NAMESPACES && !ledger.holds(undo) && qdrant.isThere(path)) {
            throw new NotMeasured(undo.what() + " was there before the run, and its points would be lost: name another"
                    + " in the step");
        }
    }

    private static Map<String, Object> point(int id) {
        Random random = new Random(id);
        List<Double> vector = random.doubles(DIMENSIONS, -1, 1).boxed().toList();
        return Map.of("id", id, "vector", vector, "payload", Map.of("number", id));
    }
}
