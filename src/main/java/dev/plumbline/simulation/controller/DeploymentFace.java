package dev.plumbline.simulation.controller;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The status of a Deployment: counts and the conditions Available and Progressing. */
final class DeploymentFace {

    private final State state;
    private final VirtualClock clock;
    private final Queue queue;

    DeploymentFace(State state, VirtualClock clock, Queue queue) {
        this.state = state;
        this.clock = clock;
        this.queue = queue;
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Progress starts anew with a new ReplicaSet. */
    void created(Deployment deployment, ReplicaSet set) {
        String message = "Created new replica set \"" + set.getMetadata().getName() + "\"";
        state.editStatus(
                Deployment.class,
                deployment.getMetadata().getNamespace(),
                deployment.getMetadata().getName(),
                live -> {
                    DeploymentStatus status = live.getStatus() == null ? new DeploymentStatus() : live.getStatus();
                    List<DeploymentCondition> conditions = new ArrayList<>(status.getConditions());
                    conditions.removeIf(condition -> condition.getType().equals("Progressing"));
                    conditions.add(condition(status, "Progressing", "True", "NewReplicaSetCreated", message, now()));
                    status.setConditions(conditions);
                    live.setStatus(status);
                    return live;
                });
    }

    void write(ObjectRef ref, Optional<String> current) {
        state.editStatus(Deployment.class, ref.namespace(), ref.name(), live -> {
            List<ReplicaSet> all = state.controlled(ReplicaSet.class, live);
            live.setStatus(status(ref, live, all, current.orElse("")));
            return live;
        });
    }

    private DeploymentStatus status(ObjectRef ref, Deployment live, List<ReplicaSet> all, String current) {
        DeploymentStatus old = live.getStatus() == null ? new DeploymentStatus() : live.getStatus();
        int available = sum(all, ReplicaSetStatus::getAvailableReplicas);
        int desired = live.getSpec().getReplicas();
        int total = sum(all, ReplicaSetStatus::getReplicas);
        List<ReplicaSet> updated = all.stream()
                .filter(set -> set.getMetadata().getName().equals(current))
                .toList();
        DeploymentStatus next = new DeploymentStatusBuilder(old)
                .withObservedGeneration(live.getMetadata().getGeneration())
                .withReplicas(orNull(total))
                .withUpdatedReplicas(orNull(sum(updated, ReplicaSetStatus::getReplicas)))
                .withReadyReplicas(orNull(sum(all, ReplicaSetStatus::getReadyReplicas)))
                .withAvailableReplicas(orNull(available))
                .withUnavailableReplicas(orNull(Math.max(0, Math.max(total, desired) - available)))
                .build();
        List<DeploymentCondition> conditions = new ArrayList<>();
        boolean enough = available >= desired - Rollout.maxUnavailable(live);
        conditions.add(condition(
                old,
                "Available",
                enough ? "True" : "False",
                enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
                null));
        progressing(ref, live, old, next, current).ifPresent(conditions::add);
        next.setConditions(conditions);
        return next;
    }

    private static int sum(List<ReplicaSet> sets, Function<ReplicaSetStatus, @Nullable Integer> count) {
        return sets.stream()
                .filter(set -> set.getStatus() != null)
                .map(set -> count.apply(set.getStatus()))
                .mapToInt(number -> number == null ? 0 : number)
                .sum();
    }

    private static @Nullable Integer orNull(int count) {
        return count == 0 ? null : count;
    }

    private Optional<DeploymentCondition> progressing(
            ObjectRef ref, Deployment live, DeploymentStatus old, DeploymentStatus next, String current) {
        if (Boolean.TRUE.equals(live.getSpec().getPaused())) {
            return Optional.of(
                    condition(old, "Progressing", "Unknown", "DeploymentPaused", "Deployment is paused", null));
        }
        Integer desired = orNull(live.getSpec().getReplicas());
        boolean complete = java.util.Objects.equals(next.getUpdatedReplicas(), desired)
                && java.util.Objects.equals(next.getReplicas(), desired)
                && java.util.Objects.equals(next.getAvailableReplicas(), desired);
        String set = "ReplicaSet \"" + current + "\" ";
        if (complete) {
            return Optional.of(condition(
                    old, "Progressing", "True", "NewReplicaSetAvailable", set + "has successfully progressed.", null));
        }
        Optional<DeploymentCondition> before = find(old, "Progressing");
        if (before.isPresent()
                && before.get().getReason().equals("NewReplicaSetAvailable")
                && !templateChanged(next, old)) {
            return before;
        }
        if (counts(old).equals(counts(next)) && before.isPresent()) {
            return Optional.of(overdue(ref, live, old, before.get(), set));
        }
        deadline(ref, live, clock.instant());
        return Optional.of(condition(old, "Progressing", "True", "ReplicaSetUpdated", set + "is progressing.", now()));
    }

    private static boolean templateChanged(DeploymentStatus next, DeploymentStatus old) {
        return !java.util.Objects.equals(next.getUpdatedReplicas(), old.getUpdatedReplicas())
                && !java.util.Objects.equals(next.getUpdatedReplicas(), next.getReplicas());
    }

    private static String counts(DeploymentStatus status) {
        return status.getReplicas() + " " + status.getUpdatedReplicas() + " " + status.getReadyReplicas() + " "
                + status.getAvailableReplicas();
    }

    private DeploymentCondition overdue(
            ObjectRef ref, Deployment live, DeploymentStatus old, DeploymentCondition before, String set) {
        Instant since = Instant.parse(before.getLastUpdateTime());
        Integer seconds = live.getSpec().getProgressDeadlineSeconds();
        boolean late = seconds != null && !clock.instant().isBefore(since.plusSeconds(seconds));
        if (late && before.getStatus().equals("True")) {
            return condition(
                    old, "Progressing", "False", "ProgressDeadlineExceeded", set + "has timed out progressing.", now());
        }
        if (before.getStatus().equals("True")) {
            deadline(ref, live, since);
        }
        return before;
    }

    private void deadline(ObjectRef ref, Deployment live, Instant since) {
        Integer seconds = live.getSpec().getProgressDeadlineSeconds();
        if (seconds != null && seconds < Integer.MAX_VALUE) {
            Duration left = Duration.between(clock.instant(), since.plusSeconds(seconds + 1L));
            queue.addAfter(ref, left);
        }
    }

    private static Optional<DeploymentCondition> find(DeploymentStatus status, String type) {
        return status.getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    /** A condition; without a time of update it keeps the old one's while it says the same. */
    private DeploymentCondition condition(
            DeploymentStatus old, String type, String status, String reason, String message, @Nullable String updated) {
        Optional<DeploymentCondition> before = find(old, type);
        boolean same = before.filter(c -> c.getStatus().equals(status)).isPresent();
        boolean told = same && before.filter(c -> c.getReason().equals(reason)).isPresent();
        String since = same ? before.orElseThrow().getLastTransitionTime() : now();
        String seen = updated != null ? updated : told ? before.orElseThrow().getLastUpdateTime() : now();
        return new DeploymentConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(since)
                .withLastUpdateTime(seen)
                .build();
    }
}
