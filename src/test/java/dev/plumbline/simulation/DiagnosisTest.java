package dev.plumbline.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.cluster.Kubeconfig;
import dev.plumbline.cluster.KubeconfigTarget;
import dev.plumbline.cluster.Target;
import dev.plumbline.probe.diagnosis.Diagnosis;
import dev.plumbline.profile.Profile;
import dev.plumbline.simulation.system.flux.FluxInstall;
import dev.plumbline.simulation.system.flux.FluxSystem;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Timeline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Diagnoses of a crashing workload and a Kustomization, where the API server answers as it should and where it does not. */
class DiagnosisTest {

    private static final About WEB = new About("Deployment", "shop", "web");

    private static final String CRASHING = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: keys, namespace: shop}
            stringData: {token: t0ken-of-the-shop}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                    - name: app
                      image: busybox
                      command: [sh, -c, "echo no ledger; exit 3"]
                      envFrom: [{secretRef: {name: keys}}]
            """;

    @TempDir
    private Path directory;

    private final Bed bed = new Bed(List.of(new FluxSystem()));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer proxy;
    private volatile Predicate<String> forbidden = path -> false;
    private volatile Predicate<String> hanging = path -> false;

    @BeforeEach
    void crash() throws IOException {
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setExecutor(threads);
        proxy.createContext("/", this::pass);
        proxy.start();
        bed.apply(CRASHING);
        bed.pass(Duration.ofMinutes(2));
    }

    @AfterEach
    void stop() {
        over.countDown();
        proxy.stop(0);
        threads.shutdownNow();
        bed.close();
    }

    private void pass(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try {
            if (hanging.test(path)) {
                over.await();
            }
            byte[] answer = "{\"kind\":\"Status\",\"code\":403,\"message\":\"no\"}".getBytes(StandardCharsets.UTF_8);
            int status = 403;
            if (!forbidden.test(path)) {
                URI there = bed.client.getMasterUrl().toURI().resolve(exchange.getRequestURI());
                HttpResponse<byte[]> response = HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(there).build(), HttpResponse.BodyHandlers.ofByteArray());
                status = response.statusCode();
                answer = response.body();
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException | java.net.URISyntaxException e) {
            throw new IOException(e);
        } finally {
            exchange.close();
        }
    }

    private Target throughTheProxy() throws Exception {
        Path kubeconfig = directory.resolve("kubeconfig");
        Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: u, user: {}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(proxy.getAddress().getPort()));
        return KubeconfigTarget.open(
                new Kubeconfig(kubeconfig, Optional.empty()), List.of(Profile.EMPTY), false, "diagnosis");
    }

    private static Diagnosis.Found diagnosis(Target target, About about) {
        return new Diagnosis(target).of(List.of(about), new Timeline());
    }

    private static String text(Diagnosis.Found found, String start) {
        return found.evidence().stream()
                .filter(evidence -> evidence.name().startsWith(start))
                .map(Evidence::text)
                .collect(Collectors.joining());
    }

    @Test
    void theSimulationIsDiagnosedAndItsTimeStandsStill() {
        Instant before = bed.cluster.now();

        Diagnosis.Found found = diagnosis(bed.cluster, WEB);

        assertThat(found.cause())
                .hasValueSatisfying(cause -> assertThat(cause)
                        .contains(
                                "container \"app\" .state.waiting.reason is CrashLoopBackOff",
                                "exitCode is 3",
                                "no ledger"));
        assertThat(text(found, "diagnosis.txt"))
                .contains("ReplicaSet \"web-", "Pod \"web-", "Events, newest first", "Nodes", "MemoryPressure=False");
        assertThat(text(found, "log-web-")).contains("no ledger");
        assertThat(bed.cluster.now()).isEqualTo(before);
    }

    @Test
    void aKustomizationNamesItsConditionAndItsSource() {
        FluxInstall.objects().forEach(bed::apply);
        bed.apply("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: homelab, namespace: flux-system}
                spec: {interval: 1m, url: "http://127.0.0.1:1/homelab.git", ref: {branch: main}}
                ---
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps, namespace: flux-system}
                spec: {interval: 2m, path: ./apps, prune: true, sourceRef: {kind: GitRepository, name: homelab}}
                """);
        bed.pass(Duration.ofMinutes(1));

        Diagnosis.Found found =
                diagnosis(bed.cluster, new About("Kustomization.kustomize.toolkit.fluxcd.io", "flux-system", "apps"));

        assertThat(found.cause())
                .hasValueSatisfying(cause -> assertThat(cause)
                        .startsWith("Kustomization \"apps\" .status.conditions[Ready] is False (ArtifactFailed"));
        assertThat(text(found, "diagnosis.txt")).contains("GitRepository \"homelab\" .status.conditions[");
    }

    @Test
    void whatIsForbiddenIsNamedAndLogsThatCannotBeMaskedAreNotKept() throws Exception {
        forbidden = path -> path.endsWith("/events") || path.endsWith("/secrets");
        try (Target target = throughTheProxy()) {
            Diagnosis.Found found = diagnosis(target, WEB);

            assertThat(found.cause())
                    .hasValueSatisfying(cause -> assertThat(cause).contains("exitCode is 3"));
            assertThat(text(found, "diagnosis.txt"))
                    .contains(
                            "the right \"list\" on events is missing in namespace \"shop\"",
                            "the right \"list\" on secrets is missing in namespace \"shop\"",
                            "not kept, since it uses Secrets that cannot be read");
            assertThat(text(found, "log-")).isEmpty();
        }
    }

    @Test
    void aServerThatHangsEndsInTenSecondsWithWhatThereWas() throws Exception {
        try (Target target = throughTheProxy()) {
            target.kinds().named("Deployment");
            hanging = path -> !path.endsWith("/deployments/web") && !path.endsWith("/pods");

            Diagnosis.Found found = assertTimeout(Duration.ofSeconds(10), () -> diagnosis(target, WEB));

            assertThat(text(found, "diagnosis.txt"))
                    .contains(
                            "Deployment \"web\" in namespace \"shop\"", "Available] is False", "no answer within 4 s");
        }
    }
}
