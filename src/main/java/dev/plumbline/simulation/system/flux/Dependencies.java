package dev.plumbline.simulation.system.flux;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Whether what a Kustomization depends on is ready, and at the same revision where it comes from the same source. */
record Dependencies(ClusterState state) {

    /** What is missing, in the controller's words. */
    Optional<String> missing(Spec spec, String revision) {
        return spec.list("dependsOn").stream()
                .map(dependency -> missing(spec, dependency, revision))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> missing(Spec spec, Map<String, Object> dependency, String revision) {
        String own = spec.object().getMetadata().getNamespace();
        String namespace = String.valueOf(dependency.getOrDefault("namespace", own));
        String name = String.valueOf(dependency.get("name"));
        String words = "dependency '" + namespace + "/" + name + "'";
        if (dependency.containsKey("readyExpr")) {
            return Optional.of("not simulated: readyExpr of " + words);
        }
        Optional<GenericKubernetesResource> found = state.get(new ObjectRef(Flux.KUSTOMIZATION, namespace, name));
        if (found.isEmpty()) {
            return Optional.of(
                    words + " not found: kustomizations.kustomize.toolkit.fluxcd.io \"" + name + "\" not found");
        }
        Number observed = found.get().get("status", "observedGeneration");
        boolean current = observed != null
                && observed.longValue()
                        == Objects.requireNonNullElse(found.get().getMetadata().getGeneration(), 0L);
        if (!current || !Status.isTrue(found.get(), "Ready")) {
            return Optional.of(words + " is not ready");
        }
        boolean sameSource = new Spec(found.get()).source().equals(spec.source());
        if (sameSource && !revision.equals(found.get().get("status", "lastAppliedRevision"))) {
            return Optional.of(words + " revision is not up to date");
        }
        return Optional.empty();
    }
}
