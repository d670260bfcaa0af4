package dev.plumbline.simulation.controller;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.api.Json;
import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Calls a controller for an object a moment after it changed, once for many changes. A write that the API server refused
 * is tried again after a second, as it is with the real controllers.
 */
final class Queue {

    private static final Duration NOTICE = Duration.ofMillis(20);

    private final VirtualClock clock;
    private final Consumer<ObjectRef> reconcile;
    private final Set<ObjectRef> waiting = ConcurrentHashMap.newKeySet();

    Queue(VirtualClock clock, Consumer<ObjectRef> reconcile) {
        this.clock = clock;
        this.reconcile = reconcile;
    }

    void add(ObjectRef ref) {
        if (waiting.add(ref)) {
            clock.after(NOTICE, () -> {
                waiting.remove(ref);
                run(ref);
            });
        }
    }

    /** Calls again later, whatever happens in between. */
    void addAfter(ObjectRef ref, Duration delay) {
        clock.after(delay, () -> add(ref));
    }

    private void run(ObjectRef ref) {
        try {
            reconcile.accept(ref);
        } catch (KubernetesClientException refused) {
            addAfter(ref, Duration.ofSeconds(1));
        }
    }

    /** Adds each changed object of a kind, and the owner of that kind of each changed object that has one. */
    void watch(State state, String apiVersion, String kind) {
        state.onRawChange((type, ref, object, before) -> {
            if (ref.kind().kind().equals(kind) && ref.kind().apiVersion().equals(apiVersion)) {
                add(ref);
            } else {
                addOwner(state, apiVersion, kind, ref, object);
            }
        });
    }

    private void addOwner(State state, String apiVersion, String kind, ObjectRef ref, JsonNode object) {
        for (JsonNode owner : Json.at(object, "metadata", "ownerReferences")) {
            if (owner.path("controller").asBoolean() && Json.text(owner, "kind").equals(kind)) {
                state.kind(apiVersion, kind)
                        .ifPresent(found -> add(new ObjectRef(found, ref.namespace(), Json.text(owner, "name"))));
            }
        }
    }
}
