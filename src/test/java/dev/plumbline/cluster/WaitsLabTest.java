package dev.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lab.FaultProxy;
import dev.plumbline.lab.LabNode;
import dev.plumbline.lab.Node;
import dev.plumbline.lab.Trials;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.timing.WallClock;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Recording;
import dev.plumbline.verdict.Verdict;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What waits cost a real API server, by its own audit log, and what they say when it is not well. */
@ExtendWith(LabNode.class)
final class WaitsLabTest {

    private static final Kind CONFIG_MAP = new Kind("", "v1", "ConfigMap", "configmaps", true);
    private static final ObjectRef ROOT = new ObjectRef(CONFIG_MAP, "default", "kube-root-ca.crt");

    private final WallClock clock = new WallClock();

    @Test
    void tenWaitsOfAMinuteOnAKindCostFiveRequestsTogether(Node node) throws Exception {
        // the machine may be slow: threads that begin within seconds of each other are together all the same
        Duration minute = Duration.ofSeconds(Trials.count(18, 60));
        Duration lately = minute.multipliedBy(7).dividedBy(12);
        String agent = "plumbline-waits-" + clock.millis();
        Config config = Config.fromKubeconfig(Files.readString(node.kubeconfig()));
        config.setUserAgent(agent);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(config).build();
                InformerFeeds feeds = new InformerFeeds(client, clock, lately, Duration.ofSeconds(9))) {
            Instant start = clock.instant();
            List<Future<Judgement>> waits = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                waits.add(threads.submit(() -> new Eventually(clock, new Limits(lately, lately))
                        .since(start, minute, new Name(feeds), Expectation.equalTo("never"))));
            }
            for (Future<Judgement> wait : waits) {
                assertThat(wait.get().verdict()).isEqualTo(Verdict.FAIL);
            }
        } finally {
            threads.shutdownNow();
        }
        List<String> asked = node.auditLog()
                .lines()
                .filter(line -> line.contains(agent) && line.contains("\"stage\":\"ResponseComplete\""))
                .map(line -> line.replaceAll(".*\"verb\":\"(\\w+)\".*", "$1"))
                .toList();
        System.out.println("ten waits of " + minute + " on one kind: " + asked);
        assertThat(asked).hasSizeBetween(3, 5).contains("list", "watch").containsOnly("list", "watch");
        assertThat(asked.stream().filter("watch"::equals)).hasSize(1);
    }

    @Test
    void noVerdictIsFalseWhenARealServerIsNotWell(Node node) throws Exception {
        try (KubernetesClient direct = node.client();
                FaultProxy proxy = new FaultProxy(
                        URI.create(direct.getMasterUrl().toString()), SSLUtils.sslContext(direct.getConfiguration()));
                FaultyWaits waits = new FaultyWaits(proxy, clock, "default", (name, value) -> put(direct, value))) {
            for (int status : new int[] {429, 500}) {
                waits.begin();
                proxy.refuse(status);
                inconclusive(waits, "answered " + status);
                proxy.well();
                waits.anew();
            }
            waits.begin();
            proxy.slow(Duration.ofSeconds(3));
            inconclusive(waits, "does not answer within");
            proxy.well();
            waits.anew();

            waits.begin();
            proxy.reset();
            inconclusive(waits, "cannot be reached");
            proxy.well();
            waits.anew();

            for (Runnable ending : List.<Runnable>of(proxy::breakWatches, proxy::resetOnce)) {
                waits.begin();
                ending.run();
                put(direct, "red");
                put(direct, "blue");
                assertThat(waits.stays().verdict()).as(waits.stays().reason()).isEqualTo(Verdict.FAIL);
                assertThat(waits.never().verdict()).isEqualTo(Verdict.FAIL);
                waits.anew();
            }

            waits.begin();
            proxy.swallowEvents();
            put(direct, "red");
            put(direct, "blue");
            proxy.expireWatches();
            proxy.well();
            assertThat(waits.stays().verdict()).as(waits.stays().reason()).isEqualTo(Verdict.INCONCLUSIVE);
            direct.configMaps().inNamespace("default").withName("holds").delete();
        }
    }

    private static void inconclusive(FaultyWaits waits, String why) throws Exception {
        for (Judgement judged : List.of(waits.stays(), waits.never())) {
            System.out.println(judged.verdict() + " " + judged.reason());
            assertThat(judged.verdict()).as(judged.reason()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judged.reason()).contains("not observable for", why);
        }
    }

    private static void put(KubernetesClient client, String value) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("holds")
                        .endMetadata()
                        .addToData("k", value)
                        .build())
                .serverSideApply();
    }

    private record Name(InformerFeeds feeds) implements Probe<String> {
        @Override
        public String subject() {
            return ROOT.toString();
        }

        @Override
        public Observation<String> look() {
            return feeds.get(ROOT).map(object -> object.getMetadata().getName());
        }

        @Override
        public Optional<Recording<String>> record(@Nullable Instant from, Runnable changed) {
            return Optional.of(feeds.record(ROOT, from, changed)
                    .map(seen -> seen.map(object -> object.getMetadata().getName())));
        }
    }
}
