package dev.plumbline.simulation;

import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The API server's state for the models inside the JVM. The rules are those of the HTTP side (defaults, generation,
 * ownership, conflicts, finalizers); a refusal is a {@code KubernetesClientException} with the status a client would get.
 */
public interface ClusterState {

    <T extends HasMetadata> Optional<T> get(Class<T> type, @Nullable String namespace, String name);

    /** All of a kind, in a namespace or (null) everywhere. */
    <T extends HasMetadata> List<T> list(Class<T> type, @Nullable String namespace);

    Optional<GenericKubernetesResource> get(ObjectRef ref);

    List<GenericKubernetesResource> list(Kind kind, @Nullable String namespace);

    <T extends HasMetadata> T create(T object);

    /** Server-side apply. */
    GenericKubernetesResource apply(HasMetadata object, String fieldManager, boolean force);

    /** Server-side apply that changes nothing and returns what would be. */
    GenericKubernetesResource dryRunApply(HasMetadata object, String fieldManager, boolean force);

    /** Changes everything but the status; absent when the object is gone. The editor may be called again on a conflict. */
    <T extends HasMetadata> Optional<T> edit(
            Class<T> type, @Nullable String namespace, String name, UnaryOperator<T> editor);

    /** Changes the status only. */
    <T extends HasMetadata> Optional<T> editStatus(
            Class<T> type, @Nullable String namespace, String name, UnaryOperator<T> editor);

    Optional<GenericKubernetesResource> edit(ObjectRef ref, UnaryOperator<GenericKubernetesResource> editor);

    Optional<GenericKubernetesResource> editStatus(ObjectRef ref, UnaryOperator<GenericKubernetesResource> editor);

    /** Deletes with background propagation; false when it was not there. */
    boolean delete(ObjectRef ref);

    /** Tells of each change of any object, in order, right after it was made. The listener must not block. */
    Probe.Subscription onChange(Consumer<Change> listener);

    /** Writes a core/v1 Event about an object. */
    void event(HasMetadata about, String type, String reason, String message, String component);

    /** The kinds that are served, custom ones among them. */
    Optional<Kind> kind(String apiVersion, String kind);

    /** What happened to an object. */
    record Change(Type type, ObjectRef ref, GenericKubernetesResource object) {
        /** As a watch says it. */
        public enum Type {
            ADDED,
            MODIFIED,
            DELETED
        }
    }
}
