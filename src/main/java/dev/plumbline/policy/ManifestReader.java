package dev.plumbline.policy;

import dev.plumbline.yaml.YamlDocument;
import dev.plumbline.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the Kubernetes objects of a directory tree. Kustomization files are understood as far as to know which files
 * are no objects: generators' input, and patches.
 */
public final class ManifestReader {
    static final String RULE = "manifest";

    private final List<Manifest> manifests = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private int files;

    private ManifestReader() {}

    /**
     * @param directory a directory or a single file; findings name files the way it is written
     * @throws IOException when it cannot be read
     */
    public static Manifests read(Path directory) throws IOException {
        ManifestReader reader = new ManifestReader();
        Map<Path, List<YamlDocument>> kustomizations = new HashMap<>();
        List<Path> paths = yamlFiles(directory);
        for (Path path : paths) {
            if (KustomizationFile.isNamed(path)) {
                kustomizations.put(path, reader.documents(path));
            }
        }
        Set<Path> noObjects = KustomizationFile.noObjects(kustomizations);
        for (Path path : paths) {
            if (!noObjects.contains(path.normalize())) {
                List<YamlDocument> documents = kustomizations.get(path);
                reader.add(path, documents == null ? reader.documents(path) : documents);
            }
        }
        reader.refuseTwins();
        return new Manifests(List.copyOf(reader.manifests), List.copyOf(reader.findings), reader.files);
    }

    private static List<Path> yamlFiles(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile)
                    .filter(it -> it.toString().endsWith(".yaml")
                            || it.toString().endsWith(".yml")
                            || KustomizationFile.isNamed(it))
                    .filter(it -> !hidden(directory.relativize(it)))
                    .filter(it -> !ofChart(it))
                    .sorted()
                    .toList();
        }
    }

    /** The templates of a Helm chart are no YAML yet, and its values no objects. */
    private static boolean ofChart(Path file) {
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("Chart.yaml"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hidden(Path path) {
        for (Path step : path) {
            if (step.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private List<YamlDocument> documents(Path path) throws IOException {
        try {
            return YamlDocument.read(path.toString(), Files.readAllBytes(path));
        } catch (YamlException e) {
            findings.add(new Finding(path.toString(), e.line(), "", RULE, e.placedProblem(), Severity.ERROR));
            return List.of();
        }
    }

    private void add(Path path, List<YamlDocument> documents) {
        files++;
        for (YamlDocument document : documents) {
            if (!KustomizationFile.is(path, document)) {
                add(new Manifest(path.toString(), document.line(), document.map(), document::line));
            }
        }
    }

    private void add(Manifest manifest) {
        if (manifest.kind().endsWith("List") && manifest.object().get("items") instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                add(manifest.item(i, Manifest.map(items.get(i))));
            }
            return;
        }
        String missing =
                manifest.apiVersion().isEmpty() ? "apiVersion" : manifest.kind().isEmpty() ? "kind" : "";
        if (!missing.isEmpty()) {
            findings.add(new Finding(
                    manifest.file(),
                    manifest.line(),
                    "",
                    RULE,
                    "no Kubernetes object: it has no " + missing
                            + " (a file of another sort belongs outside of the manifests, or into a generator)",
                    Severity.ERROR));
        } else {
            manifests.add(manifest);
        }
    }

    /** The same object in two directories may be an overlay; in one directory it is a mistake. */
    private void refuseTwins() {
        Map<String, Manifest> known = new HashMap<>();
        for (Manifest manifest : manifests) {
            Path parent = Path.of(manifest.file()).toAbsolutePath().getParent();
            Manifest first = known.putIfAbsent(
                    String.join("|", String.valueOf(parent), manifest.group(), manifest.title()), manifest);
            if (first != null && !manifest.name().isEmpty()) {
                findings.add(new Finding(
                        manifest.file(),
                        manifest.line(),
                        manifest.title(),
                        RULE,
                        "the same object stands in " + first.file() + ":" + first.line(),
                        Severity.ERROR));
            }
        }
    }
}
