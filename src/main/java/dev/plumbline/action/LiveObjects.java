package dev.plumbline.action;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;

/** Single objects of a target, of whatever kind. */
record LiveObjects(Target target) {

    Resource<GenericKubernetesResource> handle(ObjectRef ref) {
        var all = target.client().genericKubernetesResources(ref.kind().context());
        return ref.kind().namespaced()
                ? all.inNamespace(ref.namespace()).withName(ref.name())
                : all.withName(ref.name());
    }

    Resource<GenericKubernetesResource> handle(ObjectRef ref, GenericKubernetesResource object) {
        var all = target.client().genericKubernetesResources(ref.kind().context());
        return ref.kind().namespaced() ? all.inNamespace(ref.namespace()).resource(object) : all.resource(object);
    }

    Optional<GenericKubernetesResource> read(ObjectRef ref) {
        return Optional.ofNullable(handle(ref).get());
    }

    /** The object without what the server sets. */
    static GenericKubernetesResource bare(GenericKubernetesResource object) {
        var copy = Serialization.clone(object);
        var metadata = copy.getMetadata();
        metadata.setResourceVersion(null);
        metadata.setUid(null);
        metadata.setCreationTimestamp(null);
        metadata.setGeneration(null);
        metadata.setManagedFields(null);
        metadata.setDeletionTimestamp(null);
        metadata.setDeletionGracePeriodSeconds(null);
        copy.getAdditionalProperties().remove("status");
        return copy;
    }
}
