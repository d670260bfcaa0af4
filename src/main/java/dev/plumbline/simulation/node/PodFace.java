package dev.plumbline.simulation.node;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The status of a pod as its containers make it. */
final class PodFace {

    private final PodRun run;
    private final NodeParts parts;

    PodFace(PodRun run, NodeParts parts) {
        this.run = run;
        this.parts = parts;
    }

    void write() {
        Pod pod = run.pod();
        parts.state()
                .editStatus(
                        Pod.class,
                        pod.getMetadata().getNamespace(),
                        pod.getMetadata().getName(),
                        live -> {
                            if (live.getMetadata()
                                    .getUid()
                                    .equals(pod.getMetadata().getUid())) {
                                live.setStatus(status(live));
                            }
                            return live;
                        });
    }

    private PodStatus status(Pod live) {
        PodStatus old = live.getStatus() == null ? new PodStatus() : live.getStatus();
        String now = parts.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        String phase = phase();
        PodStatusBuilder status = new PodStatusBuilder(old)
                .withPhase(phase)
                .withObservedGeneration(live.getMetadata().getGeneration())
                .withHostIP(Nodes.ADDRESS)
                .withStartTime(old.getStartTime() == null ? now : old.getStartTime())
                .withConditions(conditions(old, phase, now))
                .withInitContainerStatuses(statuses(run.initial()))
                .withContainerStatuses(statuses(run.main()));
        if (run.mounted()) {
            String address = run.address();
            status.withPodIP(address).withPodIPs().addNewPodIP().withIp(address).endPodIP();
        }
        status.withHostIPs().addNewHostIP().withIp(Nodes.ADDRESS).endHostIP();
        return status.build();
    }

    private static List<ContainerStatus> statuses(List<ContainerRun> containers) {
        return containers.stream().map(container -> container.face().status()).toList();
    }

    private String phase() {
        boolean initialized = run.initial().stream().allMatch(PodRun::passed);
        boolean initFailed = "Never".equals(run.pod().getSpec().getRestartPolicy())
                && run.initial().stream()
                        .anyMatch(init ->
                                init.face().exitCode().filter(code -> code != 0).isPresent());
        if (initFailed) {
            return "Failed";
        }
        if (!initialized && !run.stopping()) {
            return "Pending";
        }
        List<ContainerRun> main = run.main();
        boolean over = main.stream().allMatch(container -> container.face().isEnded() && !restarting(container));
        if (over) {
            boolean well = main.stream()
                    .allMatch(container -> container
                            .face()
                            .exitCode()
                            .filter(code -> code == 0)
                            .isPresent());
            return well ? "Succeeded" : "Failed";
        }
        boolean begun = main.stream().anyMatch(container -> {
            ContainerStatus status = container.face().status();
            return status.getContainerID() != null;
        });
        return begun ? "Running" : "Pending";
    }

    private boolean restarting(ContainerRun container) {
        return container
                .face()
                .exitCode()
                .filter(code -> run.restarts(container, code))
                .isPresent();
    }

    private List<PodCondition> conditions(PodStatus old, String phase, String now) {
        boolean over = phase.equals("Succeeded") || phase.equals("Failed");
        boolean initialized = run.initial().stream().allMatch(PodRun::passed);
        String unready = unready();
        String reason = phase.equals("Succeeded")
                ? "PodCompleted"
                : phase.equals("Failed") ? "PodFailed" : "ContainersNotReady";
        String message = over ? null : unready;
        boolean ready = !over && unready == null && initialized && !run.stopping();
        List<PodCondition> conditions = new ArrayList<>();
        add(conditions, old, "PodReadyToStartContainers", run.mounted() && !over, null, null, now);
        add(conditions, old, "Initialized", initialized, initialized ? null : "ContainersNotInitialized", null, now);
        add(conditions, old, "Ready", ready, ready ? null : reason, ready ? null : message, now);
        add(conditions, old, "ContainersReady", ready, ready ? null : reason, ready ? null : message, now);
        find(old, "PodScheduled").ifPresent(conditions::add);
        return conditions;
    }

    private @Nullable String unready() {
        String names = run.main().stream()
                .filter(container -> !container.face().isReady())
                .map(container -> container.spec().getName())
                .collect(Collectors.joining(" "));
        return names.isEmpty() ? null : "containers with unready status: [" + names + "]";
    }

    private static Optional<PodCondition> find(PodStatus old, String type) {
        return old.getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    private static void add(
            List<PodCondition> conditions,
            PodStatus old,
            String type,
            boolean holds,
            @Nullable String reason,
            @Nullable String message,
            String now) {
        String status = holds ? "True" : "False";
        String since = find(old, type)
                .filter(condition -> condition.getStatus().equals(status))
                .map(PodCondition::getLastTransitionTime)
                .orElse(now);
        conditions.add(new PodConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(since)
                .build());
    }
}
