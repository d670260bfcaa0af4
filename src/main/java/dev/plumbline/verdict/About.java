package dev.plumbline.verdict;

import org.jspecify.annotations.Nullable;

/**
 * The object that a look is about, so that a failure can be diagnosed where it happened. A namespace stands for what runs
 * in it.
 *
 * @param kind in the words of a step: {@code Deployment}, {@code Kustomization.kustomize.toolkit.fluxcd.io}
 * @param namespace null for cluster-scoped kinds
 */
public record About(String kind, @Nullable String namespace, String name) {

    @Override
    public String toString() {
        return kind + " \"" + name + "\"" + (namespace == null ? "" : " in namespace \"" + namespace + "\"");
    }
}
