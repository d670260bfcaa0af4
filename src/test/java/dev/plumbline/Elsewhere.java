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
    private static final Path FILES = Path.of("src", "test", "resources", "elsewhere");

    private Elsewhere() {}

    /** The verdict of each criterion; the run must end with 0. */
    static Map<String, String> verdicts(Path reports, String... target) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "verify",
                "--features",
                FILES.resolve("features").toString(),
                "--manifests",
                FILES.resolve("manifests").toString(),
                "--reports",
                reports.toString(),
                "--history",
                reports.resolve("history.jsonl").toString()));
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
