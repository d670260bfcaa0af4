package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.lab.LabNode;
import dev.plumbline.lab.Node;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work, on a real node, read-only: each failure names the object and the field that is wrong. */
@ExtendWith(LabNode.class)
class DiagnosisLabTest {

    private static final String ROLLOUT = "Deployment \"web\" in namespace \"NS\" is rolled out within 25 seconds";
    private static final String GET =
            "a GET of \"/\" on service \"web:80\" in namespace \"NS\" answers 200 within 25 seconds";

    /** Namespace, step (none: the rollout of Deployment web), and what the one line of the reason must hold. */
    private static final String TABLE = """
            image         |  | container "app" .state.waiting.reason is | (image nginx:nope
            crash         |  | container "app" | terminated.exitCode is 3 | cannot open the ledger
            oom           |  | container "app" | terminated.reason is OOMKilled | .resources.limits.memory is 16Mi
            unready       |  | container "app" .ready is false: Readiness probe failed | 404
            liveness      |  | container "app" | Liveness probe failed | 404
            unschedulable |  | .status.conditions[PodScheduled] is False | node affinity/selector
            greedy        |  | .status.conditions[PodScheduled] is False | Insufficient cpu
            claim         |  | PersistentVolumeClaim "data" .spec.storageClassName is "fast", which is not there
            noclaim       |  | .spec.volumes["stock"] names claim "nowhere", which is not there
            quota         |  | .status.conditions[ReplicaFailure] is True | exceeded quota: no-pods
            account       |  | .status.conditions[ReplicaFailure] is True | serviceaccount "nobody" not found
            admission     |  | .status.conditions[ReplicaFailure] is True | violates PodSecurity "restricted
            selector      | GET | Service "web" .spec.selector {app=wbe} selects no pod; pods there have app=web
            port          | GET | Service "web" .spec.ports[].targetPort is 81, and its pods declare 80
            config        |  | .state.waiting.reason is CreateContainerConfigError | configmap "settings" not found
            mount         |  | .spec.volumes cannot be mounted | secret "nowhere" not found
            command       |  | container "app" | /usr/bin/nowhere
            init          |  | container "migrate" | exitCode is 9 | schema 7 is missing
            set           | StatefulSet "web" in namespace "set" is rolled out within 25 seconds | Pod "web-0" | exitCode is 4 | no quorum
            job           | Job "import" in namespace "job" has condition "Complete" within 25 seconds | exitCode is 5 | row 17 is broken
            finalizer     | ConfigMap "settings" in namespace "finalizer" does not exist within 5 seconds | ConfigMap "settings" .metadata.deletionTimestamp is set | example.org/never
            paused        |  | Deployment "web" .spec.paused is true
            talkative     |  | exitCode is 6 | out of ideas
            crowd         | every pod in namespace "crowd" is ready within 25 seconds | .status.conditions[PodScheduled] is False
            absent        |  | Namespace "absent" is not there
            """;

    @TempDir
    private Path directory;

    private record Case(String namespace, String step, List<String> reason) {
        static Case of(String line) {
            List<String> cells =
                    Stream.of(line.split("\\|", -1)).map(String::strip).toList();
            String step = cells.get(1).isEmpty() ? ROLLOUT : cells.get(1).equals("GET") ? GET : cells.get(1);
            return new Case(cells.get(0), step.replace("NS", cells.get(0)), cells.subList(2, cells.size()));
        }

        String rule() {
            return "  @criterion:" + namespace.toUpperCase(java.util.Locale.ROOT) + "-01\n  Rule: " + namespace
                    + "\n    Scenario: it works\n      Then " + step + "\n";
        }
    }

