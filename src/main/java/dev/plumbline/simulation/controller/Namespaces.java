package dev.plumbline.simulation.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState.Change.Type;
import dev.plumbline.simulation.api.Json;
import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives each namespace what it has from the start, at once, and empties those that are being deleted. */
final class Namespaces {

    private final State state;
    private final Queue queue;

    Namespaces(State state, VirtualClock clock) {
        this.state = state.as("kube-controller-manager");
        this.queue = new Queue(clock, this::reconcile);
    }

    void start() {
        state.onRawChange(this::changed);
    }

    private void changed(Type type, ObjectRef ref, ObjectNode object, @Nullable ObjectNode before) {
        boolean core = ref.kind().group().isEmpty();
        if (core && ref.kind().kind().equals("Namespace") && type == Type.ADDED) {
            furnish(ref.name());
        } else if (core && ref.kind().kind().equals("Namespace")) {
            queue.add(ref);
        } else if (type == Type.DELETED && ref.namespace() != null) {
            String namespace = ref.namespace();
            state.kind("v1", "Namespace").ifPresent(kind -> queue.add(new ObjectRef(kind, null, namespace)));
        }
    }

    private void furnish(String namespace) {
        state.create(new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("default")
                .withNamespace(namespace)
                .endMetadata()
                .build());
        state.create(new ConfigMapBuilder()
                .withNewMetadata()
                .withName("kube-root-ca.crt")
                .withNamespace(namespace)
                .endMetadata()
                .addToData("ca.crt", "simulated")
                .build());
    }

    private void reconcile(ObjectRef ref) {
        Optional<Namespace> found = state.get(Namespace.class, null, ref.name());
        if (found.isEmpty() || !Pods.dying(found.get())) {
            return;
        }
        int left = 0;
        for (Kind kind : state.storedKinds()) {
            if (kind.namespaced()) {
                for (ObjectNode object : state.raw(kind, ref.name())) {
                    left++;
                    remove(new ObjectRef(kind, ref.name(), Json.name(object)), object);
                }
            }
        }
        if (left == 0) {
            state.editRaw(ref, namespace -> {
                Json.child(namespace, "spec").remove("finalizers");
                return namespace;
            });
        } else {
            queue.addAfter(ref, Duration.ofSeconds(1));
        }
    }

    private void remove(ObjectRef ref, ObjectNode object) {
        if (Json.text(object, "metadata", "deletionTimestamp").isEmpty()) {
            state.delete(ref);
        }
    }
}
