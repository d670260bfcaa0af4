package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs a stranger's features and manifests, which use every fixed step. */
final class Elsewhere {

    static final String SHOP = "shop-the-shop-serves-its-page-and-keeps-its-stock";

    /** Where no manifest of Flux is given: what judges Flux is blocked and says so. */
    static final Map<String, String> WITHOUT_FLUX =
            Map.of(SHOP, "PASS", "SHOP-METRICS", "PASS", "SHOP-GITOPS", "BLOCKED", "SHOP-LATER", "UNPROVEN");

    private static final Path FILES = Path.of("src", "test", "resources", "elsewhere");

    private Elsewhere() {}

    /** A command on its criteria. */
    static List<String> arguments(String command) {
        return new ArrayList<>(List.of(
                command,
                "--features",
                FILES.resolve("features").toString(),
                "--manifests",
                FILES.resolve("manifests").toString()));
    }

    /** The verdict of each criterion; the run must end with 0. */
    static Map<String, String> verdicts(Path reports, String... target) throws IOException {
        List<String> arguments = arguments("verify");
        arguments.addAll(List.of("--reports", reports.toString()));
        arguments.addAll(List.of("--history", reports.resolve("history.jsonl").toString()));
        arguments.addAll(List.of(target));
        assertThat(Plumbline.execute(arguments.toArray(String[]::new))).isZero();
        Map<String, String> verdicts = new TreeMap<>();
        for (JsonNode criterion : new ObjectMapper()
                .readTree(reports.resolve("statement.json").toFile())
                .path("criteria")) {
            verdicts.put(
                    criterion.path("id").asText(), criterion.path("verdict").asText());
        }
        return verdicts;
    }
}
