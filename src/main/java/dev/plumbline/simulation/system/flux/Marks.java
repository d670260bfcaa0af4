package dev.plumbline.simulation.system.flux;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;

/** The labels and annotations by which Flux and people talk about one object. */
final class Marks {

    static final String NAME = "kustomize.toolkit.fluxcd.io/name";
    static final String NAMESPACE = "kustomize.toolkit.fluxcd.io/namespace";
    static final String RECONCILE = "kustomize.toolkit.fluxcd.io/reconcile";
    static final String PRUNE = "kustomize.toolkit.fluxcd.io/prune";
    static final String SSA = "kustomize.toolkit.fluxcd.io/ssa";
    static final String FORCE = "kustomize.toolkit.fluxcd.io/force";
    static final String SUBSTITUTE = "kustomize.toolkit.fluxcd.io/substitute";

    private Marks() {}

    /** Whether the object says so in a label or an annotation, in whatever letter case. */
    static boolean has(GenericKubernetesResource object, String key, String value) {
        return says(object.getMetadata().getAnnotations(), key, value)
                || says(object.getMetadata().getLabels(), key, value);
    }

    private static boolean says(Map<String, String> marks, String key, String value) {
        return marks != null && value.equalsIgnoreCase(marks.get(key));
    }

    /** The object as Flux's events name it: {@code Deployment/shop/web}. */
    static String words(GenericKubernetesResource object) {
        String namespace = object.getMetadata().getNamespace();
        return object.getKind() + "/" + (namespace == null || namespace.isEmpty() ? "" : namespace + "/")
                + object.getMetadata().getName();
    }
}
