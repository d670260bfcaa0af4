package dev.plumbline.simulation.controller;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps the numbered pods of StatefulSets, one after the other, each with claims of its own. */
final class StatefulSets {

    private static final String REVISION = "controller-revision-hash";

    private final State state;
    private final VirtualClock clock;
    private final TemplateHash hash;
    private final Queue queue;

    StatefulSets(State state, VirtualClock clock, TemplateHash hash) {
        this.state = state.as("kube-controller-manager");
        this.clock = clock;
        this.hash = hash;
        this.queue = new Queue(clock, this::reconcile);
    }

    void start() {
        queue.watch(state, "apps/v1", "StatefulSet");
    }

    private void reconcile(ObjectRef ref) {
        Optional<StatefulSet> found = state.get(StatefulSet.class, ref.namespace(), ref.name());
        if (found.isEmpty()) {
            return;
        }
        StatefulSet set = found.get();
        String revision = ref.name() + "-" + hash.of(set.getSpec().getTemplate());
        if (!Pods.dying(set)) {
            step(set, revision, pods(set));
        }
        write(ref, revision);
    }

    private TreeMap<Integer, Pod> pods(StatefulSet set) {
        TreeMap<Integer, Pod> pods = new TreeMap<>();
        String prefix = set.getMetadata().getName() + "-";
        for (Pod pod : Pods.claim(state, set, set.getSpec().getSelector())) {
            String name = pod.getMetadata().getName();
            if (name.startsWith(prefix) && name.substring(prefix.length()).matches("\\d+")) {
                pods.put(Integer.parseInt(name.substring(prefix.length())), pod);
            }
        }
        return pods;
    }

    private static boolean parallel(StatefulSet set) {
        return "Parallel".equals(set.getSpec().getPodManagementPolicy());
    }

    /** Does what comes next: creates a missing pod, waits for one, removes a surplus one, or replaces an old one. */
    private void step(StatefulSet set, String revision, TreeMap<Integer, Pod> pods) {
        int replicas = set.getSpec().getReplicas();
        boolean healthy = true;
        for (int ordinal = 0; ordinal < replicas; ordinal++) {
            Pod pod = pods.get(ordinal);
            if (pod == null) {
                create(set, revisionFor(set, ordinal, revision), ordinal);
            } else if (Pods.over(pod) && !Pods.dying(pod)) {
                state.delete(state.ref(pod));
            }
            boolean well = pod != null && Pods.active(pod) && Pods.ready(pod);
            healthy &= well;
            if (!well && !parallel(set)) {
                return;
            }
        }
        List<Pod> surplus =
                pods.tailMap(replicas, true).descendingMap().values().stream().toList();
        for (Pod pod : surplus) {
            if (!Pods.dying(pod)) {
                delete(set, pod);
            }
            if (!parallel(set)) {
                return;
            }
        }
        if (healthy && surplus.isEmpty()) {
            update(set, revision, pods);
        }
    }

    private static int partition(StatefulSet set) {
        var rolling = set.getSpec().getUpdateStrategy().getRollingUpdate();
        return rolling == null || rolling.getPartition() == null ? 0 : rolling.getPartition();
    }

    private static String revisionFor(StatefulSet set, int ordinal, String update) {
        String current = set.getStatus() == null ? null : set.getStatus().getCurrentRevision();
        return ordinal < partition(set) && current != null ? current : update;
    }

    private void update(StatefulSet set, String revision, TreeMap<Integer, Pod> pods) {
        if ("OnDelete".equals(set.getSpec().getUpdateStrategy().getType())) {
            return;
        }
        pods.tailMap(partition(set), true).descendingMap().values().stream()
                .filter(pod -> !revision.equals(Pods.labels(pod).get(REVISION)))
                .findFirst()
                .ifPresent(pod -> delete(set, pod));
    }

    private void delete(StatefulSet set, Pod pod) {
        state.delete(state.ref(pod));
        String message = "delete Pod " + pod.getMetadata().getName() + " in StatefulSet "
                + set.getMetadata().getName() + " successful";
        state.event(set, "Normal", "SuccessfulDelete", message, "statefulset-controller");
    }

