package dev.plumbline.simulation.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState.Change.Type;
import dev.plumbline.simulation.api.Json;
import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Deletes what has lost its owners, and holds back owners that are deleted in the foreground or leave orphans. */
final class GarbageCollector {

    private final State state;
    private final Queue queue;
    private final Map<String, ObjectRef> living = new ConcurrentHashMap<>();
    private final Map<ObjectRef, List<String>> owners = new ConcurrentHashMap<>();

    GarbageCollector(State state, VirtualClock clock) {
        this.state = state.as("kube-controller-manager");
        this.queue = new Queue(clock, this::reconcile);
    }

    void start() {
        state.onRawChange(this::changed);
    }

    private void changed(Type type, ObjectRef ref, ObjectNode object, @Nullable ObjectNode before) {
        String uid = Json.text(object, "metadata", "uid");
        List<String> mine = ownerUids(object);
        if (type == Type.DELETED) {
            living.remove(uid);
            owners.remove(ref);
            dependents(uid).forEach(queue::add);
            mine.forEach(owner -> Optional.ofNullable(living.get(owner)).ifPresent(queue::add));
            return;
        }
        living.put(uid, ref);
        owners.put(ref, mine);
        String finalizers = Json.at(object, "metadata", "finalizers").toString();
        if (!mine.isEmpty() || finalizers.contains("foregroundDeletion") || finalizers.contains("orphan")) {
            queue.add(ref);
        }
    }

    private static List<String> ownerUids(JsonNode object) {
        List<String> uids = new ArrayList<>();
        Json.at(object, "metadata", "ownerReferences").forEach(owner -> uids.add(Json.text(owner, "uid")));
        return uids;
    }

    private List<ObjectRef> dependents(String uid) {
        return owners.entrySet().stream()
                .filter(entry -> entry.getValue().contains(uid))
                .map(Map.Entry::getKey)
                .sorted(java.util.Comparator.comparing(ObjectRef::toString))
                .toList();
    }

    private void reconcile(ObjectRef ref) {
        Optional<ObjectNode> found = state.raw(ref.kind(), ref.namespace()).stream()
                .filter(object -> Json.name(object).equals(ref.name()))
                .findFirst();
        if (found.isEmpty()) {
            return;
        }
        ObjectNode object = found.get();
        boolean dying = !Json.text(object, "metadata", "deletionTimestamp").isEmpty();
        String finalizers = Json.at(object, "metadata", "finalizers").toString();
        String uid = Json.text(object, "metadata", "uid");
        if (dying && finalizers.contains("\"orphan\"")) {
            dependents(uid).forEach(dependent -> disown(dependent, uid));
            finish(ref, "orphan");
        } else if (dying && finalizers.contains("\"foregroundDeletion\"")) {
            foreground(ref, uid);
        } else if (!dying) {
            collect(ref, object);
        }
    }

    private void foreground(ObjectRef ref, String uid) {
        List<ObjectRef> dependents = dependents(uid);
        if (dependents.isEmpty()) {
            finish(ref, "foregroundDeletion");
        } else {
            dependents.forEach(state::delete);
        }
    }

    /** Gone owners go from the list; without any owner left, the object goes too. */
    private void collect(ObjectRef ref, ObjectNode object) {
        List<String> uids = ownerUids(object);
        long left = uids.stream().filter(living::containsKey).count();
        if (uids.isEmpty() || left == uids.size()) {
            return;
        }
        if (left == 0) {
            state.delete(ref);
        } else {
            uids.stream().filter(uid -> !living.containsKey(uid)).forEach(uid -> disown(ref, uid));
        }
    }

    private void disown(ObjectRef ref, String uid) {
        state.editRaw(ref, object -> {
            ArrayNode rest = object.arrayNode();
            Json.at(object, "metadata", "ownerReferences").forEach(owner -> {
                if (!Json.text(owner, "uid").equals(uid)) {
                    rest.add(owner);
                }
            });
            if (rest.isEmpty()) {
                Json.metadata(object).remove("ownerReferences");
            } else {
                Json.metadata(object).set("ownerReferences", rest);
            }
            return object;
        });
    }

    private void finish(ObjectRef ref, String finalizer) {
        state.editRaw(ref, object -> {
            ArrayNode rest = object.arrayNode();
            Json.at(object, "metadata", "finalizers").forEach(there -> {
                if (!there.asText().equals(finalizer)) {
                    rest.add(there);
                }
            });
            Json.metadata(object).set("finalizers", rest);
            return object;
        });
    }
}
