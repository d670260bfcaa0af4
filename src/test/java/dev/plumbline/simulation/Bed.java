package dev.plumbline.simulation;

import dev.plumbline.timing.Bell;
import dev.plumbline.timing.Clock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A simulated cluster for a test, with waits in its time. */
final class Bed implements AutoCloseable {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final SimulatedCluster cluster;
    final KubernetesClient client;
    private final Clock.Presence presence;

    Bed(String... missingImages) {
        this(List.of(), missingImages);
    }

    Bed(List<SimulatedSystem> systems, String... missingImages) {
        cluster = new SimulatedCluster(systems, START, Set.of(missingImages));
        client = cluster.client();
        presence = cluster.clock().enter();
    }

    /** Applies YAML documents. */
    void apply(String yaml) {
        client.load(new java.io.ByteArrayInputStream(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .items()
                .forEach(this::apply);
    }

    void apply(HasMetadata object) {
        client.resource(object).fieldManager("test").forceConflicts().serverSideApply();
    }

    void pass(Duration time) {
        Instant end = cluster.clock().instant().plus(time);
        try {
            cluster.clock().await(new Bell(), end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits in steps of 100 virtual milliseconds; returns how long it took. */
    Duration until(Duration limit, BooleanSupplier condition) {
        Instant start = cluster.clock().instant();
        while (!condition.getAsBoolean()) {
            Duration waited = Duration.between(start, cluster.clock().instant());
            if (waited.compareTo(limit) > 0) {
                throw new AssertionError("not within " + limit);
            }
            pass(Duration.ofMillis(100));
        }
        return Duration.between(start, cluster.clock().instant());
    }

    @Override
    public void close() {
        presence.close();
        cluster.close();
    }
}
