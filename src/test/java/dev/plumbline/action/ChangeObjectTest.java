package dev.plumbline.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.SimulatedCluster;
import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangeObjectTest {

    private static final FieldPath COLOR = FieldPath.parse(".data.color");

    /** A wait that begins with the state before the change takes that for a verdict. */
    @Test
    void allThatIsLookedAtAfterAChangeIsOfTheChange() {
        try (SimulatedCluster cluster =
                new SimulatedCluster(List.of(), Instant.parse("2026-01-01T00:00:00Z"), Set.of())) {
            ObjectRef ref = new ObjectRef(cluster.kinds().of("v1", "ConfigMap"), "default", "settings");
            cluster.client()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withNamespace("default")
                            .withName("settings")
                            .endMetadata()
                            .withData(Map.of("color", "none"))
                            .build())
                    .create();
            ChangeObject change = new ChangeObject(cluster, new Ledger());
            for (int i = 0; i < 200; i++) {
                change.set(ref, COLOR, "color " + i);
                try (var recording = cluster.feeds().record(ref, null, () -> {})) {
                    assertThat(recording.looks())
                            .extracting(ChangeObjectTest::color)
                            .containsOnly("color " + i);
                }
            }
        }
    }

    private static Object color(Observation<GenericKubernetesResource> seen) {
        return COLOR.in(((Observation.Seen<GenericKubernetesResource>) seen)
                        .value()
                        .getAdditionalProperties())
                .orElse("not set");
    }
}
