package dev.plumbline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GarbageCollectionTest {

    private final Bed bed = new Bed();

    @BeforeEach
    void createOwnerAndDependent() {
        ConfigMap owner = create(
                new ConfigMapBuilder().withNewMetadata().withName("owner").endMetadata());
        create(new ConfigMapBuilder()
                .withNewMetadata()
                .withName("dependent")
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName("owner")
                .withUid(owner.getMetadata().getUid())
                .withBlockOwnerDeletion(true)
                .endOwnerReference()
                .endMetadata());
        bed.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private ConfigMap create(ConfigMapBuilder builder) {
        return bed.client.resource(builder.build()).inNamespace("default").create();
    }

    private ConfigMap get(String name) {
        return bed.client.configMaps().inNamespace("default").withName(name).get();
    }

    private void deleteOwner(DeletionPropagation policy) {
        bed.client
                .configMaps()
                .inNamespace("default")
                .withName("owner")
                .withPropagationPolicy(policy)
                .delete();
    }

    @Test
    void backgroundTakesTheDependentLater() {
        deleteOwner(DeletionPropagation.BACKGROUND);
        assertThat(get("owner")).isNull();
        assertThat(get("dependent")).isNotNull();
        bed.pass(Duration.ofSeconds(1));
        assertThat(get("dependent")).isNull();
    }

    @Test
    void foregroundTakesTheDependentFirst() {
        deleteOwner(DeletionPropagation.FOREGROUND);
        assertThat(get("owner").getMetadata().getFinalizers()).containsExactly("foregroundDeletion");
        bed.pass(Duration.ofSeconds(1));
        assertThat(get("dependent")).isNull();
        assertThat(get("owner")).isNull();
    }

    @Test
    void orphanLeavesTheDependentWithoutItsOwner() {
        deleteOwner(DeletionPropagation.ORPHAN);
        bed.pass(Duration.ofSeconds(1));
        assertThat(get("owner")).isNull();
        assertThat(get("dependent").getMetadata().getOwnerReferences()).isEmpty();
    }

    @Test
    void anObjectWhoseOwnerNeverWasIsCollected() {
        create(new ConfigMapBuilder()
                .withNewMetadata()
                .withName("lost")
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName("nobody")
                .withUid("00000000-0000-0000-0000-000000000000")
                .endOwnerReference()
                .endMetadata());
        bed.pass(Duration.ofSeconds(1));
        assertThat(get("lost")).isNull();
    }
}