    private void create(StatefulSet set, String revision, int ordinal) {
        String name = set.getMetadata().getName() + "-" + ordinal;
        var pod = Pods.from(set.getSpec().getTemplate(), set)
                .editMetadata()
                .withGenerateName(null)
                .withName(name)
                .addToLabels("statefulset.kubernetes.io/pod-name", name)
                .addToLabels("apps.kubernetes.io/pod-index", Integer.toString(ordinal))
                .addToLabels(REVISION, revision)
                .endMetadata()
                .editSpec()
                .withHostname(name)
                .withSubdomain(set.getSpec().getServiceName());
        for (PersistentVolumeClaim template : set.getSpec().getVolumeClaimTemplates()) {
            String volume = template.getMetadata().getName();
            claim(set, template, volume + "-" + name);
            pod.removeMatchingFromVolumes(there -> volume.equals(there.getName()))
                    .addNewVolume()
                    .withName(volume)
                    .withNewPersistentVolumeClaim(volume + "-" + name, null)
                    .endVolume();
        }
        state.create(pod.endSpec().build());
        String message =
                "create Pod " + name + " in StatefulSet " + set.getMetadata().getName() + " successful";
        state.event(set, "Normal", "SuccessfulCreate", message, "statefulset-controller");
    }

    private void claim(StatefulSet set, PersistentVolumeClaim template, String name) {
        String namespace = set.getMetadata().getNamespace();
        if (state.get(PersistentVolumeClaim.class, namespace, name).isPresent()) {
            return;
        }
        var retention = set.getSpec().getPersistentVolumeClaimRetentionPolicy();
        boolean goes = retention != null && "Delete".equals(retention.getWhenDeleted());
        Map<String, String> labels = set.getSpec().getSelector().getMatchLabels();
        state.create(new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(template.getMetadata().getLabels())
                .addToLabels(labels == null ? Map.of() : labels)
                .withAnnotations(template.getMetadata().getAnnotations())
                .withOwnerReferences(goes ? List.of(Pods.owner(set)) : List.of())
                .endMetadata()
                .withSpec(template.getSpec())
                .build());
    }

    private void write(ObjectRef ref, String revision) {
        state.editStatus(StatefulSet.class, ref.namespace(), ref.name(), live -> {
            List<Pod> pods = state.controlled(Pod.class, live).stream()
                    .filter(Pods::active)
                    .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                    .toList();
            int ready = (int) pods.stream().filter(Pods::ready).count();
            Integer wait = live.getSpec().getMinReadySeconds();
            int available = (int) pods.stream()
                    .filter(pod -> Pods.available(pod, wait, clock.instant()))
                    .count();
            int updated = (int) pods.stream()
                    .filter(pod -> revision.equals(Pods.labels(pod).get(REVISION)))
                    .count();
            String before = live.getStatus() == null ? null : live.getStatus().getCurrentRevision();
            boolean done = before == null || updated == live.getSpec().getReplicas() && ready == updated;
            String current = done ? revision : before;
            int currents = (int) pods.stream()
                    .filter(pod ->
                            java.util.Objects.equals(current, Pods.labels(pod).get(REVISION)))
                    .count();
            live.setStatus(new StatefulSetStatusBuilder()
                    .withObservedGeneration(live.getMetadata().getGeneration())
                    .withReplicas(pods.size())
                    .withReadyReplicas(ready == 0 ? null : ready)
                    .withAvailableReplicas(available)
                    .withCurrentReplicas(currents == 0 ? null : currents)
                    .withUpdatedReplicas(updated == 0 ? null : updated)
                    .withCurrentRevision(current)
                    .withUpdateRevision(revision)
                    .withCollisionCount(0)
                    .build());
            if (available < ready) {
                queue.addAfter(ref, java.time.Duration.ofSeconds(wait == null ? 1 : wait));
            }
            return live;
        });
    }
}
