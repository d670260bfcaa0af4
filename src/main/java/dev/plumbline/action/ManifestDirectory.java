package dev.plumbline.action;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.gitops.FileTree;
import dev.plumbline.gitops.Kustomize;
import dev.plumbline.gitops.KustomizeException;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.NotMet;
import dev.plumbline.verdict.NotTried;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The objects of a directory: what its kustomization.yaml makes, or all its manifests where there is none. */
public final class ManifestDirectory {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ManifestDirectory() {}

    /** A kustomization may use its sibling directories, so the parent is the root of what may be read. */
    public static List<GenericKubernetesResource> objects(Path directory) {
        Path full = directory.toAbsolutePath().normalize();
        if (!Files.isDirectory(full)) {
            throw NotTried.blocked("there is no directory " + directory + " to apply manifests from");
        }
        Path parent = full.getParent();
        Path root = parent == null ? full : parent;
        try {
            return Kustomize.render(FileTree.of(root), root.relativize(full).toString()).stream()
                    .map(tree -> JSON.convertValue(tree, GenericKubernetesResource.class))
                    .toList();
        } catch (KustomizeException e) {
            throw new NotMet("the manifests in " + directory + " do not build: " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw new NotMeasured(String.valueOf(e.getMessage()), e);
        }
    }
}
