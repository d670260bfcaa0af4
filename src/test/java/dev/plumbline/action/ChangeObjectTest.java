package dev.plumbline.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.SimulatedCluster;
import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeObjectTest {

    private static final FieldPath COLOR = FieldPath.parse(".data.color");

    private final SimulatedCluster cluster =
            new SimulatedCluster(List.of(), Instant.parse("2026-01-01T00:00:00Z"), Set.of());
    private final ObjectRef ref = new ObjectRef(cluster.kinds().of("v1", "ConfigMap"), "default", "settings");
    private final ChangeObject change = new ChangeObject(cluster, new Ledger());

    @BeforeEach
    void declare() {
        cluster.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("settings")
                        .endMetadata()
                        .withData(Map.of("color", "none", "size", "small"))
                        .build())
                .create();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    /** A wait that begins with the state before the change takes that for a verdict. */
    @Test
    void allThatIsLookedAtAfterAChangeIsOfTheChange() {
        for (int i = 0; i < 200; i++) {
            change.set(ref, COLOR, "color " + i);
            try (var recording = cluster.feeds().record(ref, null, () -> {})) {
                assertThat(recording.looks())
                        .extracting(ChangeObjectTest::color)
                        .containsOnly("color " + i);
            }
        }
    }

    @Test
    void whatWasSetIsTakenBackWithItsMarkUnlessSomebodyElseHasSetItSince() {
        change.set(ref, COLOR, "red");
        change.set(ref, FieldPath.parse(".data.added"), "by hand");
        change.set(ref, FieldPath.parse(".data.size"), "large");
        settings().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"size\":\"medium\"}}");

        change.takeBack();

        ConfigMap now = settings().get();
        assertThat(now.getData()).isEqualTo(Map.of("color", "none", "size", "medium"));
        assertThat(now.getMetadata().getManagedFields())
                .extracting(ManagedFieldsEntry::getManager)
                .doesNotContain(ChangeObject.MANAGER);
    }

    private Resource<ConfigMap> settings() {
        return cluster.client().configMaps().inNamespace("default").withName("settings");
    }

    private static Object color(Observation<GenericKubernetesResource> seen) {
        return COLOR.in(((Observation.Seen<GenericKubernetesResource>) seen)
                        .value()
                        .getAdditionalProperties())
                .orElse("not set");
    }
}
