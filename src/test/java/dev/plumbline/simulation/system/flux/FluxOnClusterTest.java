package dev.plumbline.simulation.system.flux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.gitops.GitRepository;
import dev.plumbline.gitops.GitServer;
import dev.plumbline.simulation.ClusterState;
import dev.plumbline.simulation.SimulatedCluster;
import dev.plumbline.timing.Bell;
import dev.plumbline.timing.Clock;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flux as it is installed, reading a real Git server, against the simulated API server. */
class FluxOnClusterTest {

    private static final ObjectRef APPS = new ObjectRef(Flux.KUSTOMIZATION, "flux-system", "apps");
    private static final String MANIFESTS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: shop}
            data: {color: %s}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: "nginx:1.26.3"}]}
            """;

    private GitServer server;
    private GitRepository repository;
    private SimulatedCluster cluster;
    private KubernetesClient client;

    @BeforeEach
    void installFlux() throws Exception {
        server = GitServer.start(InetAddress.getLoopbackAddress());
        repository = server.create("homelab");
        commit(MANIFESTS.formatted("blue"));
        cluster = new SimulatedCluster(List.of(new FluxSystem()), Instant.parse("2026-01-01T00:00:00Z"), Set.of());
        client = cluster.client();
        for (GenericKubernetesResource object : FluxInstall.objects()) {
            client.resource(object).serverSideApply();
        }
        apply("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: homelab, namespace: flux-system}
                spec: {interval: 1m, url: "http://127.0.0.1:%d/homelab.git", ref: {branch: main}}
                """.formatted(server.port()));
        apply("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps, namespace: flux-system}
                spec: {interval: 2m, timeout: 1m, path: ./apps, prune: true, wait: true, sourceRef: {kind: GitRepository, name: homelab}}
                """);
        pass(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        cluster.close();
        server.close();
    }

    private void apply(String yaml) {
        client.resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .serverSideApply();
    }

    private void commit(String manifests) {
        repository.commit(
                Map.of("apps/all.yaml", manifests.getBytes(StandardCharsets.UTF_8)), Set.of(), "change", Instant.EPOCH);
    }

    private void pass(Duration time) throws InterruptedException {
        try (Clock.Presence ignored = cluster.clock().enter()) {
            cluster.clock().await(new Bell(), cluster.clock().instant().plus(time));
        }
    }

    private int replicas() {
        return client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("web")
                .get()
                .getSpec()
                .getReplicas();
    }

    private String color() {
        ConfigMap settings =
                client.configMaps().inNamespace("shop").withName("settings").get();
        return settings == null ? "none" : settings.getData().getOrDefault("color", "none");
    }

    private ClusterState state() {
        return cluster.world().state();
    }

    private String ready() {
        List<Map<String, Object>> conditions = state().get(APPS).orElseThrow().get("status", "conditions");
        return String.valueOf(conditions.stream()
                .filter(it -> "Ready".equals(it.get("type")))
                .findFirst()
                .orElse(null));
    }

    @Test
    void deliversACommitWithinTheSourcesInterval() throws Exception {
        assertThat(ready()).contains("ReconciliationSucceeded");
        Deployment web =
                client.apps().deployments().inNamespace("shop").withName("web").get();
        assertThat(web.getStatus().getReadyReplicas()).isEqualTo(2);
        assertThat(web.getMetadata().getManagedFields())
                .anyMatch(it -> it.getManager().equals("kustomize-controller"));
        commit(MANIFESTS.formatted("green"));
        pass(Duration.ofSeconds(75));
        assertThat(color()).isEqualTo("green");
        GenericKubernetesResource apps = state().get(APPS).orElseThrow();
        assertThat(apps.<String>get("status", "lastAppliedRevision"))
                .endsWith(repository.head().orElseThrow());
        assertThat(apps.<List<?>>get("status", "inventory", "entries")).hasSize(3);
    }

    @Test
    void revertsDriftWithinTheIntervalAndSaysSo() throws Exception {
        client.apps().deployments().inNamespace("shop").withName("web").scale(0);
        pass(Duration.ofSeconds(5));
        assertThat(replicas()).isZero();
        pass(Duration.ofSeconds(125));
        assertThat(replicas()).isEqualTo(2);
        assertThat(client.v1().events().inNamespace("flux-system").list().getItems())
                .extracting(Event::getMessage)
                .contains("Deployment/shop/web configured");
    }

    @Test
    void leavesAnObjectAloneThatDisablesReconciliation() throws Exception {
        client.apps().deployments().inNamespace("shop").withName("web").edit(it -> {
            it.getMetadata().setAnnotations(Map.of("kustomize.toolkit.fluxcd.io/reconcile", "disabled"));
            it.getSpec().setReplicas(0);
            return it;
        });
        pass(Duration.ofMinutes(10));
        assertThat(replicas()).isZero();
    }

    @Test
    void doesNothingWhileTheControllerIsScaledToZero() throws Exception {
        var controller = client.apps().deployments().inNamespace("flux-system").withName("kustomize-controller");
        controller.scale(0);
        pass(Duration.ofSeconds(10));
        client.apps().deployments().inNamespace("shop").withName("web").scale(0);
        pass(Duration.ofMinutes(10));
        assertThat(replicas()).isZero();
        controller.scale(1);
        pass(Duration.ofSeconds(30));
        assertThat(replicas()).isEqualTo(2);
    }

    @Test
    void saysWhatTheApiServerRefuses() throws Exception {
        commit(MANIFESTS.formatted("blue").replace("app: web}}\n  template", "app: other}}\n  template"));
        pass(Duration.ofSeconds(75));
        assertThat(ready()).contains("ReconciliationFailed").contains("Deployment/shop/web dry-run failed");
    }

    @Test
    void prunesWhatLeftTheRepository() throws Exception {
        commit(MANIFESTS.formatted("blue").split("(?m)^---$")[0]);
        pass(Duration.ofSeconds(75));
        assertThat(client.apps()
                        .deployments()
                        .inNamespace("shop")
                        .withName("web")
                        .get())
                .isNull();
        assertThat(client.namespaces().withName("shop").get()).isNotNull();
    }
}
