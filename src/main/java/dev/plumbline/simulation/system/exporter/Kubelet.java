package dev.plumbline.simulation.system.exporter;

import dev.plumbline.simulation.ClusterState;
import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.World;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of the kubelets, at a node's address on port 10250 or through the API server's proxy. They need a bearer
 * token. The use of each container is made up from its name and age; names, labels and limits are the real ones.
 */
public final class Kubelet {

    private static final int PORT = 10250;
    private static final Pattern PROXY = Pattern.compile("/api/v1/nodes/([^/]+)/proxy(/metrics(?:/\\w+)?)");
    private static final Pattern API_SERVER = Pattern.compile("kubernetes(\\.default(\\.svc(\\.cluster\\.local)?)?)?");

    private final World world;

    public Kubelet(World world) {
        this.world = world;
    }

    /** Empty when this address is no kubelet's. */
    public Optional<Reply> answer(String host, int port, String path, boolean withToken) {
        Matcher proxy = PROXY.matcher(path);
        if (API_SERVER.matcher(host).matches() && proxy.matches()) {
            return node(proxy.group(1)).map(node -> page(node, proxy.group(2), withToken));
        }
        return port == PORT ? node(host).map(node -> page(node, path, withToken)) : Optional.empty();
    }

    private ClusterState state() {
        return world.state();
    }

    /** By name or address. */
    private Optional<Node> node(String host) {
        return state().list(Node.class, null).stream()
                .filter(node -> node.getMetadata().getName().equals(host)
                        || node.getStatus() != null
                                && node.getStatus().getAddresses().stream()
                                        .anyMatch(address -> host.equals(address.getAddress())))
                .findFirst();
    }

