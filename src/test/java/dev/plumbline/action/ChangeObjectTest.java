package dev.plumbline.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.SimulatedCluster;
import dev.plumbline.timing.Clock;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangeObjectTest {

    private static final FieldPath COLOR = FieldPath.parse(".data.color");

    /** Else "someone changes it, then it has the old value" would pass. Without it, most of these looks are too early. */
    @Test
    void aLookAfterAChangeNeverSeesTheStateBeforeIt() {
        try (SimulatedCluster cluster =
                        new SimulatedCluster(List.of(), Instant.parse("2026-01-01T00:00:00Z"), Set.of());
                Clock.Presence presence = cluster.clock().enter()) {
            cluster.client()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("settings")
                            .endMetadata()
                            .addToData("color", "blue")
                            .build())
                    .create();
            ObjectRef settings = new ObjectRef(cluster.kinds().named("ConfigMap"), "default", "settings");
            cluster.feeds().get(settings);
            ChangeObject change = new ChangeObject(cluster, new Ledger());

            for (int number = 0; number < 50; number++) {
                change.set(settings, COLOR, "color " + number);

                assertThat(cluster.feeds()
                                .get(settings)
                                .map(object -> COLOR.in(object.getAdditionalProperties())
                                        .orElseThrow()))
                        .hasToString("color " + number);
            }
        }
    }
}
