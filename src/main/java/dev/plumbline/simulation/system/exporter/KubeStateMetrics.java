package dev.plumbline.simulation.system.exporter;

import dev.plumbline.simulation.ClusterState;
import dev.plumbline.simulation.ImageModel.Start;
import dev.plumbline.simulation.Program;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** kube-state-metrics: the objects of the simulated API server as metrics, with the names and labels of version 2. */
final class KubeStateMetrics {

    private static final List<String> PVC_PHASES = List.of("Bound", "Lost", "Pending");
    private static final List<String> PV_PHASES = List.of("Pending", "Available", "Bound", "Released", "Failed");

    private final ClusterState state;

    private KubeStateMetrics(ClusterState state) {
        this.state = state;
    }

    static Program start(Start start) {
        int port = Integer.parseInt(new Options(start).get("port", "8080"));
        Map<String, String> pages = Map.of("/healthz", "OK", "/livez", "OK", "/readyz", "OK", "/", "<html></html>");
        KubeStateMetrics metrics = new KubeStateMetrics(start.world().state());
        return new ExporterProgram(port, metrics::page, pages, "Started metrics server\n", Optional.empty());
    }

    private String page() {
        MetricPage page = new MetricPage();
        nodes(page);
        namespaces(page);
        state.list(Pod.class, null).forEach(pod -> PodMetrics.add(page, pod));
        workloads(page);
        jobs(page);
        storage(page);
        for (Service service : state.list(Service.class, null)) {
            String ip = text(service.getSpec().getClusterIP());
            page.gauge("kube_service_info", 1, named(service, "service", "cluster_ip", ip));
            String type = text(service.getSpec().getType());
            page.gauge("kube_service_spec_type", 1, named(service, "service", "type", type));
        }
        return page.text();
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    static double number(@Nullable Number value) {
        return value == null ? 0 : value.doubleValue();
    }

    static double amount(@Nullable Quantity quantity) {
        return quantity == null ? 0 : quantity.getNumericalAmount().doubleValue();
    }

    /** The namespace and name of an object as labels, with more behind. */
    static String[] named(HasMetadata object, String label, String... more) {
        String[] labels = new String[4 + more.length];
        labels[0] = "namespace";
        labels[1] = text(object.getMetadata().getNamespace());
        labels[2] = label;
        labels[3] = object.getMetadata().getName();
        System.arraycopy(more, 0, labels, 4, more.length);
        return labels;
    }

    static double created(HasMetadata object) {
        String at = object.getMetadata().getCreationTimestamp();
        return at == null ? 0 : Instant.parse(at).getEpochSecond();
    }

    private void nodes(MetricPage page) {
        for (Node node : state.list(Node.class, null)) {
            String name = node.getMetadata().getName();
            page.gauge("kube_node_created", created(node), "node", name);
            page.gauge(
                    "kube_node_spec_unschedulable",
                    Boolean.TRUE.equals(node.getSpec().getUnschedulable()) ? 1 : 0,
                    "node",
                    name);
            if (node.getStatus() == null) {
                continue;
            }
            if (node.getStatus().getNodeInfo() != null) {
                page.gauge(
                        "kube_node_info",
                        1,
                        "node",
                        name,
                        "kernel_version",
                        text(node.getStatus().getNodeInfo().getKernelVersion()),
                        "kubelet_version",
                        text(node.getStatus().getNodeInfo().getKubeletVersion()));
            }
            node.getStatus().getConditions().forEach(condition -> {
                for (String status : List.of("true", "false", "unknown")) {
                    page.gauge(
                            "kube_node_status_condition",
                            condition.getStatus().equalsIgnoreCase(status) ? 1 : 0,
                            "node",
                            name,
                            "condition",
                            condition.getType(),
                            "status",
                            status);
                }
            });
            resources(page, "kube_node_status_capacity", name, node.getStatus().getCapacity());
            resources(
                    page, "kube_node_status_allocatable", name, node.getStatus().getAllocatable());
        }
    }

    private static void resources(
            MetricPage page, String family, String node, @Nullable Map<String, Quantity> resources) {
        if (resources != null) {
            resources.forEach((name, quantity) ->
                    page.gauge(family, amount(quantity), "node", node, "resource", plain(name), "unit", unit(name)));
        }
    }

    static String plain(String resource) {
        return resource.replaceAll("[^a-z0-9_]", "_");
    }

    static String unit(String resource) {
        return switch (resource) {
            case "cpu" -> "core";
            case "memory", "ephemeral-storage" -> "byte";
            default -> "integer";
        };
    }

    private void namespaces(MetricPage page) {
        for (Namespace namespace : state.list(Namespace.class, null)) {
            String name = namespace.getMetadata().getName();
            String now = namespace.getStatus() == null
                    ? "Active"
                    : text(namespace.getStatus().getPhase());
            page.gauge("kube_namespace_created", created(namespace), "namespace", name);
            for (String phase : List.of("Active", "Terminating")) {
                page.gauge("kube_namespace_status_phase", phase.equals(now) ? 1 : 0, "namespace", name, "phase", phase);
            }
        }
    }

    private void workloads(MetricPage page) {
        for (Deployment each : state.list(Deployment.class, null)) {
            String[] labels = named(each, "deployment");
            page.gauge("kube_deployment_created", created(each), labels);
            page.gauge("kube_deployment_spec_replicas", number(each.getSpec().getReplicas()), labels);
            var status = each.getStatus();
            page.gauge("kube_deployment_status_replicas", number(status == null ? null : status.getReplicas()), labels);
            page.gauge(
                    "kube_deployment_status_replicas_available",
                    number(status == null ? null : status.getAvailableReplicas()),
                    labels);
            page.gauge(
                    "kube_deployment_status_replicas_ready",
                    number(status == null ? null : status.getReadyReplicas()),
                    labels);
            page.gauge(
                    "kube_deployment_status_replicas_unavailable",
                    number(status == null ? null : status.getUnavailableReplicas()),
                    labels);
            page.gauge(
                    "kube_deployment_status_replicas_updated",
                    number(status == null ? null : status.getUpdatedReplicas()),
                    labels);
        }
        for (ReplicaSet each : state.list(ReplicaSet.class, null)) {
            String[] labels = named(each, "replicaset");
            var status = each.getStatus();
            page.gauge("kube_replicaset_spec_replicas", number(each.getSpec().getReplicas()), labels);
            page.gauge(
                    "kube_replicaset_status_ready_replicas",
                    number(status == null ? null : status.getReadyReplicas()),
                    labels);
        }
        for (StatefulSet each : state.list(StatefulSet.class, null)) {
            String[] labels = named(each, "statefulset");
            var status = each.getStatus();
            page.gauge("kube_statefulset_created", created(each), labels);
            page.gauge("kube_statefulset_replicas", number(each.getSpec().getReplicas()), labels);
            page.gauge(
                    "kube_statefulset_status_replicas", number(status == null ? null : status.getReplicas()), labels);
            page.gauge(
                    "kube_statefulset_status_replicas_ready",
                    number(status == null ? null : status.getReadyReplicas()),
                    labels);
        }
        for (DaemonSet each : state.list(DaemonSet.class, null)) {
            String[] labels = named(each, "daemonset");
            var status = each.getStatus();
            page.gauge("kube_daemonset_created", created(each), labels);
            page.gauge(
                    "kube_daemonset_status_desired_number_scheduled",
                    number(status == null ? null : status.getDesiredNumberScheduled()),
                    labels);
            page.gauge(
                    "kube_daemonset_status_number_ready",
                    number(status == null ? null : status.getNumberReady()),
                    labels);
        }
    }

    private void jobs(MetricPage page) {
        for (Job job : state.list(Job.class, null)) {
            String[] labels = named(job, "job_name");
            var status = job.getStatus();
            page.gauge("kube_job_created", created(job), labels);
            page.gauge("kube_job_status_active", number(status == null ? null : status.getActive()), labels);
            page.gauge("kube_job_status_succeeded", number(status == null ? null : status.getSucceeded()), labels);
            page.gauge("kube_job_status_failed", number(status == null ? null : status.getFailed()), labels);
        }
        for (CronJob job : state.list(CronJob.class, null)) {
            String[] labels = named(job, "cronjob");
            boolean suspended = Boolean.TRUE.equals(job.getSpec().getSuspend());
            page.gauge("kube_cronjob_spec_suspend", suspended ? 1 : 0, labels);
            if (job.getStatus() != null && job.getStatus().getLastSuccessfulTime() != null) {
                page.gauge(
                        "kube_cronjob_status_last_successful_time",
                        Instant.parse(job.getStatus().getLastSuccessfulTime()).getEpochSecond(),
                        labels);
            }
        }
    }

    private void storage(MetricPage page) {
        for (PersistentVolumeClaim claim : state.list(PersistentVolumeClaim.class, null)) {
            String[] labels = named(claim, "persistentvolumeclaim");
            page.gauge(
                    "kube_persistentvolumeclaim_info",
                    1,
                    named(
                            claim,
                            "persistentvolumeclaim",
                            "storageclass",
                            text(claim.getSpec().getStorageClassName()),
                            "volumename",
                            text(claim.getSpec().getVolumeName())));
            var requests = claim.getSpec().getResources() == null
                    ? null
                    : claim.getSpec().getResources().getRequests();
            page.gauge(
                    "kube_persistentvolumeclaim_resource_requests_storage_bytes",
                    amount(requests == null ? null : requests.get("storage")),
                    labels);
            String now = claim.getStatus() == null
                    ? "Pending"
                    : text(claim.getStatus().getPhase());
            for (String phase : PVC_PHASES) {
                page.gauge(
                        "kube_persistentvolumeclaim_status_phase",
                        phase.equals(now) ? 1 : 0,
                        named(claim, "persistentvolumeclaim", "phase", phase));
            }
        }
        for (PersistentVolume volume : state.list(PersistentVolume.class, null)) {
            String name = volume.getMetadata().getName();
            var capacity = volume.getSpec().getCapacity();
            page.gauge(
                    "kube_persistentvolume_capacity_bytes",
                    amount(capacity == null ? null : capacity.get("storage")),
                    "persistentvolume",
                    name);
            String now = volume.getStatus() == null
                    ? "Pending"
                    : text(volume.getStatus().getPhase());
            for (String phase : PV_PHASES) {
                page.gauge(
                        "kube_persistentvolume_status_phase",
                        phase.equals(now) ? 1 : 0,
                        "persistentvolume",
                        name,
                        "phase",
                        phase);
            }
        }
    }
}
