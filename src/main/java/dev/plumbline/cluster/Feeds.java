package dev.plumbline.cluster;

import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The live state of objects by kind, kept by one list and watch that all waits on the kind share. A look costs no request
 * once the kind is fed. A lost watch lists again; while the server cannot be asked, looks are {@code Unreachable}.
 */
public interface Feeds extends AutoCloseable {

    /** The object as last seen. */
    Observation<GenericKubernetesResource> get(ObjectRef ref);

    /** All objects of a kind in a namespace (null: in all), in order of namespace and name. */
    Observation<List<GenericKubernetesResource>> list(Kind kind, @Nullable String namespace);

    /** Calls back after each change of an object of this kind, until closed. Callbacks are short and never block. */
    Probe.Subscription onChange(Kind kind, Runnable changed);

    /**
     * Returns when every kind that is fed has been delivered up to a resource version, so that a look after our own write
     * cannot see the state before it.
     *
     * @param newestResourceVersion of the last change of any object of the kind; 0 for none
     */
    void awaitSeen(ToLongFunction<Kind> newestResourceVersion);

    @Override
    void close();
}
