package dev.plumbline.simulation.system.flux;

import dev.plumbline.gitops.Snapshot;
import dev.plumbline.simulation.ClusterState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** From the files of a revision to the objects that are applied: kustomize, substitution, common metadata, owner labels. */
final class Build {

    private final ClusterState state;
    private final Renderer renderer;

    Build(ClusterState state, Renderer renderer) {
        this.state = state;
        this.renderer = renderer;
    }

    /** @param text the objects as they were built, for the digest of the history */
    record Result(List<GenericKubernetesResource> objects, String text) {}

    /** @throws Failed when the manifests cannot be built */
    Result objects(Spec spec, Snapshot artifact) throws Failed {
        refuseNotSimulated(spec);
        Map<String, byte[]> files = new Overlay(spec).files(artifact.files());
        Substitution substitution = Substitution.of(spec, state);
        List<GenericKubernetesResource> objects = new ArrayList<>();
        for (GenericKubernetesResource object : renderer.render(files, spec.path())) {
            if (object.getKind() == null
                    || object.getApiVersion() == null
                    || object.getMetadata() == null
                    || object.getMetadata().getName() == null) {
                throw new Failed("failed to decode Kubernetes apiVersion, kind and name from: "
                        + Serialization.asYaml(object).strip());
            }
            objects.add(substitution.in(object));
        }
        String text = objects.stream().map(Serialization::asYaml).collect(Collectors.joining("---\n"));
        objects.forEach(object -> mark(object, spec));
        return new Result(objects, text);
    }

    private static void refuseNotSimulated(Spec spec) throws Failed {
        for (String field : List.of("decryption", "kubeConfig", "healthCheckExprs", "ignore")) {
            if (spec.object().get("spec", field) != null) {
                throw new Failed("not simulated: spec." + field);
            }
        }
    }

    private static void mark(GenericKubernetesResource object, Spec spec) {
        Map<String, String> labels = copy(object.getMetadata().getLabels());
        labels.putAll(spec.strings("commonMetadata", "labels"));
        labels.put(Marks.NAME, spec.object().getMetadata().getName());
        labels.put(Marks.NAMESPACE, spec.object().getMetadata().getNamespace());
        object.getMetadata().setLabels(labels);
        Map<String, String> annotations = copy(object.getMetadata().getAnnotations());
        annotations.putAll(spec.strings("commonMetadata", "annotations"));
        object.getMetadata().setAnnotations(annotations);
    }

    private static Map<String, String> copy(Map<String, String> marks) {
        return marks == null ? new LinkedHashMap<>() : new LinkedHashMap<>(marks);
    }

    /** The manifests cannot be built. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }
}
