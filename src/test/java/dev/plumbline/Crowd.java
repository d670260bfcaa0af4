package dev.plumbline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Criteria that disturb each other unless they take turns: some change one object under a lock, some another without a
 * lock, some their own, and each judges that its value stays. All pass, in whatever order.
 *
 * @param directory of features, manifests and reports
 * @param namespace that they work in
 */
record Crowd(Path directory, String namespace) {

    private static final int EACH = 3;

    static Crowd in(Path directory, String namespace) throws IOException {
        Crowd crowd = new Crowd(Files.createDirectories(directory), namespace);
        Path features = Files.createDirectories(directory.resolve("features"));
        Files.writeString(features.resolve("crowd.feature"), crowd.feature());
        return crowd;
    }

    private String feature() throws IOException {
        StringBuilder text = new StringBuilder("Feature: A crowd\n\n  Rule: They take turns\n");
        for (int i = 0; i < EACH; i++) {
            text.append(scenario("@lock:locked ", "locked", "locked " + i));
            text.append(scenario("", "unlocked", "unlocked " + i));
        }
        text.append("\n  Rule: They have their own\n");
        for (int i = 0; i < EACH; i++) {
            text.append(scenario("", "own-" + i, "own " + i));
        }
        return text.toString();
    }

    private String scenario(String lock, String object, String by) throws IOException {
        Path manifests = Files.createDirectories(directory.resolve("manifests").resolve(object));
        Files.writeString(manifests.resolve("objects.yaml"), """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %1$s}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %2$s, namespace: %1$s}
                data: {by: nobody}
                """.formatted(namespace, object));
        return """

                    %s@changes-cluster
                    Scenario: By %s
                      Given the manifests in "%s" are applied
                      When someone changes ".data.by" of %s to "%2$s"
                      Then %4$s keeps ".data.by" equal to "%2$s" for 1 second
                """.formatted(lock, by, manifests, "ConfigMap \"" + object + "\" in namespace \"" + namespace + "\"");
    }

    /** The command line of a run of them. */
    List<String> run(String... options) {
        return Stream.concat(
                        Stream.of(
                                "verify",
                                "--features",
                                directory.resolve("features").toString(),
                                "--manifests",
                                directory.resolve("manifests").toString(),
                                "--reports",
                                directory.resolve("reports").toString(),
                                "--history",
                                directory.resolve("history.jsonl").toString()),
                        Stream.of(options))
                .toList();
    }

    /** The verdict of each criterion and scenario, as the last run's statement has it. */
    Map<String, String> verdicts() throws IOException {
        return verdicts(directory.resolve("reports"));
    }

    static Map<String, String> verdicts(Path reports) throws IOException {
        Map<String, String> verdicts = new TreeMap<>();
        for (JsonNode criterion : new ObjectMapper()
                .readTree(reports.resolve("statement.json").toFile())
                .path("criteria")) {
            verdicts.put(
                    criterion.path("id").asText(), criterion.path("verdict").asText());
            criterion
                    .path("scenarios")
                    .forEach(scenario -> verdicts.put(
                            criterion.path("id").asText() + ": "
                                    + scenario.path("name").asText(),
                            scenario.path("verdict").asText()));
        }
        return verdicts;
    }
}
