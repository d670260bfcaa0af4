package dev.plumbline.bench;

import dev.plumbline.cluster.InformerFeeds;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
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
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * How long after an object's change its verdict is there: a wait is under way, somebody writes. Two numbers: from the
 * server's answer to the write (it has happened by then; a watch may even be faster than the answer), and from before the
 * write was sent, which is more than the true time. Argument: a kubeconfig whose namespace default may be written to.
 */
public final class WaitLatency {

    private static final int WARM_UP = 50;
    private static final int CHANGES = 200;
    private static final ObjectRef OBJECT =
            new ObjectRef(new Kind("", "v1", "ConfigMap", "configmaps", true), "default", "wait-latency");

    private WaitLatency() {}

    public static void main(String[] arguments) throws Exception {
        Config config = Config.fromKubeconfig(Files.readString(Path.of(arguments[0])));
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(config).build();
                InformerFeeds feeds = new InformerFeeds(client, new WallClock())) {
            double[] sinceAnswer = new double[CHANGES];
            double[] sinceSent = new double[CHANGES];
            for (int i = -WARM_UP; i < CHANGES; i++) {
                long[] times = once(client, feeds, threads, "value-" + i);
                if (i >= 0) {
                    sinceSent[i] = (times[2] - times[0]) / 1e6;
                    sinceAnswer[i] = Math.max(0, times[2] - times[1]) / 1e6;
                }
            }
            print("since the write's answer", sinceAnswer);
            print("since the write was sent", sinceSent);
            client.configMaps()
                    .inNamespace(OBJECT.namespace())
                    .withName(OBJECT.name())
                    .delete();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Before the write, after it, at the verdict. */
    private static long[] once(KubernetesClient client, InformerFeeds feeds, ExecutorService threads, String value)
            throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        long[] times = new long[3];
        Future<Judgement> wait = threads.submit(() -> {
            Judgement judged = new Eventually(new WallClock(), Limits.DEFAULT)
                    .within(Duration.ofSeconds(30), new Value(feeds, waiting), Expectation.equalTo(value));
            times[2] = System.nanoTime();
            return judged;
        });
        waiting.await();
        times[0] = System.nanoTime();
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(OBJECT.namespace())
                        .withName(OBJECT.name())
                        .endMetadata()
                        .addToData("k", value)
                        .build())
                .serverSideApply();
        times[1] = System.nanoTime();
        if (wait.get().verdict() != Verdict.PASS) {
            throw new IllegalStateException(wait.get().reason());
        }
        return times;
    }

    private static void print(String what, double[] milliseconds) {
        Arrays.sort(milliseconds);
        System.out.printf(
                Locale.ROOT,
                "%s: p50 %.1f ms, p95 %.1f ms, most %.1f ms (%d changes)%n",
                what,
                milliseconds[milliseconds.length / 2],
                milliseconds[milliseconds.length * 95 / 100],
                milliseconds[milliseconds.length - 1],
                milliseconds.length);
    }

    private record Value(InformerFeeds feeds, CountDownLatch waiting) implements Probe<String> {
        @Override
        public String subject() {
            return OBJECT.toString();
        }

        @Override
        public Observation<String> look() {
            return value(feeds.get(OBJECT));
        }

        @Override
        public Optional<Recording<String>> record(@Nullable Instant from, Runnable changed) {
            Recording<String> recording = feeds.record(OBJECT, from, changed).map(Value::value);
            waiting.countDown();
            return Optional.of(recording);
        }

        private static Observation<String> value(Observation<GenericKubernetesResource> seen) {
            return seen.map(object -> object.get("data", "k"));
        }
    }
}
