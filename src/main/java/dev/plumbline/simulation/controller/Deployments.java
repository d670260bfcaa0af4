package dev.plumbline.simulation.controller;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.api.LabelQuery;
import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rolls Deployments out: one ReplicaSet for each template, scaled up and down within surge and unavailability. */
final class Deployments {

    private static final String HASH = "pod-template-hash";
    private static final String REVISION = "deployment.kubernetes.io/revision";

    private static final Duration POD_LEAVES = Duration.ofMillis(100);

    private final State state;
    private final TemplateHash hash;
    private final DeploymentFace face;
    private final Queue queue;

    Deployments(State state, VirtualClock clock, TemplateHash hash) {
        this.state = state.as("kube-controller-manager");
        this.hash = hash;
        this.queue = new Queue(clock, this::reconcile);
        this.face = new DeploymentFace(this.state, clock, queue);
    }

    void start() {
        queue.watch(state, "apps/v1", "Deployment");
    }

    private void reconcile(ObjectRef ref) {
        Optional<Deployment> found = state.get(Deployment.class, ref.namespace(), ref.name());
        if (found.isEmpty() || Pods.dying(found.get())) {
            return;
        }
        Deployment deployment = found.get();
        adopt(deployment);
        List<ReplicaSet> all = state.controlled(ReplicaSet.class, deployment);
        String wanted = hash.of(deployment.getSpec().getTemplate());
        Optional<ReplicaSet> current = all.stream()
                .filter(set -> wanted.equals(Pods.labels(set).get(HASH)))
                .findFirst();
        boolean paused = Boolean.TRUE.equals(deployment.getSpec().getPaused());
        if (current.isEmpty() && !paused) {
            ReplicaSet created = create(deployment, wanted, all);
            face.created(deployment, created);
            queue.add(ref);
            return;
        }
        if (!paused && current.isPresent()) {
            List<ReplicaSet> old =
                    all.stream().filter(set -> !set.equals(current.get())).toList();
            revise(deployment, current.get(), old);
            roll(deployment, current.get(), old);
            forgetOld(deployment, old);
        }
        face.write(ref, current.map(set -> set.getMetadata().getName()));
    }

    /** Takes in what nobody owns and the selector matches, as the ReplicaSets that a restore creates before their Deployment. */
    private void adopt(Deployment deployment) {
        LabelQuery query = LabelQuery.of(deployment.getSpec().getSelector());
        String namespace = deployment.getMetadata().getNamespace();
        state.list(ReplicaSet.class, namespace).stream()
                .filter(set -> set.getMetadata().getOwnerReferences().isEmpty())
                .filter(set ->
                        !Pods.dying(set) && query.matches(set.getMetadata().getLabels()))
                .forEach(set -> state.edit(
                        ReplicaSet.class, namespace, set.getMetadata().getName(), live -> {
                            live.getMetadata().setOwnerReferences(List.of(Pods.owner(deployment)));
                            return live;
                        }));
    }

