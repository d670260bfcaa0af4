package dev.plumbline.cluster;

import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Recording;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The live state of objects by kind, kept by one list and watch that all waits on the kind share. A look costs no request
 * once the kind is fed, except that every 35 seconds the server is asked for the list again, so that a watch that lost
 * events without a word cannot hide a change. While the server cannot be asked, looks are {@code Unreachable}.
 */
public interface Feeds extends AutoCloseable {

    /** The object as last seen. */
    Observation<GenericKubernetesResource> get(ObjectRef ref);

    /** The object as it is now, for who asks only once: where the kind is not fed, it costs one request and feeds nothing. */
    default Observation<GenericKubernetesResource> once(ObjectRef ref) {
        return get(ref);
    }

    /** All objects of a kind in a namespace (null: in all), in order of namespace and name. */
    Observation<List<GenericKubernetesResource>> list(Kind kind, @Nullable String namespace);

    /**
     * Every state of an object from a moment on.
     *
     * @param from null is now; what lies before the feed began or is no longer kept is {@code Unreachable}
     */
    Recording<GenericKubernetesResource> record(ObjectRef ref, @Nullable Instant from, Runnable changed);

    /** Calls back after each change of an object of this kind, until closed. Callbacks are short and never block. */
    Probe.Subscription onChange(Kind kind, Runnable changed);

    /**
     * Returns when every kind that is fed has been delivered up to a resource version.
     *
     * @param newestResourceVersion of the last change of any object of the kind; 0 for none
     * @throws dev.plumbline.verdict.NotMeasured when it cannot be seen
     */
    void awaitSeen(ToLongFunction<Kind> newestResourceVersion);

    /**
     * The same for one object, in all namespaces and in its own, whichever is fed: a look after our own write cannot see
     * the state before it.
     */
    void awaitSeen(ObjectRef ref, long resourceVersion);

    @Override
    void close();
}
