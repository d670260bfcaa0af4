package dev.plumbline.simulation.system.velero;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/** A pod that was created again, and the PodVolumeBackups that its volumes are to be filled from. */
record RestoredPod(String namespace, String name, String sourceNamespace, List<GenericKubernetesResource> volumes) {}
