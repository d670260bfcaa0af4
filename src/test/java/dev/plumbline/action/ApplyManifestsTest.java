package dev.plumbline.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.SimulatedCluster;
import dev.plumbline.timing.Clock;
import dev.plumbline.verdict.NotMeasured;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApplyManifestsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SimulatedCluster cluster = new SimulatedCluster(List.of(), START, Set.of());
    private final ApplyManifests apply = new ApplyManifests(cluster, new Ledger(), "run");
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
    void aPodIsAppliedAtTheMomentWhenItsServiceAccountAppears() throws InterruptedException {
        Duration late = Duration.ofMillis(1234);
        cluster.world()
                .clock()
                .after(
                        late,
                        () -> cluster.world()
                                .state()
                                .create(new ServiceAccountBuilder()
                                        .withNewMetadata()
                                        .withName("late")
                                        .withNamespace("default")
                                        .endMetadata()
                                        .build()));

        List<ObjectRef> applied = apply.apply(List.of(pod("default", "late")));

        assertThat(applied).hasSize(1);
        assertThat(cluster.client().pods().withName("lone").get()).isNotNull();
        assertThat(cluster.clock().instant()).isEqualTo(START.plus(late));
    }

    @Test
    void aServiceAccountThatNeverAppearsIsNoMissingRight() {
        assertThatThrownBy(() -> apply.apply(List.of(pod("default", "nobody"))))
                .isInstanceOf(NotMeasured.class)
                .hasMessageContaining("ServiceAccount \"nobody\" in namespace \"default\" is not there")
                .hasMessageContaining("within 30.0 s")
                .hasMessageNotContaining("permission");
    }

    @Test
    void whatTheServerDoesNotAdmitIsNoMissingRight() {
        GenericKubernetesResource namespace = object("v1", "Namespace", "going", null);
        namespace.getMetadata().setFinalizers(List.of("example.com/held"));
        cluster.client().resource(namespace).create();
        cluster.client().namespaces().withName("going").delete();

        assertThatThrownBy(() -> apply.apply(List.of(object("v1", "ConfigMap", "settings", "going"))))
                .isInstanceOf(NotMeasured.class)
                .hasMessageContaining("is being terminated")
                .hasMessageNotContaining("permission");
    }

    @Test
    void intoANamespaceThatIsNotThereNothingIsMeasured() {
        assertThatThrownBy(() -> apply.apply(List.of(object("v1", "ConfigMap", "settings", "nowhere"))))
                .isInstanceOf(NotMeasured.class)
                .hasMessageContaining("namespaces \"nowhere\" not found")
                .hasMessageContaining("apply the namespace before");
    }

    private static GenericKubernetesResource pod(String namespace, String account) {
        GenericKubernetesResource pod = object("v1", "Pod", "lone", namespace);
        pod.setAdditionalProperty(
                "spec",
                Map.of(
                        "serviceAccountName",
                        account,
                        "containers",
                        List.of(Map.of("name", "app", "image", "busybox:1.36"))));
        return pod;
    }

    private static GenericKubernetesResource object(
            String apiVersion, String kind, String name, @Nullable String namespace) {
        GenericKubernetesResource object = Serialization.unmarshal(
                "apiVersion: %s\nkind: %s\nmetadata: {name: %s}".formatted(apiVersion, kind, name),
                GenericKubernetesResource.class);
        object.getMetadata().setNamespace(namespace);
        return object;
    }
}
