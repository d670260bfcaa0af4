package dev.plumbline.simulation;

import dev.plumbline.simulation.api.State;
import dev.plumbline.simulation.node.Nodes;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What a cluster has before anybody applies anything. */
final class FirstObjects {

    private final State state;
    private final InstantSource clock;

    FirstObjects(State state, InstantSource clock) {
        this.state = state;
        this.clock = clock;
    }

    void create() {
        for (String name : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
            state.create(new NamespaceBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .endMetadata()
                    .build());
        }
        state.create(Nodes.first(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()));
        state.create(new StorageClassBuilder()
                .withNewMetadata()
                .withName("local-path")
                .addToAnnotations("storageclass.kubernetes.io/is-default-class", "true")
                // as K3s sets it: Velero reads no files of volumes of type hostPath
                .addToAnnotations("defaultVolumeType", "local")
                .endMetadata()
                .withProvisioner("rancher.io/local-path")
                .withReclaimPolicy("Delete")
                .withVolumeBindingMode("WaitForFirstConsumer")
                .build());
        state.create(new ServiceBuilder()
                .withNewMetadata()
                .withName("kubernetes")
                .withNamespace("default")
                .addToLabels("component", "apiserver")
                .addToLabels("provider", "kubernetes")
                .endMetadata()
                .withNewSpec()
                .withClusterIP("10.43.0.1")
                .addNewPort()
                .withName("https")
                .withPort(443)
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .build());
    }
}
