package dev.plumbline.simulation.api;

import dev.plumbline.cluster.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A resource that is served.
 *
 * @param traits {@code status} and {@code scale} subresources, {@code generation} when it is counted, {@code review} for
 *     those that are only created and never kept
 * @param crd the definition of a custom resource, null for built-in ones
 */
record Resource(
        Kind kind,
        String singular,
        List<String> shortNames,
        Set<String> traits,
        @Nullable CustomResource crd) {

    /** The name under which all versions are kept. */
    String id() {
        return kind.plural() + "." + kind.group();
    }

    /** The name in messages: {@code pods}, {@code deployments.apps}. */
    String qualified() {
        return kind.group().isEmpty() ? kind.plural() : id();
    }

    boolean has(String trait) {
        return traits.contains(trait);
    }

    boolean is(String kindName) {
        return crd == null && kind.kind().equals(kindName);
    }

    Shape shape() {
        return crd == null ? new NamedShape(kind.kind(), null) : crd.shape();
    }

    /** What has a status subresource, a main write cannot set. */
    boolean hasStatus() {
        return traits.contains("status");
    }
}
