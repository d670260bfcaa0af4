package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.lab.LabNode;
import dev.plumbline.lab.Node;
import dev.plumbline.lab.Trials;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run of the command line whose node is frozen in the middle of its waits: no criterion says what was not seen. */
@ExtendWith(LabNode.class)
class OutageRunLabTest {

    private static final String NAMESPACE = "outage-run";
    private static final Duration BEFORE = Duration.ofSeconds(2);

    private final int down = Trials.count(15, 60);
    private final int inside = (int) BEFORE.toSeconds() + down / 2;
    private final int beyond = down + 30;

    @TempDir
    private Path directory;

    @Test
    void noCriterionIsFalseAndEachShowsTheGap(Node node) throws Exception {
        try (KubernetesClient client = node.client()) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(NAMESPACE)
                            .endMetadata()
                            .build())
                    .serverSideApply();
            put(client, "holds", "blue");
            put(client, "turns", "blue");
            Process run = start(node);
            outage(node);
            put(client, "turns", "red");
            assertThat(run.waitFor(beyond + 60L, TimeUnit.SECONDS)).isTrue();
            client.namespaces().withName(NAMESPACE).delete();
        }
        String said = Files.readString(directory.resolve("out"));
        Map<String, String> verdicts = verdicts();
        System.out.println("a node frozen for " + down + " s: " + verdicts);
        assertThat(verdicts)
                .as(said)
                .containsEntry("STAYS", "INCONCLUSIVE")
                .containsEntry("ENDS-IN-IT", "INCONCLUSIVE")
                .containsEntry("TURNS", "PASS");
        for (String criterion : verdicts.keySet()) {
            assertThat(evidence(criterion)).as(criterion).contains("cannot be reached");
        }
        assertThat(Files.readString(directory.resolve("reports/index.html"))).contains("not observable for");
    }

    /** The waits have begun when the server is first watched. */
    private void outage(Node node) {
        int before = watches(node);
        for (int look = 0; watches(node) == before && look < 300; look++) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        LockSupport.parkNanos(BEFORE.toNanos());
        node.freeze();
        try {
            LockSupport.parkNanos(Duration.ofSeconds(down).toNanos());
        } finally {
            node.thaw();
        }
    }

    private static int watches(Node node) {
        return (int) node.auditLog()
                .lines()
                .filter(line -> line.contains("/api/v1/configmaps?watch=true"))
                .count();
    }

    private Process start(Node node) throws IOException {
        Path features = Files.writeString(directory.resolve("outage.feature"), """
                Feature: A node that is frozen

                  @criterion:STAYS
                  Rule: Stays true over the outage
                    Scenario: Stays
                      Then ConfigMap "holds" in namespace "outage-run" keeps ".data.k" equal to "blue" for %1$d seconds

                  @criterion:ENDS-IN-IT
                  Rule: Its time ends in the outage
                    Scenario: Ends in it
                      Then ConfigMap "turns" in namespace "outage-run" has ".data.k" equal to "red" within %1$d seconds

                  @criterion:TURNS
                  Rule: Becomes true after the outage
                    Scenario: Turns
                      Then ConfigMap "turns" in namespace "outage-run" has ".data.k" equal to "red" within %2$d seconds
                """.formatted(inside, beyond));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Plumbline.class.getName(),
                        "verify",
                        "--target=kubeconfig",
                        "--kubeconfig=" + node.kubeconfig(),
                        "--parallel=3",
                        "--features=" + features,
                        "--manifests=" + directory,
                        "--reports=" + directory.resolve("reports"),
                        "--history=" + directory.resolve("history.jsonl"))
                .redirectErrorStream(true)
                .redirectOutput(new File(directory.toFile(), "out"))
                .start();
    }

    private Map<String, String> verdicts() throws IOException {
        JsonNode statement = new ObjectMapper()
                .readTree(directory.resolve("reports/statement.json").toFile());
        Map<String, String> verdicts = new HashMap<>();
        statement
                .path("criteria")
                .forEach(one -> verdicts.put(
                        one.path("id").asText(), one.path("verdict").asText()));
        return verdicts;
    }

    private String evidence(String criterion) throws IOException {
        try (Stream<Path> files =
                Files.list(directory.resolve("reports/evidence").resolve(criterion))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    private static void put(KubernetesClient client, String name, String value) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .addToData("k", value)
                        .build())
                .serverSideApply();
    }
}
