package dev.plumbline.action;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/** The two objects by which Flux starts to follow a repository, as {@code flux bootstrap} would make them. */
final class FluxSync {

    static final String NAMESPACE = "flux-system";
    static final String NAME = "flux-system";
    static final String SOURCE_KIND = "GitRepository.source.toolkit.fluxcd.io";
    static final String SYNC_KIND = "Kustomization.kustomize.toolkit.fluxcd.io";

    private static final String SOURCE = """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: {name: flux-system, namespace: flux-system}
            spec:
              interval: 1m
              timeout: 30s
              url: "%s"
              ref: {branch: main}
            """;

    private static final String SYNC = """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: flux-system, namespace: flux-system}
            spec:
              interval: 1m
              retryInterval: 30s
              path: "./%s"
              prune: true
              sourceRef: {kind: GitRepository, name: flux-system}
            """;

    private FluxSync() {}

    static List<GenericKubernetesResource> objects(String url, String path) {
        return List.of(
                Serialization.unmarshal(SOURCE.formatted(url), GenericKubernetesResource.class),
                Serialization.unmarshal(SYNC.formatted(path), GenericKubernetesResource.class));
    }
}
