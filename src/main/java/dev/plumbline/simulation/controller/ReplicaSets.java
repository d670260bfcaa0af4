package dev.plumbline.simulation.controller;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Keeps the number of pods of a ReplicaSet. */
final class ReplicaSets {

    private final State state;
    private final VirtualClock clock;
    private final Queue queue;

    ReplicaSets(State state, VirtualClock clock) {
        this.state = state.as("kube-controller-manager");
        this.clock = clock;
        this.queue = new Queue(clock, this::reconcile);
    }

    void start() {
        queue.watch(state, "apps/v1", "ReplicaSet");
    }

    private void reconcile(ObjectRef ref) {
        Optional<ReplicaSet> found = state.get(ReplicaSet.class, ref.namespace(), ref.name());
        if (found.isEmpty()) {
            return;
        }
        ReplicaSet set = found.get();
        List<Pod> active = Pods.claim(state, set, set.getSpec().getSelector()).stream()
                .filter(Pods::active)
                .toList();
        if (!Pods.dying(set)) {
            int missing = set.getSpec().getReplicas() - active.size();
            for (int i = 0; i < missing; i++) {
                Pod pod =
                        state.create(Pods.from(set.getSpec().getTemplate(), set).build());
                tell(
                        set,
                        "SuccessfulCreate",
                        "Created pod: " + pod.getMetadata().getName());
            }
            active.stream().sorted(LEAST_WANTED).limit(Math.max(0, -missing)).forEach(pod -> {
                state.delete(state.ref(pod));
                tell(
                        set,
                        "SuccessfulDelete",
                        "Deleted pod: " + pod.getMetadata().getName());
            });
        }
        write(ref);
    }

    private void tell(ReplicaSet set, String reason, String message) {
        state.event(set, "Normal", reason, message, "replicaset-controller");
    }

    /** Not scheduled before scheduled, not ready before ready, young before old. */
    private static final Comparator<Pod> LEAST_WANTED = Comparator.<Pod, Boolean>comparing(
                    pod -> pod.getSpec().getNodeName() != null)
            .thenComparing(Pods::ready)
            .thenComparing(Pods::created, Comparator.reverseOrder())
            .thenComparing(pod -> pod.getMetadata().getName());

    private void write(ObjectRef ref) {
        state.editStatus(ReplicaSet.class, ref.namespace(), ref.name(), live -> {
            List<Pod> pods = state.controlled(Pod.class, live).stream()
                    .filter(Pods::active)
                    .toList();
            Integer wait = live.getSpec().getMinReadySeconds();
            long ready = pods.stream().filter(Pods::ready).count();
            long available = pods.stream()
                    .filter(pod -> Pods.available(pod, wait, clock.instant()))
                    .count();
            if (available < ready) {
                queue.addAfter(ref, Duration.ofSeconds(wait == null ? 1 : wait));
            }
            var status = new ReplicaSetStatusBuilder()
                    .withObservedGeneration(live.getMetadata().getGeneration())
                    .withReplicas(pods.size());
            if (!pods.isEmpty()) {
                status.withFullyLabeledReplicas(pods.size());
            }
            if (ready > 0) {
                status.withReadyReplicas((int) ready);
            }
            if (available > 0) {
                status.withAvailableReplicas((int) available);
            }
            live.setStatus(status.build());
            return live;
        });
    }
}