    @Test
    void eachFailureNamesTheObjectAndTheFieldThatIsWrong(Node node) throws IOException {
        List<Case> cases = TABLE.lines().map(Case::of).toList();
        Files.writeString(
                directory.resolve("broken.feature"),
                "Feature: What cannot work\n" + cases.stream().map(Case::rule).collect(Collectors.joining()));
        try (KubernetesClient client = node.client()) {
            List<HasMetadata> broken = apply(client);
            try {
                Plumbline.execute(arguments(node, directory));
            } finally {
                remove(client, broken);
            }
        }
        Map<String, String> reasons = reasons();
        SoftAssertions all = new SoftAssertions();
        for (Case one : cases) {
            String criterion = one.namespace().toUpperCase(java.util.Locale.ROOT) + "-01";
            one.reason()
                    .forEach(part ->
                            all.assertThat(reasons.get(criterion)).as(criterion).contains(part));
            if (!one.namespace().equals("absent")) {
                all.assertThat(size(directory.resolve("reports/evidence").resolve(criterion)))
                        .as("bytes of " + criterion)
                        .isBetween(200L, 2L << 20);
            }
        }
        all.assertAll();
        assertThat(evidence("TALKATIVE-01", "log-")).contains("out of ideas");
        assertThat(evidence("CROWD-01", "diagnosis")).contains("Events, newest first", "flood 499", "and 150 more");
    }

    private static String[] arguments(Node node, Path directory) {
        return new String[] {
            "verify",
            "--target",
            "kubeconfig",
            "--kubeconfig",
            node.kubeconfig().toString(),
            "--features",
            directory.toString(),
            "--reports",
            directory.resolve("reports").toString(),
            "--history",
            directory.resolve("history.jsonl").toString(),
            "--parallel",
            "25"
        };
    }

    private static List<HasMetadata> apply(KubernetesClient client) throws IOException {
        try (InputStream yaml = DiagnosisLabTest.class.getResourceAsStream("/broken-workloads.yaml")) {
            List<HasMetadata> objects = client.load(yaml).items();
            objects.forEach(object -> client.resource(object).create());
            client.configMaps().inNamespace("finalizer").withName("settings").delete();
            flood(client);
            return objects;
        }
    }

    /** 500 events about one Deployment. */
    private static void flood(KubernetesClient client) {
        Deployment crowd =
                client.apps().deployments().inNamespace("crowd").withName("web").get();
        Instant start = Instant.parse(crowd.getMetadata().getCreationTimestamp());
        for (int i = 0; i < 500; i++) {
            client.v1()
                    .events()
                    .inNamespace("crowd")
                    .resource(new EventBuilder()
                            .withNewMetadata()
                            .withName("flood-" + i)
                            .withNamespace("crowd")
                            .endMetadata()
                            .withNewInvolvedObject()
                            .withKind("Deployment")
                            .withName("web")
                            .withNamespace("crowd")
                            .withUid(crowd.getMetadata().getUid())
                            .endInvolvedObject()
                            .withReason("Flood")
                            .withType("Normal")
                            .withMessage("flood " + i)
                            .withLastTimestamp(start.plusSeconds(i).toString())
                            .build())
                    .create();
        }
    }

    private static void remove(KubernetesClient client, List<HasMetadata> objects) {
        client.configMaps().inNamespace("finalizer").withName("settings").edit(map -> {
            map.getMetadata().setFinalizers(List.of());
            return map;
        });
        objects.stream()
                .filter(Namespace.class::isInstance)
                .forEach(namespace -> client.resource(namespace).delete());
    }

    private Map<String, String> reasons() throws IOException {
        Map<String, String> reasons = new TreeMap<>();
        for (JsonNode criterion : new ObjectMapper()
                .readTree(directory.resolve("reports/statement.json").toFile())
                .path("criteria")) {
            reasons.put(criterion.path("id").asText(), criterion.path("reason").asText());
        }
        return reasons;
    }

    private static long size(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String evidence(String criterion, String prefix) throws IOException {
        try (Stream<Path> files =
                Files.list(directory.resolve("reports/evidence").resolve(criterion))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }
}
