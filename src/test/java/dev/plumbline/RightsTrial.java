package dev.plumbline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.lab.LabUser;
import dev.plumbline.lab.Node;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** One set of criteria on the node, run by users with different rights. */
final class RightsTrial {

    private static final Path FILES = Path.of("src", "test", "resources", "rights");

    private final Node node;
    private final Path directory;
    private final boolean writes;

    RightsTrial(Node node, Path directory, boolean writes) {
        this.node = node;
        this.directory = directory;
        this.writes = writes;
    }

    /** What became of a criterion. */
    record Found(String verdict, String reason) {}

    /** What became of all of them, by id; empty when the run was refused. */
    record Outcome(int exitCode, Map<String, Found> criteria) {}

    /** The role that {@code plan} generates for the set. */
    ClusterRole role() throws IOException {
        return role(arguments("plan", prepared("plan")));
    }

    /** The role that a {@code plan} with these arguments generates. */
    static ClusterRole role(List<String> plan) {
        List<String> arguments = new ArrayList<>(plan);
        arguments.add("--role");
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            Plumbline.execute(arguments.toArray(String[]::new));
        } finally {
            System.setOut(out);
        }
        return Serialization.unmarshal(said.toString(StandardCharsets.UTF_8), ClusterRole.class);
    }

    Outcome byAdministrator(String name) throws IOException {
        return run(name, node.kubeconfig());
    }

    Outcome byUserWith(ClusterRole role, String name) throws IOException {
        try (LabUser user = LabUser.with(role, "plumbline-" + name, node, directory)) {
            return run(name, user.kubeconfig());
        }
    }

    private Outcome run(String name, Path kubeconfig) throws IOException {
        List<String> arguments = arguments("verify", prepared(name));
        Path reports = directory.resolve(name).resolve("reports");
        arguments.addAll(List.of("--target", "kubeconfig", "--kubeconfig", kubeconfig.toString()));
        arguments.addAll(List.of("--reports", reports.toString()));
        arguments.addAll(List.of("--history", reports.resolve("history.jsonl").toString()));
        arguments.addAll(writes ? List.of("--allow-writes") : List.of("--parallel", "8"));
        try {
            int exitCode = Plumbline.execute(arguments.toArray(String[]::new));
            Map<String, Found> criteria = new TreeMap<>();
            Path statement = reports.resolve("statement.json");
            if (Files.exists(statement)) {
                for (JsonNode criterion :
                        new ObjectMapper().readTree(statement.toFile()).path("criteria")) {
                    criteria.put(
                            criterion.path("id").asText(),
                            new Found(
                                    criterion.path("verdict").asText(),
                                    criterion.path("reason").asText()));
                }
            }
            return new Outcome(exitCode, criteria);
        } finally {
            if (writes) {
                remove(namespace(name));
            }
        }
    }

    /** What a run without the right to delete had to leave. */
    private void remove(String namespace) {
        try (KubernetesClient client = node.client()) {
            client.namespaces().withName(namespace).delete();
            client.namespaces()
                    .withName(namespace)
                    .waitUntilCondition((Namespace it) -> it == null, 2, TimeUnit.MINUTES);
        }
    }

    String namespace(String name) {
        return writes ? "rights-" + name : "rights-world";
    }

    /** A directory with the profile, and the manifests in a namespace of this run's own. */
    private Path prepared(String name) throws IOException {
        Path own = Files.createDirectories(directory.resolve(name));
        Path manifests = Files.createDirectories(own.resolve("own"));
        Files.writeString(
                manifests.resolve("own.yaml"),
                Files.readString(FILES.resolve("own").resolve("own.yaml")).replace("NAMESPACE", namespace(name)));
        Files.writeString(
                own.resolve("profile.yaml"),
                "clusterUid: " + node.uid() + "\nvalues:\n  ns: " + namespace(name) + "\n  own: " + manifests + "\n");
        return own;
    }

    private List<String> arguments(String command, Path own) {
        return new ArrayList<>(List.of(
                command,
                "--features",
                FILES.resolve("features").resolve(writes ? "writes" : "reads").toString(),
                "--profile",
                own.resolve("profile.yaml").toString()));
    }

    /** What the reading criteria look at; close it. */
    static AutoCloseable world(Node node) throws IOException {
        String yaml =
                Files.readString(FILES.resolve("world").resolve("world.yaml")).replace("NAMESPACE", "rights-world");
        try (KubernetesClient client = node.client()) {
            client.load(new java.io.ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                    .serverSideApply();
            for (String deployment : List.of("web", "prometheus")) {
                client.apps()
                        .deployments()
                        .inNamespace("rights-world")
                        .withName(deployment)
                        .waitUntilReady(2, TimeUnit.MINUTES);
            }
        }
        return () -> {
            try (KubernetesClient client = node.client()) {
                for (String namespace : List.of("rights-world", "rights-world-bad")) {
                    client.namespaces().withName(namespace).delete();
                }
            }
        };
    }
}
