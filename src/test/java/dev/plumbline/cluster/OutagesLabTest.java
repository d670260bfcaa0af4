package dev.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lab.LabNode;
import dev.plumbline.lab.Node;
import dev.plumbline.lab.Relay;
import dev.plumbline.lab.Trials;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.timing.Throughout;
import dev.plumbline.timing.WallClock;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Recording;
import dev.plumbline.verdict.Verdict;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The API server does not answer in the middle of waits of all kinds: the node is frozen, or the network to it is cut while
 * it goes on. No verdict may say what was not seen, and each names the gap.
 */
@ExtendWith(LabNode.class)
final class OutagesLabTest {

    private static final Kind CONFIG_MAP = new Kind("", "v1", "ConfigMap", "configmaps", true);
    private static final Duration BEFORE = Duration.ofSeconds(3);
    private static final Duration AFTER = Duration.ofSeconds(9);

    private final WallClock clock = new WallClock();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** The whole: two freezes and two cuts of 60 seconds each, in the middle of ten waits. */
    @Test
    void noVerdictIsFalseWhenTheNodeIsFrozen(Node node) throws Exception {
        for (int trial = 0; trial < Trials.count(1, 2); trial++) {
            try (Outage outage = new Outage(node)) {
                outage.run(node::freeze, node::thaw, false);
            }
        }
    }

    @Test
    void noVerdictIsFalseWhenTheNetworkIsCutAndTheClusterGoesOn(Node node) throws Exception {
        for (int trial = 0; trial < Trials.count(1, 2); trial++) {
            try (Outage outage = new Outage(node)) {
                outage.run(outage.relay::hold, outage.relay::release, true);
            }
        }
    }

    /** One outage: the namespace, the client behind a relay, and the waits. */
    private final class Outage implements AutoCloseable {

        private final String namespace = "outage-" + Long.toString(clock.millis(), 36);
        private final Duration down = Duration.ofSeconds(Trials.count(15, 60));
        private final Duration deadlineAfter = BEFORE.plus(down).plus(AFTER);
        private final KubernetesClient direct;
        private final Relay relay;
        private final KubernetesClient client;
        private final InformerFeeds feeds;
        private final Map<String, Future<Judgement>> waits = new LinkedHashMap<>();
        private final Map<String, Set<Verdict>> honest = new LinkedHashMap<>();

        Outage(Node node) throws Exception {
            direct = node.client();
            URI server = URI.create(direct.getConfiguration().getMasterUrl());
            relay = new Relay(server.getHost(), server.getPort());
            Config config = Config.fromKubeconfig(Files.readString(node.kubeconfig()));
            config.setMasterUrl("https://127.0.0.1:" + relay.port() + "/");
            client = new KubernetesClientBuilder().withConfig(config).build();
            // scaled with the outage: for one of 60 seconds the server is asked every 20, for 5 seconds
            feeds = new InformerFeeds(client, clock, down.dividedBy(3), down.dividedBy(12));
            direct.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .serverSideApply();
            for (String name : new String[] {"during", "after", "never", "holds", "broken", "gone", "brief"}) {
                put(name, "blue");
            }
        }

        private void put(String name, String value) {
            direct.resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName(name)
                            .endMetadata()
                            .addToData("k", value)
                            .build())
                    .serverSideApply();
        }

        void run(Runnable cut, Runnable mend, boolean clusterGoesOn) throws Exception {
            waits();
            LockSupport.parkNanos(BEFORE.toNanos());
            cut.run();
            try {
                LockSupport.parkNanos(down.dividedBy(2).toNanos());
                if (clusterGoesOn) {
                    change();
                }
                LockSupport.parkNanos(down.dividedBy(2).toNanos());
            } finally {
                mend.run();
            }
            if (!clusterGoesOn) {
                change();
            }
            LockSupport.parkNanos(AFTER.dividedBy(2).toNanos());
            put("after", "red");
            judge();
        }

