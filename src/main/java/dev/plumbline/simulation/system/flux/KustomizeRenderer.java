package dev.plumbline.simulation.system.flux;

import dev.plumbline.gitops.Kustomize;
import dev.plumbline.gitops.KustomizeException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/** The renderer that commits are checked with as well. */
final class KustomizeRenderer implements Renderer {

    @Override
    public List<GenericKubernetesResource> render(Map<String, byte[]> files, String directory) throws Build.Failed {
        try {
            return Kustomize.render(files, directory.isEmpty() ? "." : directory).stream()
                    .map(KustomizeRenderer::object)
                    .toList();
        } catch (KustomizeException e) {
            throw new Build.Failed("kustomize build failed: " + e.getMessage());
        }
    }

    private static GenericKubernetesResource object(Map<String, Object> tree) {
        return Serialization.unmarshal(Serialization.asJson(tree), GenericKubernetesResource.class);
    }
}
