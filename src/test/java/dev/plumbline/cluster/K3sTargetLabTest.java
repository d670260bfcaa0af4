package dev.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.timing.Clock;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.timing.WallClock;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Verdict;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real API server: needs Docker and a node image, which PLUMBLINE_K3S_IMAGE names. */
final class K3sTargetLabTest {

    private static final String IMAGE = System.getenv("PLUMBLINE_K3S_IMAGE");
    private static final Kind CONFIG_MAP = new Kind("", "v1", "ConfigMap", "configmaps", true);
    private static final String PRELOADED = "docker.io/library/plumbline-preloaded:1";
    private static final Duration SOON = Duration.ofSeconds(60);

    private static K3sTarget target;

    @BeforeAll
    static void startOneNode(@TempDir Path archives) throws IOException, InterruptedException {
        if (IMAGE == null) {
            System.out.println("NOT RUN: K3sTargetLabTest needs a node image, PLUMBLINE_K3S_IMAGE is not set");
        }
        assumeTrue(IMAGE != null, "PLUMBLINE_K3S_IMAGE is not set");
        Clock clock = new WallClock();
        ImageArchive.write(archives.resolve("empty.tar"), PRELOADED);
        var began = clock.instant();
        target = K3sTarget.start(new K3sImage(IMAGE, Optional.of(archives)), "lab-test");
        System.out.println("MEASURED: start to ready "
                + Duration.between(began, clock.instant()).toMillis() + " ms, " + target.description());
    }

    @AfterAll
    static void removeIt() {
        if (target != null) {
            target.close();
        }
    }

    @Test
    void loadsTheImageArchivesOfADirectory() {
        assertThat(target.client().nodes().list().getItems().get(0).getStatus().getImages())
                .anyMatch(image -> image.getNames().contains(PRELOADED));
    }

    @Test
    void discoversTheKindsOfARealServer() {
        assertThat(target.kinds().named("Event").apiVersion()).isEqualTo("v1");
        assertThat(target.kinds().named("pods").kind()).isEqualTo("Pod");
        assertThat(target.kinds().named("hpa").apiVersion()).isEqualTo("autoscaling/v2");
        assertThat(target.kinds().named("deploy")).isEqualTo(target.kinds().of("apps/v1", "Deployment"));
    }

    @Test
    void runsCommandsInAPodAndReachesItsService() throws Exception {
        target.client().resource(pod("web")).create();
        await("pod web", "web");
        assertThat(target.run("default", "web", "echo out; echo err >&2; exit 3", SOON))
                .isEqualTo(new CommandResult(3, "out\n", "err\n"));
        assertThat(target.run("default", "web", "printf 'a+b &\\n'", SOON))
                .isEqualTo(new CommandResult(0, "a+b &\n", ""));
        assertThatThrownBy(() -> target.run("default", "web", "sleep 30", Duration.ofSeconds(1)))
                .isInstanceOf(Target.CommandNotRun.class)
                .hasMessageContaining("had not ended after 1 s");
        assertThatThrownBy(() -> target.run("default", "nobody", "true", SOON))
                .isInstanceOf(Target.CommandNotRun.class)
                .hasMessageContaining("no such pod");
        target.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("web")
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", "web")
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        assertThat(getOnceItAnswers(target.service("default", "web", 80))).contains("Welcome to nginx");
        assertThat(target.hostForPods()).matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void aGuardedClientWritesNothingThatIsForbidden() {
        var open = target.client().getConfiguration();
        Guard guard = new Guard(Access.READ_ONLY, "r", java.util.Set.of(), URI.create(open.getMasterUrl()));
        try (RemoteCluster guarded = new RemoteCluster(open, guard, new WallClock())) {
            assertThat(guarded.client().namespaces().list().getItems()).isNotEmpty();
            assertThatThrownBy(() -> guarded.client().resource(pod("forbidden")).create())
                    .isInstanceOf(Guard.Refused.class);
        }
        assertThat(target.client()
                        .pods()
                        .inNamespace("default")
                        .withName("forbidden")
                        .get())
                .isNull();
    }

    @Test
    void sweepLeavesTheNodeOfALivingProcess() {
        assertThat(K3sSweep.sweep()).noneMatch(line -> line.contains("lab-test"));
        assertThat(target.client().namespaces().list().getItems()).isNotEmpty();
    }

    private static String getOnceItAnswers(ServiceAddress address) throws IOException, InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().sslContext(address.tls().orElseThrow()).build();
        HttpRequest request = HttpRequest.newBuilder(address.base()).build();
        Probe<String> page = new Probe<>() {
            @Override
            public String subject() {
                return "the page";
            }

            @Override
            public Observation<String> look() {
                var at = target.clock().instant();
                try {
                    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                    return answer.statusCode() == 200
                            ? new Observation.Seen<>(answer.body(), "page", at)
                            : new Observation.Absent<>("HTTP " + answer.statusCode(), "page", at);
                } catch (IOException | InterruptedException e) {
                    return new Observation.Unreachable<>(e.toString(), "page", at);
                }
            }
        };
        assertThat(new Eventually(target.clock(), Limits.DEFAULT)
                        .within(SOON, page, new Expectation<>("a page", body -> true))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static io.fabric8.kubernetes.api.model.Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("nginx")
                .withImage("nginx:1.26.3")
                .endContainer()
                .withTerminationGracePeriodSeconds(0L)
                .endSpec()
                .build();
    }

    private static void await(String subject, String name) throws InterruptedException {
        Kind pod = target.kinds().named("Pod");
        ObjectRef ref = new ObjectRef(pod, "default", name);
        Probe<String> phase = new Probe<>() {
            @Override
            public String subject() {
                return subject;
            }

            @Override
            public Observation<String> look() {
                return target.feeds().get(ref).map(object -> String.valueOf(object.<Object>get("status", "phase")));
            }

            @Override
            public Optional<Subscription> onChange(Runnable changed) {
                return Optional.of(target.feeds().onChange(pod, changed));
            }
        };
        var judgement =
                new Eventually(target.clock(), Limits.DEFAULT).within(SOON, phase, Expectation.equalTo("Running"));
        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.PASS);
    }
}
