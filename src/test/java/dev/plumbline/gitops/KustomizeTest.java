package dev.plumbline.gitops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class KustomizeTest {
    private static final Path CASES = Path.of("src/test/resources/kustomize");
    private static final String CONFIG_MAP = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: b}}";

    private final Map<String, byte[]> files = new TreeMap<>();

    @Test
    void anOverlayRendersAsKustomizeRendersIt() throws Exception {
        assertAsKustomize("overlay", "over");
    }

    @Test
    void oneBaseUnderTwoPrefixesRendersAsKustomizeRendersIt() throws Exception {
        assertAsKustomize("twice", "./all/");
    }

    @Test
    void withoutKustomizationEveryYamlFileBelowIsTaken() throws KustomizeException {
        file("x/d.yaml", CONFIG_MAP.replace("a}", "one}"));
        file("x/d/q.yml", CONFIG_MAP.replace("a}", "two}"));
        file("x/d/k/kustomization.yaml", "resources: [inner.yaml]\nnamePrefix: p-\n");
        file("x/d/k/inner.yaml", CONFIG_MAP.replace("a}", "three}"));
        file("x/d/k/unlisted.yaml", CONFIG_MAP.replace("a}", "four}"));
        file("x/notes.md", "no object");
        file("y/other.yaml", CONFIG_MAP);

        assertThat(names("x")).containsExactly("p-three", "two", "one");
    }

    @Test
    void theContentDecidesOnTheHash() throws KustomizeException {
        file("k/kustomization.yaml", "configMapGenerator: [{name: env2, literals: [q=1]}]\nnameSuffix: -v2\n");
        assertThat(names("k")).containsExactly("env2-v2-h2cbk2bbtf"); // what kustomize 5.7.1 says
        file("k/kustomization.yaml", "configMapGenerator: [{name: env2, literals: [q=2]}]\nnameSuffix: -v2\n");
        assertThat(names("k")).doesNotContain("env2-v2-h2cbk2bbtf");
    }

    @Test
    void whatIsNotModelledIsRefusedByName() {
        refused(
                "replacements: []",
                "k/kustomization.yaml:1: not supported: field replacements in k/kustomization.yaml");
        refused(
                "resources: [a.yaml]\nhelmCharts: [{name: x}]",
                "kustomization.yaml:2: not supported: field helmCharts");
        refused("images: [{name: a, tagSuffix: b}]", "not supported: field images[0].tagSuffix");
        refused("resources: ['https://example.org/x?ref=v1']", "resources from another repository");
        refused(patch("{$retainKeys: [a]}"), "not supported: $retainKeys in a patch");
    }

    @Test
    void mistakesAreRefusedWithTheirPlace() {
        refused(
                "resources:\n- gone.yaml",
                "k/kustomization.yaml:1: resources: no such file or directory \"gone.yaml\"");
        refused("resources: [../../x.yaml]", "\"../../x.yaml\" leads out of the repository");
        refused("resources: [.]", "refers to itself");
        refused("resources: [../empty]", "empty has no kustomization.yaml");
        refused("resources: [a.yaml, a.yaml]", "k/a.yaml: ConfigMap \"a\" (v1) is there already, from k/a.yaml");
        refused("resources: a.yaml", "resources: expected a list, found text");
        refused(
                "images: [{name: a, newTag: 1.0}]",
                "kustomization.yaml:1: images[0].newTag: expected text, found a number");
        refused("commonLabels: {a: 1}", "commonLabels: expected text under \"a\" (put it in quotes), found a number");
        refused("resources: [a.yaml]\nreplicas: [{name: web, count: 2}]", "replicas: there is no workload \"web\"");
        refused(
                "resources: [a.yaml]\npatches: [{patch: '{kind: Pod, apiVersion: v1, metadata: {name: a}}'}]",
                "no object is Pod \"a\" (v1)");
        refused(
                "resources: [a.yaml]\npatches: [{target: {kind: ConfigMap}, patch: '[{\"op\": \"remove\", \"path\": \"/data/x\"}]'}]",
                "does not fit ConfigMap \"a\" (v1)");
        refused(
                "resources: [a.yaml]\npatches: [{target: {kind: ConfigMap}, patch: '[{op: add, path: /x, value: 1}]'}]",
                "must be JSON");
        refused("resources: [broken.yaml]", "k/broken.yaml:1:5: not YAML");
        refused("resources: [nameless.yaml]", "k/nameless.yaml:1: Pod has no metadata.name");
    }

    @Test
    void aSecretNeverStandsInAMessage() {
        file("k/kustomization.yaml", "secretGenerator: [{name: s, literals: [hunter2]}]\n");
        assertThatThrownBy(() -> Kustomize.render(files, "k"))
                .isInstanceOf(KustomizeException.class)
                .hasMessageContaining("literals")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aDirectoryThatIsNotThereOrEmptyIsRefused() {
        file("k/notes.md", "");
        assertThatThrownBy(() -> Kustomize.render(files, "apps"))
                .hasMessage("no such directory in the repository: apps");
        assertThatThrownBy(() -> Kustomize.render(files, "k")).hasMessageContaining("no objects");
    }

    private void refused(String kustomization, String message) {
        file("k/kustomization.yaml", kustomization);
        file("k/a.yaml", CONFIG_MAP);
        file("k/broken.yaml", "a: b: c");
        file("k/nameless.yaml", "{apiVersion: v1, kind: Pod}");
        file("empty/notes.md", "");
        assertThatThrownBy(() -> Kustomize.render(files, "k"))
                .isInstanceOf(KustomizeException.class)
                .hasMessageContaining(message);
    }

    private static String patch(String data) {
        return "resources: [a.yaml]\npatches: [{patch: '{kind: ConfigMap, apiVersion: v1, metadata: {name: a}, data: "
                + data + "}'}]";
    }

    private void file(String path, String text) {
        files.put(path, text.getBytes(UTF_8));
    }

    private List<String> names(String directory) throws KustomizeException {
        return Kustomize.render(files, directory).stream()
                .map(it -> String.valueOf(Fields.asMap(it.get("metadata")).get("name")))
                .toList();
    }

    private static void assertAsKustomize(String name, String directory) throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<Map<String, Object>> rendered = Kustomize.render(tree(CASES.resolve(name)), directory);

        assertThat(Kustomize.render(FileTree.of(CASES.resolve(name)), directory))
                .isEqualTo(rendered);
        JsonNode expected = json.readTree(CASES.resolve(name + "/expected.json").toFile());
        assertThat(expected).isNotEmpty();
        assertThat(StreamSupport.stream(json.valueToTree(rendered).spliterator(), false)
                        .map(KustomizeTest::pretty))
                .containsExactlyInAnyOrderElementsOf(StreamSupport.stream(expected.spliterator(), false)
                        .map(KustomizeTest::pretty)
                        .toList());
    }

    /** Text with sorted keys: readable when it differs. */
    private static String pretty(JsonNode node) {
        ObjectMapper json = new ObjectMapper();
        return json.valueToTree(sorted(json.convertValue(node, Object.class))).toPrettyString();
    }

    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, each) -> sorted.put(String.valueOf(key), sorted(each)));
            return sorted;
        }
        return value instanceof List<?> list
                ? list.stream().map(KustomizeTest::sorted).toList()
                : value;
    }

    private static Map<String, byte[]> tree(Path root) throws IOException {
        Map<String, byte[]> tree = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            walk.filter(Files::isRegularFile).forEach(it -> {
                try {
                    tree.put(root.relativize(it).toString(), Files.readAllBytes(it));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return tree;
    }
}
