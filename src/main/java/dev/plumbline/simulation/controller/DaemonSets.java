package dev.plumbline.simulation.controller;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.api.Json;
import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatusBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps one pod of a DaemonSet on each node that takes it. */
final class DaemonSets {

    private static final String REVISION = "controller-revision-hash";

    private final State state;
    private final VirtualClock clock;
    private final TemplateHash hash;
    private final Queue queue;

    DaemonSets(State state, VirtualClock clock, TemplateHash hash) {
        this.state = state.as("kube-controller-manager");
        this.clock = clock;
        this.hash = hash;
        this.queue = new Queue(clock, this::reconcile);
    }

    void start() {
        queue.watch(state, "apps/v1", "DaemonSet");
        state.onRawChange((type, ref, object, before) -> {
            if (ref.kind().kind().equals("Node")) {
                var kind = state.kind("apps/v1", "DaemonSet").orElseThrow();
                state.raw(kind, null)
                        .forEach(set -> queue.add(new ObjectRef(kind, Json.namespace(set), Json.name(set))));
            }
        });
    }

    private void reconcile(ObjectRef ref) {
        Optional<DaemonSet> found = state.get(DaemonSet.class, ref.namespace(), ref.name());
        if (found.isEmpty()) {
            return;
        }
        DaemonSet set = found.get();
        String revision = hash.of(set.getSpec().getTemplate());
        List<Pod> pods = Pods.claim(state, set, set.getSpec().getSelector());
        List<Node> wanted = state.list(Node.class, null).stream()
                .filter(node -> wants(set, node))
                .toList();
        if (!Pods.dying(set)) {
            place(set, revision, pods, wanted);
            replaceOld(set, revision, pods);
        }
        write(ref, revision, wanted);
    }

    private static boolean wants(DaemonSet set, Node node) {
        Pod pod =
                new PodBuilder().withSpec(set.getSpec().getTemplate().getSpec()).build();
        return Placement.selected(pod, node)
                && node.getSpec().getTaints().stream()
                        .filter(taint -> !taint.getKey().startsWith("node.kubernetes.io/"))
                        .filter(taint -> !taint.getEffect().equals("PreferNoSchedule"))
                        .allMatch(taint -> Placement.tolerated(pod, taint));
    }

    private void place(DaemonSet set, String revision, List<Pod> pods, List<Node> wanted) {
        for (Node node : wanted) {
            String name = node.getMetadata().getName();
            if (pods.stream().noneMatch(pod -> name.equals(target(pod)))) {
                Pod pod = state.create(pod(set, revision, name));
                String message = "Created pod: " + pod.getMetadata().getName();
                state.event(set, "Normal", "SuccessfulCreate", message, "daemonset-controller");
            }
        }
        List<String> names =
                wanted.stream().map(node -> node.getMetadata().getName()).toList();
        for (Pod pod : pods) {
            if (!Pods.dying(pod) && (!names.contains(target(pod)) || Pods.phase(pod, "Failed"))) {
                state.delete(state.ref(pod));
            }
        }
    }

    private static String target(Pod pod) {
        return pod.getSpec()
                .getAffinity()
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms()
                .get(0)
                .getMatchFields()
                .get(0)
                .getValues()
                .get(0);
    }

    private static Pod pod(DaemonSet set, String revision, String node) {
        var term = new NodeSelectorTermBuilder()
                .addNewMatchField()
                .withKey("metadata.name")
                .withOperator("In")
                .withValues(node)
                .endMatchField()
                .build();
        return Pods.from(set.getSpec().getTemplate(), set)
                .editMetadata()
                .addToLabels(REVISION, revision)
                .addToLabels("pod-template-generation", "1")
                .endMetadata()
                .editSpec()
                .editOrNewAffinity()
                .editOrNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .withNodeSelectorTerms(term)
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .addAllToTolerations(tolerations())
                .endSpec()
                .build();
    }

    private static List<Toleration> tolerations() {
        List<Toleration> tolerations = new ArrayList<>();
        for (String name : List.of(
                "not-ready:NoExecute",
                "unreachable:NoExecute",
                "disk-pressure:NoSchedule",
                "memory-pressure:NoSchedule",
                "pid-pressure:NoSchedule",
                "unschedulable:NoSchedule")) {
            String[] parts = name.split(":");
            tolerations.add(new TolerationBuilder()
                    .withKey("node.kubernetes.io/" + parts[0])
                    .withOperator("Exists")
                    .withEffect(parts[1])
                    .build());
        }
        return tolerations;
    }

    private void replaceOld(DaemonSet set, String revision, List<Pod> pods) {
        if ("OnDelete".equals(set.getSpec().getUpdateStrategy().getType())) {
            return;
        }
        boolean allWell = pods.stream().allMatch(pod -> Pods.active(pod) && Pods.ready(pod));
        pods.stream()
                .filter(pod -> !revision.equals(Pods.labels(pod).get(REVISION)) && !Pods.dying(pod))
                .filter(pod -> allWell || !Pods.ready(pod))
                .findFirst()
                .ifPresent(pod -> state.delete(state.ref(pod)));
    }

    private void write(ObjectRef ref, String revision, List<Node> wanted) {
        state.editStatus(DaemonSet.class, ref.namespace(), ref.name(), live -> {
            List<Pod> pods = state.controlled(Pod.class, live).stream()
                    .filter(Pods::active)
                    .toList();
            int ready = (int) pods.stream().filter(Pods::ready).count();
            Integer wait = live.getSpec().getMinReadySeconds();
            int available = (int) pods.stream()
                    .filter(pod -> Pods.available(pod, wait, clock.instant()))
                    .count();
            int updated = (int) pods.stream()
                    .filter(pod -> revision.equals(Pods.labels(pod).get(REVISION)))
                    .count();
            int missing = wanted.size() - available;
            live.setStatus(new DaemonSetStatusBuilder()
                    .withObservedGeneration(live.getMetadata().getGeneration())
                    .withDesiredNumberScheduled(wanted.size())
                    .withCurrentNumberScheduled(pods.size())
                    .withNumberMisscheduled(0)
                    .withNumberReady(ready)
                    .withNumberAvailable(available == 0 ? null : available)
                    .withUpdatedNumberScheduled(updated == 0 ? null : updated)
                    .withNumberUnavailable(missing == 0 ? null : missing)
                    .build());
            if (available < ready) {
                queue.addAfter(ref, java.time.Duration.ofSeconds(wait == null ? 1 : wait));
            }
            return live;
        });
    }
}
