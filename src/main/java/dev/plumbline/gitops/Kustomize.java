package dev.plumbline.gitops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Renders a directory of a Git repository to the objects that Flux's kustomize-controller would apply. A subset of
 * kustomize: what it does not know is refused by name, never left out.
 */
public final class Kustomize {

    private Kustomize() {}

    /**
     * @param files all files of the repository by path; a kustomization may refer to any of them
     * @param directory what to render, such as {@code apps/prod} or {@code ./apps/prod}; "." is the root
     * @return the objects as trees of maps and lists, in the order in which they are listed
     * @throws KustomizeException naming the file and what is wrong or not supported
     */
    public static List<Map<String, Object>> render(Map<String, byte[]> files, String directory)
            throws KustomizeException {
        return render(FileTree.of(files), directory);
    }

    /** The same for files that need not all be read. */
    public static List<Map<String, Object>> render(FileTree files, String directory) throws KustomizeException {
        Source source = new Source(files);
        String root = source.resolve("", directory)
                .filter(source::isDirectory)
                .orElseThrow(() -> new KustomizeException("no such directory in the repository: " + directory));
        List<Resource> resources = new Layers(source).render(root);
        for (Resource resource : resources) {
            if (resource.hashed()) {
                resource.remember();
                resource.rename(resource.name() + "-" + ContentHash.of(resource.object()));
            }
        }
        NameReferences.update(resources);
        List<Map<String, Object>> objects = new ArrayList<>();
        resources.forEach(it -> objects.add(it.object()));
        return objects;
    }
}
