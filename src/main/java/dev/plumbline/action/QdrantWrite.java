package dev.plumbline.action;

import dev.plumbline.cluster.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes known points to a collection of Qdrant. */
public final class QdrantWrite {

    private static final int BATCH = 250;
    private static final int DIMENSIONS = 16;

    private final ServiceRequest qdrant;
    private final Ledger ledger;

    public QdrantWrite(Target target, Ledger ledger, String namespace, String service, int port) {
        this.qdrant = new ServiceRequest(target, namespace, service, port);
        this.ledger = ledger;
    }

    /** Makes the collection anew and fills it; each id has always the same vector and payload. */
    public void fill(String collection, int points) {
        String path = "/collections/" + collection;
        ledger.note(new Undo("Qdrant collection " + collection, () -> {}));
        qdrant.send("DELETE", path, Map.of());
        qdrant.send("PUT", path, Map.of("vectors", Map.of("size", DIMENSIONS, "distance", "Cosine")));
        for (int first = 1; first <= points; first += BATCH) {
            List<Map<String, Object>> batch = new ArrayList<>();
            for (int id = first; id < first + BATCH && id <= points; id++) {
                batch.add(point(id));
            }
            qdrant.send("PUT", path + "/points?wait=true", Map.of("points", batch));
        }
    }

    private static Map<String, Object> point(int id) {
        Random random = new Random(id);
        List<Double> vector = random.doubles(DIMENSIONS, -1, 1).boxed().toList();
        return Map.of("id", id, "vector", vector, "payload", Map.of("number", id));
    }
}