    private ReplicaSet create(Deployment deployment, String wanted, List<ReplicaSet> old) {
        Map<String, String> labels = new LinkedHashMap<>(
                deployment.getSpec().getTemplate().getMetadata().getLabels());
        labels.put(HASH, wanted);
        var template = new io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder(
                        deployment.getSpec().getTemplate())
                .editMetadata()
                .withLabels(labels)
                .endMetadata()
                .build();
        ReplicaSet set = new ReplicaSetBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withName(deployment.getMetadata().getName() + "-" + wanted)
                        .withNamespace(deployment.getMetadata().getNamespace())
                        .withLabels(labels)
                        .addToAnnotations(REVISION, Integer.toString(newest(old) + 1))
                        .withOwnerReferences(Pods.owner(deployment))
                        .build())
                .withNewSpec()
                .withReplicas(0)
                .withMinReadySeconds(deployment.getSpec().getMinReadySeconds())
                .withSelector(new LabelSelectorBuilder(deployment.getSpec().getSelector())
                        .addToMatchLabels(HASH, wanted)
                        .build())
                .withTemplate(template)
                .endSpec()
                .build();
        return state.create(set);
    }

    private static int newest(List<ReplicaSet> sets) {
        return sets.stream().mapToInt(Deployments::revision).max().orElse(0);
    }

    private static int revision(ReplicaSet set) {
        Map<String, String> annotations = set.getMetadata().getAnnotations();
        return annotations == null ? 0 : Integer.parseInt(annotations.getOrDefault(REVISION, "0"));
    }

    private void revise(Deployment deployment, ReplicaSet current, List<ReplicaSet> old) {
        int revision = Math.max(revision(current), newest(old) + (revision(current) > newest(old) ? 0 : 1));
        if (revision != revision(current)) {
            state.edit(
                    ReplicaSet.class,
                    deployment.getMetadata().getNamespace(),
                    current.getMetadata().getName(),
                    set -> {
                        set.getMetadata().getAnnotations().put(REVISION, Integer.toString(revision));
                        return set;
                    });
        }
        state.edit(
                Deployment.class,
                deployment.getMetadata().getNamespace(),
                deployment.getMetadata().getName(),
                live -> {
                    Map<String, String> annotations = new LinkedHashMap<>();
                    if (live.getMetadata().getAnnotations() != null) {
                        annotations.putAll(live.getMetadata().getAnnotations());
                    }
                    annotations.put(REVISION, Integer.toString(revision));
                    live.getMetadata().setAnnotations(annotations);
                    return live;
                });
    }

    private void roll(Deployment deployment, ReplicaSet current, List<ReplicaSet> old) {
        if (deployment.getSpec().getStrategy().getType().equals("Recreate")) {
            recreate(deployment, current, old);
            return;
        }
        Rollout rollout = Rollout.of(deployment, current, old);
        scale(deployment, current, rollout.wantedNew());
        rollout.wantedOld().forEach((set, replicas) -> scale(deployment, set, replicas));
    }

    private void recreate(Deployment deployment, ReplicaSet current, List<ReplicaSet> old) {
        old.forEach(set -> scale(deployment, set, 0));
        boolean left = old.stream()
                .flatMap(set -> state.controlled(Pod.class, set).stream())
                .anyMatch(pod -> !Pods.over(pod));
        if (left) {
            // The last pod goes without its ReplicaSet changing once more.
            queue.addAfter(state.ref(deployment), POD_LEAVES);
        } else {
            scale(deployment, current, deployment.getSpec().getReplicas());
        }
    }

    private void scale(Deployment deployment, ReplicaSet set, int replicas) {
        int before = set.getSpec().getReplicas();
        if (before == replicas) {
            return;
        }
        state.edit(
                ReplicaSet.class,
                set.getMetadata().getNamespace(),
                set.getMetadata().getName(),
                live -> {
                    live.getSpec().setReplicas(replicas);
                    return live;
                });
        String direction = replicas > before ? "up" : "down";
        state.event(
                deployment,
                "Normal",
                "ScalingReplicaSet",
                "Scaled " + direction + " replica set " + set.getMetadata().getName() + " from " + before + " to "
                        + replicas,
                "deployment-controller");
    }

    private void forgetOld(Deployment deployment, List<ReplicaSet> old) {
        List<ReplicaSet> empty = old.stream()
                .filter(set -> set.getSpec().getReplicas() == 0
                        && set.getStatus() != null
                        && Integer.valueOf(0).equals(set.getStatus().getReplicas()))
                .sorted(Comparator.comparing(Deployments::revision))
                .toList();
        int surplus = empty.size() - deployment.getSpec().getRevisionHistoryLimit();
        empty.stream().limit(Math.max(0, surplus)).forEach(set -> state.delete(state.ref(set)));
    }
}
