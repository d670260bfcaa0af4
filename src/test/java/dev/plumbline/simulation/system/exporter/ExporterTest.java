package dev.plumbline.simulation.system.exporter;

import static dev.plumbline.simulation.system.TinyWorld.get;
import static dev.plumbline.simulation.system.TinyWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.system.Images;
import dev.plumbline.simulation.system.TinyWorld;
import dev.plumbline.simulation.system.TinyWorld.MemoryFiles;
import dev.plumbline.simulation.system.TinyWorld.Page;
import dev.plumbline.simulation.system.prometheus.Exposition;
import dev.plumbline.simulation.system.redis.RedisSystem;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExporterTest {

    private final TinyWorld world = new TinyWorld();

    private Program start(String image, Map<String, String> env, String... args) throws Exception {
        ImageModel model = new ExporterSystem()
                .images().stream().filter(each -> each.runs(image)).findFirst().orElseThrow();
        return model.start(world.start(image, List.of(args), env, new MemoryFiles(), List.of()));
    }

    /** Values by metric; a page that Prometheus could not read, or that says a thing twice, fails. */
    private static Map<String, Double> metrics(Program program, int port) throws Exception {
        return metrics(text(get(program, port, "/metrics")));
    }

    private static Map<String, Double> metrics(String page) throws Exception {
        Exposition read = Exposition.parse(page);
        Map<String, Double> values = new HashMap<>();
        Set<Object> labels = new HashSet<>();
        for (Exposition.Line line : read.samples()) {
            assertThat(labels.add(Exposition.labels(line.metric())))
                    .as(line.metric())
                    .isTrue();
            values.put(line.metric(), line.value());
        }
        assertThat(read.metadata()).isNotEmpty();
        return values;
    }

    @Test
    void nodeExporterShowsAMachineAtWork() throws Exception {
        world.with(new NodeBuilder()
                .withNewMetadata()
                .withName("pi-1")
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .build());
        Program exporter = start("quay.io/prom/node-exporter:v1.9.0", Map.of(), "--path.rootfs=/host/root");
        Map<String, Double> before = metrics(exporter, 9100);
        world.pass(Duration.ofSeconds(100));
        Map<String, Double> after = metrics(exporter, 9100);
        String idle = "node_cpu_seconds_total{cpu=\"0\",mode=\"idle\"}";
        assertThat(after.getOrDefault(idle, 0.0) - before.getOrDefault(idle, 0.0))
                .isBetween(89.0, 91.0);
        assertThat(after.getOrDefault("node_time_seconds", 0.0) - after.getOrDefault("node_boot_time_seconds", 0.0))
                .isEqualTo(3700);
        assertThat(before.keySet())
                .anyMatch(name -> name.startsWith("node_filesystem_avail_bytes{") && name.contains("mountpoint=\"/\""));
        assertThat(before).containsKey("node_network_receive_bytes_total{device=\"eth0\"}");
        assertThat(get(exporter, 9100, "/").status()).isEqualTo(200);
    }

    @Test
    void redisExporterShowsItsRedisOrThatItIsAway() throws Exception {
        Program redis = new RedisSystem()
                .images()
                .get(0)
                .start(world.start(
                        "redis:8.0.2", List.of("--requirepass", "k"), Map.of(), new MemoryFiles(), List.of()));
        redis.run("redis-cli -a k set a 1");
        world.serve("redis.homelab.svc.cluster.local", redis);
        String address = "--redis.addr=redis://redis.homelab.svc.cluster.local:6379";
        Program right = start("oliver006/redis_exporter:v1.69.0", Map.of("REDIS_PASSWORD", "k"), address);
        Map<String, Double> up = metrics(right, 9121);
        assertThat(up).containsEntry("redis_up", 1.0).containsEntry("redis_db_keys{db=\"db0\"}", 1.0);
        assertThat(up.getOrDefault("redis_memory_used_bytes", 0.0)).isPositive();
        Program wrong = start("oliver006/redis_exporter:v1.69.0", Map.of("REDIS_PASSWORD", "x"), address);
        assertThat(metrics(wrong, 9121)).containsEntry("redis_up", 0.0).doesNotContainKey("redis_memory_used_bytes");
        assertThat(text(get(wrong, 9121, "/metrics"))).contains("err=\"WRONGPASS");
        world.unserve("redis.homelab.svc.cluster.local");
        assertThat(metrics(right, 9121)).containsEntry("redis_up", 0.0);
    }

    @Test
    void postgresExporterShowsItsServerOrThatItIsAway() throws Exception {
        world.serve("db", new Page(5432, ""));
        Program exporter = start(
                "prometheuscommunity/postgres-exporter:v0.17.1",
                Map.of("DATA_SOURCE_NAME", "postgresql://postgres:x@db:5432/postgres?sslmode=disable"));
        Map<String, Double> up = metrics(exporter, 9187);
        assertThat(up).containsEntry("pg_up", 1.0);
        assertThat(up.keySet()).anyMatch(name -> name.startsWith("pg_stat_database_xact_commit{"));
        world.unserve("db");
        assertThat(metrics(exporter, 9187)).containsEntry("pg_up", 0.0).hasSizeLessThan(up.size());
    }

    @Test
    void kubeStateMetricsShowsTheObjects() throws Exception {
        world.with(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .withNamespace("shop")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(3)
                        .endSpec()
                        .build())
                .with(new PodBuilder()
                        .withNewMetadata()
                        .withName("web-0")
                        .withNamespace("shop")
                        .withUid("u")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("c")
                        .withImage("nginx:1")
                        .withNewResources()
                        .addToLimits("memory", new Quantity("64Mi"))
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .withNewStatus()
                        .withPhase("Running")
                        .endStatus()
                        .build());
        Program exporter = start("registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.15.0", Map.of());
        assertThat(metrics(exporter, 8080))
                .containsEntry("kube_deployment_spec_replicas{namespace=\"shop\",deployment=\"web\"}", 3.0)
                .containsEntry(
                        "kube_pod_status_phase{namespace=\"shop\",pod=\"web-0\",uid=\"u\",phase=\"Running\"}", 1.0)
                .containsEntry(
                        "kube_pod_container_resource_limits{namespace=\"shop\",pod=\"web-0\",uid=\"u\",container=\"c\","
                                + "node=\"\",resource=\"memory\",unit=\"byte\"}",
                        64.0 * 1024 * 1024);
    }

    @Test
    void kubeletWantsATokenAndShowsItsContainers() throws Exception {
        world.with(new NodeBuilder()
                        .withNewMetadata()
                        .withName("n1")
                        .endMetadata()
                        .withNewStatus()
                        .addNewAddress("10.1.0.1", "InternalIP")
                        .endStatus()
                        .build())
                .with(new PodBuilder()
                        .withNewMetadata()
                        .withName("web-0")
                        .withNamespace("shop")
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName("n1")
                        .addNewContainer()
                        .withName("c")
                        .endContainer()
                        .endSpec()
                        .withNewStatus()
                        .withPhase("Running")
                        .endStatus()
                        .build());
        Kubelet kubelet = new Kubelet(world);
        assertThat(kubelet.answer("10.1.0.1", 10250, "/metrics/cadvisor", false)
                        .orElseThrow()
                        .status())
                .isEqualTo(401);
        Program.Reply page = kubelet.answer(
                        "kubernetes.default.svc", 443, "/api/v1/nodes/n1/proxy/metrics/cadvisor", true)
                .orElseThrow();
        assertThat(metrics(text(page)).keySet())
                .anyMatch(name -> name.startsWith("container_memory_working_set_bytes{container=\"c\""));
        assertThat(kubelet.answer("10.1.0.2", 10250, "/metrics", true)).isEmpty();
    }

    @Test
    void knowsImagesByTheirRepository() {
        assertThat(Images.is("docker.io/library/redis:8.0.2", "redis")).isTrue();
        assertThat(Images.is("registry.local:5000/prom/prometheus@sha256:aa", "prom/prometheus"))
                .isTrue();
        assertThat(Images.is("myredis:1", "redis")).isFalse();
        assertThat(Images.version("qdrant/qdrant:v1.15.5", "0")).isEqualTo("1.15.5");
        assertThat(Images.version("redis", "8")).isEqualTo("8");
    }
}
