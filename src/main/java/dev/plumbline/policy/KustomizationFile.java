package dev.plumbline.policy;

import dev.plumbline.yaml.YamlDocument;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the reader of manifests must know of kustomization files. */
final class KustomizationFile {
    private static final Set<String> NAMES = Set.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private KustomizationFile() {}

    static boolean isNamed(Path path) {
        return NAMES.contains(String.valueOf(path.getFileName()));
    }

    /** Flux's Kustomization is an object, also in a file of that name. */
    static boolean is(Path path, YamlDocument document) {
        Object version = document.map().get("apiVersion");
        boolean ours = version instanceof String text && text.startsWith("kustomize.config.k8s.io/");
        return ours || (isNamed(path) && version == null);
    }

    /** The files that kustomizations read, but not as objects. */
    static Set<Path> noObjects(Map<Path, List<YamlDocument>> kustomizations) {
        Set<Path> found = new HashSet<>();
        kustomizations.forEach((path, documents) -> {
            for (YamlDocument document : documents) {
                if (is(path, document)) {
                    named(document.map()).forEach(it -> {
                        String file = it.substring(it.indexOf('=') + 1);
                        if (!file.contains("\n")) {
                            found.add(path.resolveSibling(file).normalize());
                        }
                    });
                }
            }
        });
        return found;
    }

    private static Set<String> named(Map<String, Object> kustomization) {
        Set<String> named = new HashSet<>();
        for (String generator : List.of("configMapGenerator", "secretGenerator")) {
            for (Object each : list(kustomization.get(generator))) {
                addTexts(named, Manifest.map(each).get("files"));
                addTexts(named, Manifest.map(each).get("envs"));
            }
        }
        for (String patches : List.of("patches", "patchesJson6902")) {
            for (Object each : list(kustomization.get(patches))) {
                if (Manifest.map(each).get("path") instanceof String path) {
                    named.add(path);
                }
            }
        }
        addTexts(named, kustomization.get("patchesStrategicMerge"));
        return named;
    }

    private static void addTexts(Set<String> named, @Nullable Object value) {
        list(value).forEach(it -> named.add(String.valueOf(it)));
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