        private void change() {
            put("during", "red");
            put("broken", "red");
            put("broken", "blue");
            put("brief", "red");
            put("brief", "blue");
            direct.configMaps().inNamespace(namespace).withName("gone").delete();
        }

        private void waits() {
            Duration inGap = BEFORE.plus(down.multipliedBy(2).dividedBy(3));
            wait("becomes true in the outage", Verdict.PASS, () -> eventually("during", "red", deadlineAfter));
            wait("becomes true after it", Verdict.PASS, () -> eventually("after", "red", deadlineAfter));
            wait("never becomes true", Verdict.FAIL, () -> eventually("never", "red", deadlineAfter));
            wait("ends in it, true later", Verdict.INCONCLUSIVE, () -> eventually("during", "red", inGap));
            wait("ends in it, never true", Verdict.INCONCLUSIVE, () -> eventually("never", "red", inGap));
            wait("stays true", Verdict.INCONCLUSIVE, () -> throughout("holds", "blue", deadlineAfter));
            wait("stays true, ends in it", Verdict.INCONCLUSIVE, () -> throughout("holds", "blue", inGap));
            wait("is broken for a moment", Verdict.FAIL, () -> throughout("broken", "blue", deadlineAfter));
            wait("goes away", Verdict.PASS, () -> eventually("gone", "absent", deadlineAfter));
            wait(
                    "was ever",
                    Verdict.PASS,
                    () -> new Eventually(clock, limits())
                            .ever(clock.instant(), deadlineAfter, new Value("brief"), Expectation.equalTo("red")));
        }

        private Limits limits() {
            return new Limits(Duration.ofMillis(500), down.dividedBy(3));
        }

        private void wait(String name, Verdict expected, Callable<Judgement> wait) {
            // what cannot be said is honest wherever the watch was lost for good; the opposite never is
            honest.put(name, EnumSet.of(expected, Verdict.INCONCLUSIVE));
            waits.put(name, threads.submit(wait));
        }

        private Judgement eventually(String name, String value, Duration limit) throws InterruptedException {
            return new Eventually(clock, limits()).within(limit, new Value(name), Expectation.equalTo(value));
        }

        private Judgement throughout(String name, String value, Duration span) throws InterruptedException {
            return new Throughout(clock, limits()).lasting(span, new Value(name), Expectation.equalTo(value));
        }

        private void judge() throws Exception {
            for (var wait : waits.entrySet()) {
                Judgement judged = wait.getValue().get();
                System.out.printf("%-28s %-12s %s%n", wait.getKey(), judged.verdict(), judged.reason());
                assertThat(judged.verdict())
                        .as(wait.getKey() + ": " + judged.reason())
                        .isIn(honest.get(wait.getKey()));
                assertThat(judged.timeline().gaps()).as(wait.getKey()).isPositive();
                assertThat(judged.reason()).contains("not observable for");
            }
        }

        private final class Value implements Probe<String> {
            private final ObjectRef ref;

            Value(String name) {
                this.ref = new ObjectRef(CONFIG_MAP, namespace, name);
            }

            @Override
            public String subject() {
                return ref.toString();
            }

            @Override
            public Observation<String> look() {
                return value(feeds.get(ref));
            }

            @Override
            public Optional<Recording<String>> record(@Nullable Instant from, Runnable changed) {
                return Optional.of(feeds.record(ref, from, changed).map(OutagesLabTest::value));
            }
        }

        @Override
        public void close() throws Exception {
            feeds.close();
            client.close();
            relay.close();
            direct.namespaces().withName(namespace).delete();
            direct.close();
        }
    }

    private static Observation<String> value(Observation<GenericKubernetesResource> seen) {
        return seen instanceof Observation.Absent<?>
                ? new Observation.Seen<>("absent", seen.source(), seen.at())
                : seen.map(object -> object.get("data", "k"));
    }
}
