package dev.plumbline.cluster;

import dev.plumbline.lab.FaultProxy;
import dev.plumbline.timing.Bell;
import dev.plumbline.timing.Clock;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.timing.Throughout;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Recording;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Two waits of a second behind a fault proxy: one for what holds, one for what never comes. */
final class FaultyWaits implements AutoCloseable {

    private static final Kind CONFIG_MAP = new Kind("", "v1", "ConfigMap", "configmaps", true);
    private static final Duration LONG = Duration.ofSeconds(1);
    private static final Duration LATELY = Duration.ofMillis(600);
    private static final Duration ANSWERS = Duration.ofMillis(1900);

    private final FaultProxy proxy;
    private final Clock clock;
    private final String namespace;
    private final Writer writer;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private KubernetesClient client;
    private InformerFeeds feeds;
    private @Nullable Future<Judgement> stays;
    private @Nullable Future<Judgement> never;

    interface Writer {
        void put(String name, String value) throws Exception;
    }

    FaultyWaits(FaultProxy proxy, Clock clock, String namespace, Writer writer) {
        this.proxy = proxy;
        this.clock = clock;
        this.namespace = namespace;
        this.writer = writer;
        this.client = client(proxy);
        this.feeds = new InformerFeeds(client, clock, LATELY, ANSWERS);
    }

    private static KubernetesClient client(FaultProxy proxy) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(proxy.address())
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Feeds that know nothing yet. */
    void anew() {
        feeds.close();
        feeds = new InformerFeeds(client, clock, LATELY, ANSWERS);
    }

    /** Starts both waits, and returns when they have seen their objects. */
    void begin() throws Exception {
        put("holds", "blue");
        feeds.list(CONFIG_MAP, null);
        stays = threads.submit(() -> new Throughout(clock, new Limits(LATELY, LATELY))
                .lasting(LONG, new Value("holds"), Expectation.equalTo("blue")));
        never = threads.submit(() -> new Eventually(clock, new Limits(LATELY, LATELY))
                .within(LONG, new Value("holds"), Expectation.equalTo("green")));
        pass(Duration.ofMillis(200));
    }

    void put(String name, String value) throws Exception {
        writer.put(name, value);
    }

    void pass(Duration time) throws InterruptedException {
        clock.await(new Bell(), clock.instant().plus(time));
    }

    Judgement stays() throws InterruptedException, ExecutionException {
        return java.util.Objects.requireNonNull(stays).get();
    }

    Judgement never() throws InterruptedException, ExecutionException {
        return java.util.Objects.requireNonNull(never).get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        feeds.close();
        client.close();
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
            return Optional.of(feeds.record(ref, from, changed).map(FaultyWaits::value));
        }
    }

    private static Observation<String> value(Observation<GenericKubernetesResource> seen) {
        return seen.map(object -> object.get("data", "k"));
    }
}
