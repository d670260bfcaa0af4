package dev.plumbline.simulation.system.flux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.gitops.GitRepository;
import dev.plumbline.gitops.GitServer;
import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.system.FakeFiles;
import dev.plumbline.simulation.system.FakeWorld;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FluxSystemTest {

    private static final Kind CONFIG_MAP = new Kind("", "v1", "ConfigMap", "configmaps", true);
    private static final ObjectRef SETTINGS = new ObjectRef(CONFIG_MAP, "shop", "settings");
    private static final ObjectRef APPS = new ObjectRef(Flux.KUSTOMIZATION, "flux-system", "apps");

    private final FakeWorld world = new FakeWorld();
    private GitServer server;
    private GitRepository repository;
    private final List<Program> programs = new ArrayList<>();
    private FluxSystem flux;

    @BeforeEach
    void startFlux() throws Exception {
        server = GitServer.start(InetAddress.getLoopbackAddress());
        repository = server.create("homelab");
        commit("color: blue");
        flux = new FluxSystem();
        flux.start(world);
        run("ghcr.io/fluxcd/source-controller:v1.9.4");
        run("ghcr.io/fluxcd/kustomize-controller:v1.9.4");
        create("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: homelab, namespace: flux-system}
                spec: {interval: 1m, url: "http://127.0.0.1:%d/homelab.git", ref: {branch: main}}
                """.formatted(server.port()));
        create("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps, namespace: flux-system}
                spec: {interval: 2m, path: ./apps, prune: true, sourceRef: {kind: GitRepository, name: homelab}}
                """);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private void run(String image) throws ImageModel.StartFailure {
        for (ImageModel model : flux.images()) {
            if (model.runs(image)) {
                programs.add(model.start(new ImageModel.Start(
                        new PodBuilder().build(),
                        new ContainerBuilder().withImage(image).build(),
                        Map.of(),
                        new FakeFiles(),
                        world)));
            }
        }
    }

    private void create(String yaml) {
        world.state().create(Serialization.unmarshal(yaml, GenericKubernetesResource.class));
    }

    private void commit(String data) {
        String yaml =
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {" + data + "}\n";
        repository.commit(
                Map.of("apps/settings.yaml", yaml.getBytes(StandardCharsets.UTF_8)), Set.of(), "change", Instant.EPOCH);
    }

    private String color() {
        return world.state()
                .get(SETTINGS)
                .map(it -> it.<String>get("data", "color"))
                .orElse("none");
    }

    private void paint(String color) {
        world.state().edit(SETTINGS, it -> {
            it.setAdditionalProperty("data", Map.of("color", color));
            return it;
        });
    }

    private String ready() {
        List<Map<String, Object>> conditions =
                world.state().get(APPS).orElseThrow().get("status", "conditions");
        return conditions.stream()
                .filter(it -> "Ready".equals(it.get("type")))
                .map(it -> it.get("status") + " " + it.get("reason"))
                .findFirst()
                .orElse("none");
    }

    private void suspend(boolean suspended) {
        world.state().edit(APPS, it -> {
            it.<Map<String, Object>>get("spec").put("suspend", suspended);
            return it;
        });
    }

    @Test
    void appliesWhatIsCommittedWithinTheSourcesInterval() throws Exception {
        world.pass(Duration.ofSeconds(5));
        assertThat(color()).isEqualTo("blue");
        assertThat(ready()).isEqualTo("True ReconciliationSucceeded");
        commit("color: green");
        world.pass(Duration.ofSeconds(50));
        assertThat(color()).isEqualTo("blue");
        world.pass(Duration.ofSeconds(15));
        assertThat(color()).isEqualTo("green");
        GenericKubernetesResource apps = world.state().get(APPS).orElseThrow();
        assertThat(apps.<String>get("status", "lastAppliedRevision"))
                .isEqualTo("main@sha1:" + repository.head().orElseThrow());
        assertThat(world.fake().events).contains("Normal Progressing ConfigMap/shop/settings configured");
    }

    @Test
    void revertsDriftWithinTheIntervalAndNotBefore() throws Exception {
        world.pass(Duration.ofSeconds(35)); // the retry after the first look, before there was an artifact, is over
        paint("red");
        world.pass(Duration.ofSeconds(110));
        assertThat(color()).isEqualTo("red");
        world.pass(Duration.ofSeconds(10));
        assertThat(color()).isEqualTo("blue");
    }

    @Test
    void leavesAnObjectAloneThatDisablesReconciliation() throws Exception {
        world.pass(Duration.ofSeconds(5));
        paint("red");
        world.state().edit(SETTINGS, it -> {
            it.getMetadata().setAnnotations(Map.of("kustomize.toolkit.fluxcd.io/reconcile", "disabled"));
            return it;
        });
        world.pass(Duration.ofMinutes(10));
        assertThat(color()).isEqualTo("red");
    }

    @Test
    void revertsNothingWhileSuspended() throws Exception {
        world.pass(Duration.ofSeconds(5));
        suspend(true);
        paint("red");
        world.pass(Duration.ofMinutes(10));
        assertThat(color()).isEqualTo("red");
        suspend(false);
        world.pass(Duration.ofSeconds(5));
        assertThat(color()).isEqualTo("blue");
    }

    @Test
    void prunesWhatLeftTheRepository() throws Exception {
        world.pass(Duration.ofSeconds(5));
        repository.commit(
                Map.of("apps/kustomization.yaml", "resources: []".getBytes(StandardCharsets.UTF_8)),
                Set.of("apps/settings.yaml"),
                "gone",
                Instant.EPOCH);
        world.pass(Duration.ofSeconds(70));
        assertThat(color()).isEqualTo("none");
        assertThat(world.fake().events).contains("Normal Progressing ConfigMap/shop/settings deleted");
    }

    @Test
    void saysThatTheBuildFailedAndKeepsWhatRuns() throws Exception {
        world.pass(Duration.ofSeconds(5));
        repository.commit(
                Map.of("apps/kustomization.yaml", "resources: [missing.yaml]".getBytes(StandardCharsets.UTF_8)),
                Set.of(),
                "broken",
                Instant.EPOCH);
        world.pass(Duration.ofSeconds(70));
        assertThat(ready()).isEqualTo("False BuildFailed");
        assertThat(color()).isEqualTo("blue");
    }

    @Test
    void doesNothingWhileTheControllerIsGone() throws Exception {
        world.pass(Duration.ofSeconds(5));
        programs.forEach(Program::close);
        paint("red");
        world.pass(Duration.ofMinutes(10));
        assertThat(color()).isEqualTo("red");
        run("ghcr.io/fluxcd/source-controller:v1.9.4");
        run("ghcr.io/fluxcd/kustomize-controller:v1.9.4");
        world.pass(Duration.ofSeconds(40));
        assertThat(color()).isEqualTo("blue");
    }

    @Test
    void substitutesVariablesAndAddsMetadata() throws Exception {
        commit("color: '${tint:=grey}', size: '${size}'");
        world.state().edit(APPS, it -> {
            Map<String, Object> spec = it.get("spec");
            spec.put("postBuild", Map.of("substitute", Map.of("size", "large")));
            spec.put("commonMetadata", Map.of("labels", Map.of("team", "home")));
            return it;
        });
        world.pass(Duration.ofSeconds(70));
        GenericKubernetesResource settings = world.state().get(SETTINGS).orElseThrow();
        assertThat(settings.<Map<String, Object>>get("data"))
                .containsEntry("color", "grey")
                .containsEntry("size", "large");
        assertThat(settings.getMetadata().getLabels())
                .containsEntry("team", "home")
                .containsEntry("kustomize.toolkit.fluxcd.io/name", "apps");
    }

    @Test
    void waitsForWhatItDependsOn() throws Exception {
        world.state().edit(APPS, it -> {
            it.<Map<String, Object>>get("spec").put("dependsOn", List.of(Map.of("name", "infrastructure")));
            return it;
        });
        world.pass(Duration.ofSeconds(70));
        assertThat(ready()).isEqualTo("False DependencyNotReady");
        assertThat(color()).isEqualTo("none");
        create("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: infrastructure, namespace: flux-system}
                spec: {interval: 2m, path: ./apps, prune: false, sourceRef: {kind: GitRepository, name: homelab}}
                """);
        world.pass(Duration.ofSeconds(35));
        assertThat(ready()).isEqualTo("True ReconciliationSucceeded");
    }

    @Test
    void failsTheHealthCheckOfWhatNeverWorks() throws Exception {
        String job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: stuck, namespace: shop}\nspec: {}\n";
        repository.commit(
                Map.of("apps/job.yaml", job.getBytes(StandardCharsets.UTF_8)), Set.of(), "job", Instant.EPOCH);
        world.state().edit(APPS, it -> {
            it.<Map<String, Object>>get("spec").putAll(Map.of("wait", true, "timeout", "40s"));
            return it;
        });
        world.pass(Duration.ofSeconds(60));
        assertThat(ready()).isEqualTo("False HealthCheckFailed");
        assertThat(world.fake().events)
                .anyMatch(it -> it.contains("timeout waiting for: [Job/shop/stuck status: 'InProgress']"));
    }

    @Test
    void deletesItsInventoryWithTheKustomization() throws Exception {
        world.pass(Duration.ofSeconds(5));
        world.state().delete(APPS);
        world.pass(Duration.ofSeconds(5));
        assertThat(world.state().get(APPS)).isEmpty();
        assertThat(color()).isEqualTo("none");
    }

    @Test
    void saysWhyARepositoryCannotBeRead() throws Exception {
        server.remove("homelab");
        world.pass(Duration.ofSeconds(5));
        GenericKubernetesResource source = world.state()
                .get(new ObjectRef(Flux.GIT_REPOSITORY, "flux-system", "homelab"))
                .orElseThrow();
        List<Map<String, Object>> conditions = source.get("status", "conditions");
        assertThat(conditions)
                .anySatisfy(it -> assertThat(it)
                        .containsEntry("type", "FetchFailed")
                        .containsEntry("reason", "GitOperationFailed"));
        assertThat(ready()).isEqualTo("False ArtifactFailed");
    }
}