    private Reply page(Node node, String path, boolean withToken) {
        if (!withToken) {
            return new Reply(401, "text/plain; charset=utf-8", "Unauthorized".getBytes(StandardCharsets.UTF_8));
        }
        MetricPage page = new MetricPage();
        List<Pod> pods = state().list(Pod.class, null).stream()
                .filter(pod -> node.getMetadata().getName().equals(pod.getSpec().getNodeName()))
                .filter(pod -> pod.getStatus() != null
                        && "Running".equals(pod.getStatus().getPhase()))
                .toList();
        switch (path) {
            case "/metrics/cadvisor":
                machine(page, node);
                pods.forEach(pod -> containers(page, pod));
                break;
            case "/metrics":
                page.gauge("kubelet_node_name", 1, "node", node.getMetadata().getName());
                page.gauge("kubelet_running_pods", pods.size());
                pods.forEach(pod -> volumes(page, pod));
                break;
            default:
                String text = "not simulated: " + path + " of a kubelet\n";
                return new Reply(501, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
        }
        return MetricTable.reply(page.text());
    }

    private static void machine(MetricPage page, Node node) {
        Map<String, Quantity> capacity =
                node.getStatus() == null ? null : node.getStatus().getCapacity();
        if (capacity != null) {
            page.gauge("machine_cpu_cores", KubeStateMetrics.amount(capacity.get("cpu")));
            page.gauge("machine_memory_bytes", KubeStateMetrics.amount(capacity.get("memory")));
        }
    }

    private double age(Pod pod) {
        String since = pod.getStatus().getStartTime();
        Instant now = world.clock().instant();
        return since == null
                ? 0
                : Math.max(0, now.getEpochSecond() - Instant.parse(since).getEpochSecond());
    }

    /** Between 0 and 1, always the same for a name. */
    private static double share(String name) {
        return Math.floorMod(name.hashCode(), 1000) / 1000.0;
    }

    private void containers(MetricPage page, Pod pod) {
        double age = age(pod);
        for (Container container : pod.getSpec().getContainers()) {
            String id = "/kubepods/pod" + pod.getMetadata().getUid() + "/" + container.getName();
            String[] labels = {
                "container", container.getName(),
                "id", id,
                "image", KubeStateMetrics.text(container.getImage()),
                "name", container.getName(),
                "namespace", pod.getMetadata().getNamespace(),
                "pod", pod.getMetadata().getName()
            };
            String[] total =
                    Stream.concat(Stream.of(labels), Stream.of("cpu", "total")).toArray(String[]::new);
            double share = share(container.getName());
            page.counter("container_cpu_usage_seconds_total", 0.5 + age * (0.005 + share / 50), total);
            double memory = (24 + share * 96) * 1024 * 1024 + 1_000_000 * Math.sin(age / 100);
            page.gauge("container_memory_working_set_bytes", Math.floor(memory), labels);
            page.gauge("container_memory_usage_bytes", Math.floor(memory * 1.2), labels);
            page.gauge("container_memory_rss", Math.floor(memory * 0.8), labels);
            page.gauge("container_fs_usage_bytes", 53_248, labels);
            page.gauge("container_spec_memory_limit_bytes", limit(container, "memory"), labels);
            page.gauge("container_spec_cpu_quota", limit(container, "cpu") * 100_000, labels);
            page.counter("container_cpu_cfs_throttled_periods_total", 0, labels);
        }
        network(page, pod, age);
    }

    private static double limit(Container container, String resource) {
        Map<String, Quantity> limits = container.getResources() == null
                ? null
                : container.getResources().getLimits();
        return KubeStateMetrics.amount(limits == null ? null : limits.get(resource));
    }

    private static void network(MetricPage page, Pod pod, double age) {
        String[] labels = {
            "id",
            "/kubepods/pod" + pod.getMetadata().getUid(),
            "interface",
            "eth0",
            "namespace",
            pod.getMetadata().getNamespace(),
            "pod",
            pod.getMetadata().getName()
        };
        double share = share(pod.getMetadata().getName());
        page.counter("container_network_receive_bytes_total", 4096 + Math.floor(age * (200 + 2000 * share)), labels);
        page.counter("container_network_transmit_bytes_total", 4096 + Math.floor(age * (150 + 1500 * share)), labels);
    }

    /** Claims whose volume the kubelet can measure: it cannot for a hostPath. */
    private void volumes(MetricPage page, Pod pod) {
        for (Volume volume : pod.getSpec().getVolumes()) {
            if (volume.getPersistentVolumeClaim() != null) {
                String claim = volume.getPersistentVolumeClaim().getClaimName();
                measured(pod, claim).ifPresent(bytes -> stats(page, pod, claim, bytes));
            }
        }
    }

    private Optional<Double> measured(Pod pod, String claim) {
        return state().get(PersistentVolumeClaim.class, pod.getMetadata().getNamespace(), claim)
                .map(found -> found.getSpec().getVolumeName())
                .flatMap(this::volume)
                .filter(found -> found.getSpec().getHostPath() == null)
                .map(found -> KubeStateMetrics.amount(storage(found.getSpec().getCapacity())));
    }

    private static @Nullable Quantity storage(@Nullable Map<String, Quantity> capacity) {
        return capacity == null ? null : capacity.get("storage");
    }

    private Optional<PersistentVolume> volume(String name) {
        return state().get(PersistentVolume.class, null, name);
    }

    private void stats(MetricPage page, Pod pod, String claim, double capacity) {
        String[] labels = {"namespace", pod.getMetadata().getNamespace(), "persistentvolumeclaim", claim};
        double used = Math.floor(capacity * 0.05 + age(pod) * 10);
        page.gauge("kubelet_volume_stats_capacity_bytes", capacity, labels);
        page.gauge("kubelet_volume_stats_used_bytes", used, labels);
        page.gauge("kubelet_volume_stats_available_bytes", capacity - used, labels);
        page.gauge("kubelet_volume_stats_inodes", 1_310_720, labels);
        page.gauge("kubelet_volume_stats_inodes_free", 1_300_000, labels);
        page.gauge("kubelet_volume_stats_inodes_used", 10_720, labels);
    }
}
