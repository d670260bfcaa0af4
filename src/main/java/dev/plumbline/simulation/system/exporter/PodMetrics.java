package dev.plumbline.simulation.system.exporter;

import static dev.plumbline.simulation.system.exporter.KubeStateMetrics.amount;
import static dev.plumbline.simulation.system.exporter.KubeStateMetrics.created;
import static dev.plumbline.simulation.system.exporter.KubeStateMetrics.named;
import static dev.plumbline.simulation.system.exporter.KubeStateMetrics.number;
import static dev.plumbline.simulation.system.exporter.KubeStateMetrics.text;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The families of kube-state-metrics about a pod. */
final class PodMetrics {

    private static final List<String> PHASES = List.of("Pending", "Succeeded", "Failed", "Unknown", "Running");

    private PodMetrics() {}

    static void add(MetricPage page, Pod pod) {
        String uid = text(pod.getMetadata().getUid());
        String node = text(pod.getSpec().getNodeName());
        OwnerReference owner =
                pod.getMetadata().getOwnerReferences().stream().findFirst().orElseGet(OwnerReference::new);
        page.gauge(
                "kube_pod_info",
                1,
                named(
                        pod,
                        "pod",
                        "uid",
                        uid,
                        "host_ip",
                        pod.getStatus() == null ? "" : text(pod.getStatus().getHostIP()),
                        "pod_ip",
                        pod.getStatus() == null ? "" : text(pod.getStatus().getPodIP()),
                        "node",
                        node,
                        "created_by_kind",
                        text(owner.getKind()),
                        "created_by_name",
                        text(owner.getName())));
        page.gauge("kube_pod_created", created(pod), named(pod, "pod", "uid", uid));
        pod.getSpec().getContainers().forEach(container -> resources(page, pod, uid, node, container));
        if (pod.getStatus() != null) {
            status(page, pod, uid);
        }
    }

    private static void status(MetricPage page, Pod pod, String uid) {
        for (String phase : PHASES) {
            boolean now = phase.equals(pod.getStatus().getPhase());
            page.gauge("kube_pod_status_phase", now ? 1 : 0, named(pod, "pod", "uid", uid, "phase", phase));
        }
        pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .forEach(condition -> {
                    for (String status : List.of("true", "false", "unknown")) {
                        boolean now = condition.getStatus().equalsIgnoreCase(status);
                        page.gauge(
                                "kube_pod_status_ready",
                                now ? 1 : 0,
                                named(pod, "pod", "uid", uid, "condition", status));
                    }
                });
        pod.getStatus().getContainerStatuses().forEach(status -> container(page, pod, uid, status));
    }

    private static void container(MetricPage page, Pod pod, String uid, ContainerStatus status) {
        String[] labels = named(pod, "pod", "uid", uid, "container", status.getName());
        page.counter("kube_pod_container_status_restarts_total", number(status.getRestartCount()), labels);
        page.gauge("kube_pod_container_status_ready", Boolean.TRUE.equals(status.getReady()) ? 1 : 0, labels);
        var state = status.getState();
        boolean running = state != null && state.getRunning() != null;
        page.gauge("kube_pod_container_status_running", running ? 1 : 0, labels);
        if (state != null && state.getWaiting() != null) {
            page.gauge(
                    "kube_pod_container_status_waiting_reason",
                    1,
                    named(
                            pod,
                            "pod",
                            "uid",
                            uid,
                            "container",
                            status.getName(),
                            "reason",
                            text(state.getWaiting().getReason())));
        }
    }

    private static void resources(MetricPage page, Pod pod, String uid, String node, Container container) {
        page.gauge(
                "kube_pod_container_info",
                1,
                named(
                        pod,
                        "pod",
                        "uid",
                        uid,
                        "container",
                        container.getName(),
                        "image",
                        text(container.getImage()),
                        "image_spec",
                        text(container.getImage())));
        if (container.getResources() != null) {
            amounts(
                    page,
                    "requests",
                    pod,
                    uid,
                    node,
                    container,
                    container.getResources().getRequests());
            amounts(
                    page,
                    "limits",
                    pod,
                    uid,
                    node,
                    container,
                    container.getResources().getLimits());
        }
    }

    private static void amounts(
            MetricPage page,
            String what,
            Pod pod,
            String uid,
            String node,
            Container container,
            @Nullable Map<String, Quantity> amounts) {
        if (amounts == null) {
            return;
        }
        amounts.forEach((name, quantity) -> page.gauge(
                "kube_pod_container_resource_" + what,
                amount(quantity),
                named(
                        pod,
                        "pod",
                        "uid",
                        uid,
                        "container",
                        container.getName(),
                        "node",
                        node,
                        "resource",
                        KubeStateMetrics.plain(name),
                        "unit",
                        KubeStateMetrics.unit(name))));
    }
}
