package dev.plumbline.simulation.system.flux;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.gitops.Snapshot;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What source-controller has fetched. It lies in an emptyDir there, so it is gone with its pod. */
final class Artifacts {

    private final Map<ObjectRef, Snapshot> stored = new ConcurrentHashMap<>();

    void put(ObjectRef source, Snapshot snapshot) {
        stored.put(source, snapshot);
    }

    Optional<Snapshot> get(ObjectRef source) {
        return Optional.ofNullable(stored.get(source));
    }

    void remove(ObjectRef source) {
        stored.remove(source);
    }

    void clear() {
        stored.clear();
    }
}
