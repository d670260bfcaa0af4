package dev.plumbline.simulation.system.flux;

import dev.plumbline.cluster.Kind;

/** Names that Flux's API fixes. */
final class Flux {

    static final Kind GIT_REPOSITORY =
            new Kind("source.toolkit.fluxcd.io", "v1", "GitRepository", "gitrepositories", true);
    static final Kind KUSTOMIZATION =
            new Kind("kustomize.toolkit.fluxcd.io", "v1", "Kustomization", "kustomizations", true);
    static final Kind HELM_RELEASE = new Kind("helm.toolkit.fluxcd.io", "v2", "HelmRelease", "helmreleases", true);
    static final String FINALIZER = "finalizers.fluxcd.io";
    static final String REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";

    private Flux() {}
}
