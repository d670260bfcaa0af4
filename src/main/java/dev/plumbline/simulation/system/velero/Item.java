package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.Kind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.Objects;

/** An object in a backup. */
record Item(Kind kind, GenericKubernetesResource object) {

    String namespace() {
        return Objects.requireNonNullElse(object.getMetadata().getNamespace(), "");
    }

    String name() {
        return object.getMetadata().getName();
    }

    Map<String, String> labels() {
        return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
    }

    Map<String, String> annotations() {
        return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
    }

    boolean is(String kindName) {
        return kind.kind().equals(kindName);
    }

    String words() {
        return Selection.resource(kind) + " " + (namespace().isEmpty() ? "" : namespace() + "/") + name();
    }
}
