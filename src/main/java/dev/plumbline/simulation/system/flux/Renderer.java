package dev.plumbline.simulation.system.flux;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;

/** Renders the kustomization of a directory. */
interface Renderer {

    /** @throws Build.Failed with what is wrong and where */
    List<GenericKubernetesResource> render(Map<String, byte[]> files, String directory) throws Build.Failed;
}
