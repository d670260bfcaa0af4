package dev.plumbline.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.SimulatedCluster;
import dev.plumbline.timing.Clock;
import dev.plumbline.verdict.NotMet;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run leaves behind on a cluster that outlives it: nothing. */
class UndoTest {

    private static final FieldPath COLOR = FieldPath.parse(".data.color");

    private final SimulatedCluster cluster =
            new SimulatedCluster(List.of(), Instant.parse("2026-01-01T00:00:00Z"), Set.of());
    private final Ledger ledger = new Ledger();
    private final ApplyManifests apply = new ApplyManifests(cluster, ledger, "run");
    private final ChangeObject change = new ChangeObject(cluster, ledger);
    private Clock.Presence presence;

    @BeforeEach
    void enter() {
        presence = cluster.clock().enter();
    }

    @AfterEach
    void leave() {
        presence.close();
        cluster.close();
    }

    @Test
    void aWriteThatWasRefusedLeavesNothingToTakeBack() throws InterruptedException {
        assertThatThrownBy(() -> apply.apply(List.of(settings("nowhere", "blue"))))
                .isInstanceOf(NotMet.class)
                .hasMessageContaining("nowhere");

        assertThat(ledger.undoAll()).isEmpty();
    }

    @Test
    void whatWasThereBeforeTheRunComesBackAsItWasThen() throws InterruptedException {
        cluster.client().resource(original()).create();

        apply.apply(List.of(settings("default", "green")));
        change.set(ref(), COLOR, "red");
        change.delete(ref());
        apply.apply(List.of(settings("default", "white")));

        assertThat(ledger.undoAll()).isEmpty();
        assertThat(now()).isNotNull().satisfies(map -> {
            assertThat(map.getData()).isEqualTo(Map.of("color", "blue"));
            assertThat(map.getMetadata().getLabels()).isNullOrEmpty();
        });
    }

    @Test
    void whatTheRunMadeGoesWhateverHappenedToItSince() throws InterruptedException {
        apply.apply(List.of(settings("default", "green")));
        change.set(ref(), COLOR, "red");
        change.delete(ref());

        assertThat(ledger.undoAll()).isEmpty();
        assertThat(now()).isNull();
    }

    @Test
    void whatWillNotGoIsNamed() throws InterruptedException {
        GenericKubernetesResource held = settings("default", "green");
        held.getMetadata().setFinalizers(List.of("example.com/never"));
        apply.apply(List.of(held));

        assertThat(ledger.undoAll())
                .singleElement()
                .asString()
                .contains("ConfigMap \"settings\"", "default", "example.com/never");
    }

    private @Nullable ConfigMap now() {
        return cluster.client()
                .configMaps()
                .inNamespace("default")
                .withName("settings")
                .get();
    }

    private ObjectRef ref() {
        return new ObjectRef(cluster.kinds().named("ConfigMap"), "default", "settings");
    }

    private static ConfigMap original() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("settings")
                .endMetadata()
                .addToData("color", "blue")
                .build();
    }

    private static GenericKubernetesResource settings(String namespace, String color) {
        return Serialization.unmarshal("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: %s}
                data: {color: %s}
                """.formatted(namespace, color), GenericKubernetesResource.class);
    }
}
