package dev.plumbline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestReaderTest {
    private static final String CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";

    @TempDir
    private Path directory;

    @Test
    void everyDocumentIsAManifestThatKnowsItsLines() throws IOException {
        file("web/a.yaml", "# two\n" + CONFIG_MAP + "---\n" + CONFIG_MAP.replace("a\n", "b\n") + "data:\n  x: y\n");
        file("web/dashboard.json", "{}");
        file(".git/config.yaml", "no object");

        Manifests read = ManifestReader.read(directory);

        assertThat(read.findings()).isEmpty();
        assertThat(read.files()).isEqualTo(1);
        assertThat(read.manifests()).extracting(Manifest::title).containsExactly("ConfigMap a", "ConfigMap b");
        Manifest second = read.manifests().get(1);
        assertThat(second.line()).isEqualTo(7);
        assertThat(second.lines().of(List.of("data", "x"))).isEqualTo(12);
    }

    @Test
    void theItemsOfAListAreManifests() throws IOException {
        file("l.yaml", "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: p}\n");
        Manifest item = ManifestReader.read(directory).manifests().get(0);
        assertThat(item.title()).isEqualTo("Pod p");
        assertThat(item.lines().of(List.of("metadata", "name"))).isEqualTo(6);
    }

    @Test
    void whatIsNoObjectIsFound() throws IOException {
        file("1.yaml", "a: b: c\n");
        file("2.yaml", "a: 1\na: 2\n");
        file("3.yaml", "just text\n");
        file("4.yaml", "apiVersion: v1\nmetadata: {name: x}\n");
        file("5.yaml", CONFIG_MAP + "---\n" + CONFIG_MAP);

        assertThat(ManifestReader.read(directory).findings())
                .extracting(it -> it.toString().substring(directory.toString().length() + 1))
                .satisfiesExactly(
                        it -> assertThat(it).startsWith("1.yaml:1: not YAML: mapping values are not allowed here"),
                        it -> assertThat(it).startsWith("2.yaml:2: key \"a\" is there twice, first on line 1"),
                        it -> assertThat(it).startsWith("3.yaml:1: no Kubernetes object: it has no apiVersion"),
                        it -> assertThat(it).startsWith("4.yaml:1: no Kubernetes object: it has no kind"),
                        it -> assertThat(it)
                                .startsWith("5.yaml:6: ConfigMap a: the same object stands in")
                                .endsWith("5.yaml:1"));
    }

    @Test
    void anOverlayMayHoldAnObjectOfItsBase() throws IOException {
        file("base/a.yaml", CONFIG_MAP);
        file("overlay/a.yaml", CONFIG_MAP);
        assertThat(ManifestReader.read(directory).findings()).isEmpty();
    }

    @Test
    void whatAKustomizationOnlyReadsIsNoManifest() throws IOException {
        file("k/kustomization.yaml", """
                resources: [a.yaml]
                configMapGenerator: [{name: c, files: [prometheus.yml, key=rules/alerts.yml]}]
                patches: [{path: patch.yaml}]
                """);
        file("k/a.yaml", CONFIG_MAP);
        file("k/prometheus.yml", "global: {}\n");
        file("k/rules/alerts.yml", "groups: []\n");
        file("k/patch.yaml", "kind: Deployment\nmetadata: {name: a}\n");
        file("flux/kustomization.yaml", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n");

        Manifests read = ManifestReader.read(directory);

        assertThat(read.findings()).isEmpty();
        assertThat(read.manifests()).extracting(Manifest::kind).containsExactly("Kustomization", "ConfigMap");
    }

    @Test
    void aFileThatNoKustomizationNamesIsNotExcused() throws IOException {
        file("k/kustomization.yaml", "resources: [a.yaml]\n");
        file("k/a.yaml", CONFIG_MAP);
        file("k/prometheus.yml", "global: {}\n");
        assertThat(ManifestReader.read(directory).findings()).hasSize(1);
    }

    private void file(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
