package dev.plumbline.cluster;

import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.Map;

/** What a real cluster can do beyond the plain API, as far as its objects tell. */
final class Capabilities {

    private static final Kind NODE = new Kind("", "v1", "Node", "nodes", false);
    private static final FieldPath ALLOCATABLE = FieldPath.parse(".status.allocatable");

    private Capabilities() {}

    /** {@code flux} where its Kustomizations are served, {@code gpu} where a node offers one; none other. */
    static Observation<Boolean> offered(RemoteCluster cluster, String capability, Instant now) {
        return switch (capability) {
            case "flux" -> new Observation.Seen<>(servesFlux(cluster.kinds()), "the API server", now);
            case "gpu" ->
                cluster.feeds().list(NODE, null).map(nodes -> nodes.stream().anyMatch(Capabilities::hasGpu));
            default -> new Observation.Seen<>(false, "the target", now);
        };
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
