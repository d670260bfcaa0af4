package dev.plumbline.cluster;

import org.jspecify.annotations.Nullable;

/** One object of a cluster. The namespace is null for cluster-scoped kinds. */
public record ObjectRef(Kind kind, @Nullable String namespace, String name) {

    @Override
    public String toString() {
        return kind.kind() + " \"" + name + "\"" + (namespace == null ? "" : " in namespace \"" + namespace + "\"");
    }
}
