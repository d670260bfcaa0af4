package dev.plumbline.gitops;

import dev.plumbline.yaml.YamlDocument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds kustomizations on top of those that they name. */
final class Layers {
    private static final Set<String> FIELDS = Set.of(
            "apiVersion",
            "kind",
            "metadata",
            "resources",
            "bases",
            "components",
            "namespace",
            "namePrefix",
            "nameSuffix",
            "labels",
            "commonLabels",
            "commonAnnotations",
            "images",
            "replicas",
            "configMapGenerator",
            "secretGenerator",
            "generatorOptions",
            "patches",
            "patchesStrategicMerge",
            "patchesJson6902");

    private final Source source;
    private final Deque<String> open = new ArrayDeque<>();
    private int layers;

    Layers(Source source) {
        this.source = source;
    }

    List<Resource> render(String directory) throws KustomizeException {
        List<Resource> resources = new ArrayList<>();
        if (source.kustomization(directory).isPresent()) {
            layer(directory, resources, "Kustomization");
            return resources;
        }
        for (String path : source.everything(directory)) {
            add(path, resources);
        }
        if (resources.isEmpty()) {
            throw new KustomizeException(
                    (directory.isEmpty() ? "the root" : directory) + " has no kustomization.yaml and no objects");
        }
        return resources;
    }

    /** @param resources what is there already: nothing, or what a component is laid over */
    private void layer(String directory, List<Resource> resources, String kind) throws KustomizeException {
        if (open.contains(directory)) {
            throw new KustomizeException(
                    directory + " refers to itself: " + String.join(" -> ", open) + " -> " + directory);
        }
        open.addLast(directory);
        Settings settings = read(directory, kind);
        for (String field : List.of("resources", "bases")) {
            for (String path : settings.texts(field)) {
                add(named(settings, directory, field, path), resources);
            }
        }
        new Generators(source, directory, settings).addTo(resources);
        for (String path : settings.texts("components")) {
            layer(named(settings, directory, "components", path), resources, "Component");
        }
        Patches patches = new Patches(source, directory, settings);
        patches.apply(resources);
        Transformations.apply(settings, resources);
        patches.applyLegacyJson(resources);
        Transformations.applyLast(settings, resources);
        refuseTwins(resources);
        layers++;
        resources.forEach(it -> it.passed(layers));
        open.removeLast();
    }

    private Settings read(String directory, String kind) throws KustomizeException {
        Optional<String> file = source.kustomization(directory);
        if (file.isEmpty()) {
            throw new KustomizeException(directory + " has no kustomization.yaml");
        }
        List<YamlDocument> documents =
                source.documents(file.get(), source.file(file.get()).orElseThrow());
        if (documents.size() != 1) {
            throw new KustomizeException(file.get() + ": expected one document, found " + documents.size());
        }
        Settings settings = Settings.of(file.get(), documents.get(0));
        settings.only(FIELDS);
        String found = settings.text("kind").orElse("Kustomization");
        if (!found.equals(kind)) {
            throw settings.error("kind", "expected kind " + kind + ", found " + found);
        }
        return settings;
    }

    private String named(Settings settings, String directory, String field, String path) throws KustomizeException {
        if (path.contains("://") || path.startsWith("github.com/") || path.startsWith("git@")) {
            throw settings.error(field, "not supported: " + field + " from another repository (" + path + ")");
        }
        Optional<String> full = path.startsWith("/") ? Optional.empty() : source.resolve(directory, path);
        if (full.isEmpty()) {
            throw settings.error(field, field + ": \"" + path + "\" leads out of the repository");
        }
        if (source.file(full.get()).isEmpty() && !source.isDirectory(full.get())) {
            throw settings.error(field, field + ": no such file or directory \"" + path + "\"");
        }
        return full.get();
    }

    private void add(String path, List<Resource> resources) throws KustomizeException {
        List<Resource> more = new ArrayList<>();
        Optional<byte[]> content = source.file(path);
        if (content.isPresent()) {
            more.addAll(source.objects(path, content.get()));
        } else {
            layer(path, more, "Kustomization");
        }
        resources.addAll(more);
        refuseTwins(resources);
    }

    private static void refuseTwins(List<Resource> resources) throws KustomizeException {
        Map<String, Resource> known = new HashMap<>();
        for (Resource resource : resources) {
            Resource.Identity id = resource.identity();
            String namespace = resource.clusterWide() ? "" : Resource.Identity.effective(id.namespace());
            String key = String.join("|", id.apiVersion(), id.kind(), namespace, id.name());
            Resource twin = known.put(key, resource);
            if (twin != null) {
                throw new KustomizeException(
                        resource.origin() + ": " + id + " is there already, from " + twin.origin());
            }
        }
    }
}
