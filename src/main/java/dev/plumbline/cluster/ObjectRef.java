package dev.plumbline.cluster;

import dev.plumbline.verdict.About;
import org.jspecify.annotations.Nullable;

/** One object of a cluster. The namespace is null for cluster-scoped kinds. */
public record ObjectRef(Kind kind, @Nullable String namespace, String name) {

    /** What a diagnosis is told. */
    public About about() {
        return new About(kind.kind() + (kind.group().isEmpty() ? "" : "." + kind.group()), namespace, name);
    }

    @Override
    public String toString() {
        return kind.kind() + " \"" + name + "\"" + (namespace == null ? "" : " in namespace \"" + namespace + "\"");
    }
}
