package dev.plumbline.cluster;

import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a real cluster can do beyond the plain API, as far as its objects tell. */
final class Capabilities {

    private static final Kind NODE = new Kind("", "v1", "Node", "nodes", false);
    private static final FieldPath ALLOCATABLE = FieldPath.parse(".status.allocatable");

    private Capabilities() {}

    /** {@code flux} where its Kustomizations are served, {@code gpu} where a node offers one. */
    static Set<String> of(RemoteCluster cluster) {
        Set<String> found = new LinkedHashSet<>();
        if (servesFlux(cluster.kinds())) {
            found.add("flux");
        }
        if (cluster.feeds().list(NODE, null) instanceof Observation.Seen<List<GenericKubernetesResource>> nodes
                && nodes.value().stream().anyMatch(Capabilities::hasGpu)) {
            found.add("gpu");
        }
        return found;
    }

    private static boolean servesFlux(Kinds kinds) {
        try {
            kinds.of("kustomize.toolkit.fluxcd.io/v1", "Kustomization");
            return true;
        } catch (Kinds.UnknownKind e) {
            return false;
        }
    }

    private static boolean hasGpu(GenericKubernetesResource node) {
        return ALLOCATABLE
                .in(node.getAdditionalProperties())
                .map(resources -> ((Map<?, ?>) resources)
                        .keySet().stream().anyMatch(name -> name.toString().endsWith("/gpu")))
                .orElse(false);
    }
}
