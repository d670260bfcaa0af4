package dev.plumbline.simulation.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState.Change.Type;
import dev.plumbline.simulation.api.Json;
import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** Binds pods to nodes once their claims are bound. */
final class Scheduler {

    static final String SELECTED = "volume.kubernetes.io/selected-node";

    private final State state;
    private final VirtualClock clock;
    private final Queue queue;
    private final Set<ObjectRef> pending =
            new ConcurrentSkipListSet<>(java.util.Comparator.comparing(ObjectRef::toString));

    Scheduler(State state, VirtualClock clock) {
        this.state = state.as("kube-scheduler");
        this.clock = clock;
        this.queue = new Queue(clock, this::schedule);
    }

    void start() {
        state.onRawChange(this::changed);
    }

    private void changed(Type type, ObjectRef ref, ObjectNode object, @Nullable ObjectNode before) {
        String kind = ref.kind().kind();
        if (kind.equals("Pod") && Json.text(object, "spec", "nodeName").isEmpty() && type == Type.ADDED) {
            pending.add(ref);
            queue.add(ref);
        } else if (Set.of("Node", "PersistentVolumeClaim", "PersistentVolume").contains(kind)
                || kind.equals("Pod") && type == Type.DELETED) {
            pending.forEach(queue::add);
        }
    }

    private void schedule(ObjectRef ref) {
        Optional<Pod> found = state.get(Pod.class, ref.namespace(), ref.name());
        if (found.isEmpty() || found.get().getSpec().getNodeName() != null || Pods.dying(found.get())) {
            pending.remove(ref);
            return;
        }
        Pod pod = found.get();
        Placement placement = new Placement(state, pod);
        Optional<Node> node = placement.node();
        int nodes = placement.count();
        if (node.isEmpty()) {
            refuse(pod, "0/" + nodes + " nodes are available: " + placement.why());
            return;
        }
        String name = node.get().getMetadata().getName();
        Optional<String> waits = claims(pod, name);
        if (waits.isPresent()) {
            if (!waits.get().isEmpty()) {
                refuse(pod, "0/" + nodes + " nodes are available: " + waits.get());
            }
            return;
        }
        bind(ref, pod, name);
    }

    /** Why the claims hold the pod back: empty text while they are being provisioned. */
    private Optional<String> claims(Pod pod, String node) {
        for (Volume volume : pod.getSpec().getVolumes()) {
            if (volume.getPersistentVolumeClaim() == null) {
                continue;
            }
            String name = volume.getPersistentVolumeClaim().getClaimName();
            Optional<PersistentVolumeClaim> claim =
                    state.get(PersistentVolumeClaim.class, pod.getMetadata().getNamespace(), name);
            if (claim.isEmpty()) {
                return Optional.of("persistentvolumeclaim \"" + name + "\" not found");
            }
            if (!"Bound".equals(claim.get().getStatus().getPhase())) {
                boolean waits = Claims.waitsForConsumer(state, claim.get());
                if (!waits) {
                    return Optional.of("pod has unbound immediate PersistentVolumeClaims");
                }
                select(claim.get(), node);
                return Optional.of("");
            }
        }
        return Optional.empty();
    }

    private void select(PersistentVolumeClaim claim, String node) {
        state.edit(
                PersistentVolumeClaim.class,
                claim.getMetadata().getNamespace(),
                claim.getMetadata().getName(),
                live -> {
                    Map<String, String> annotations = new LinkedHashMap<>();
                    if (live.getMetadata().getAnnotations() != null) {
                        annotations.putAll(live.getMetadata().getAnnotations());
                    }
                    annotations.put(SELECTED, node);
                    live.getMetadata().setAnnotations(annotations);
                    return live;
                });
    }

    private void refuse(Pod pod, String message) {
        condition(pod, "False", "Unschedulable", message);
        state.event(pod, "Warning", "FailedScheduling", message, "default-scheduler");
    }

    private void bind(ObjectRef ref, Pod pod, String node) {
        pending.remove(ref);
        condition(pod, "True", null, null);
        state.edit(Pod.class, ref.namespace(), ref.name(), live -> {
            live.getSpec().setNodeName(node);
            return live;
        });
        String message = "Successfully assigned " + ref.namespace() + "/" + ref.name() + " to " + node;
        state.event(pod, "Normal", "Scheduled", message, "default-scheduler");
    }

    private void condition(Pod pod, String status, @Nullable String reason, @Nullable String message) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        state.editStatus(
                Pod.class, pod.getMetadata().getNamespace(), pod.getMetadata().getName(), live -> {
                    var old = live.getStatus().getConditions().stream()
                            .filter(condition -> condition.getType().equals("PodScheduled")
                                    && condition.getStatus().equals(status))
                            .findFirst();
                    var next = new PodConditionBuilder()
                            .withType("PodScheduled")
                            .withStatus(status)
                            .withReason(reason)
                            .withMessage(message)
                            .withLastTransitionTime(old.isPresent() ? old.get().getLastTransitionTime() : now)
                            .build();
                    live.getStatus().setConditions(List.of(next));
                    return live;
                });
    }
}
