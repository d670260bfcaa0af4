package dev.plumbline.gitops;

import dev.plumbline.yaml.YamlDocument;
import dev.plumbline.yaml.YamlException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The files that a kustomization may name: a tree, whose root nothing leaves. */
final class Source {
    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
    private static final Comparator<String> AS_A_WALK =
            (one, other) -> Arrays.compare(one.split("/"), other.split("/"));

    private final FileTree files;

    Source(FileTree files) {
        this.files = files;
    }

    /** A path as it is written in a file of a directory; the root is "". */
    Optional<String> resolve(String directory, String path) {
        Deque<String> steps = new ArrayDeque<>();
        for (String step : (directory + "/" + path).split("/")) {
            if (step.equals("..")) {
                if (steps.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return Optional.of(String.join("/", steps));
    }

    Optional<byte[]> file(String path) {
        return files.file(path);
    }

    boolean isDirectory(String path) {
        return files.isDirectory(path);
    }

    /** The kustomization file of a directory. */
    Optional<String> kustomization(String directory) throws KustomizeException {
        List<String> found = NAMES.stream()
                .map(it -> below(directory, it))
                .filter(path -> files.file(path).isPresent())
                .toList();
        if (found.size() > 1) {
            throw new KustomizeException(found + ": a directory may have one kustomization file");
        }
        return found.stream().findFirst();
    }

    /**
     * What stands for the kustomization file in a directory without one: its YAML files and those of the directories
     * below, and each directory below that has a kustomization file.
     */
    List<String> everything(String directory) throws KustomizeException {
        TreeSet<String> found = new TreeSet<>(AS_A_WALK);
        String prefix = directory.isEmpty() ? "" : directory + "/";
        for (String path : files.below(directory)) {
            if (path.endsWith(".yaml") || path.endsWith(".yml") || isNamed(path)) {
                found.add(ownerOf(prefix, path).orElse(path));
            }
        }
        return List.copyOf(found);
    }

    private static boolean isNamed(String path) {
        return NAMES.contains(path.substring(path.lastIndexOf('/') + 1));
    }

    private Optional<String> ownerOf(String prefix, String path) throws KustomizeException {
        for (int slash = path.indexOf('/', prefix.length()); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (kustomization(path.substring(0, slash)).isPresent()) {
                return Optional.of(path.substring(0, slash));
            }
        }
        return Optional.empty();
    }

    List<YamlDocument> documents(String path, byte[] content) throws KustomizeException {
        try {
            return YamlDocument.read(path, content);
        } catch (YamlException e) {
            throw new KustomizeException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The objects of a file; a List stands for its items. */
    List<Resource> objects(String path, byte[] content) throws KustomizeException {
        List<Resource> objects = new ArrayList<>();
        for (YamlDocument document : documents(path, content)) {
            String place = path + ":" + document.line();
            if (!(document.value() instanceof Map<?, ?>)) {
                throw new KustomizeException(place + ": expected a Kubernetes object, found something else");
            }
            add(objects, document.map(), path, place);
        }
        return objects;
    }

    private static void add(List<Resource> objects, Map<String, Object> object, String path, String place)
            throws KustomizeException {
        String kind = Fields.text(object, "kind")
                .filter(it -> !it.isEmpty())
                .orElseThrow(() -> new KustomizeException(place + ": the object has no kind"));
        if (kind.endsWith("List") && object.get("items") instanceof List<?> items) {
            for (Object item : items) {
                add(objects, Fields.asMap(item), path, place);
            }
            return;
        }
        Resource resource = new Resource(object, path);
        if (resource.identity().apiVersion().isEmpty()) {
            throw new KustomizeException(place + ": " + kind + " has no apiVersion");
        }
        if (resource.name().isEmpty()) {
            throw new KustomizeException(place + ": " + kind + " has no metadata.name");
        }
        objects.add(resource);
    }

    private static String below(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }
}
