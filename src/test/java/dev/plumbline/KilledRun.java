package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.lab.Node;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;

/** One trial: a namespace with things that were there before, a run that changes them and makes others, and its end. */
final class KilledRun {

    /** SIGINT and, while the run cleans up, another: it ends at once. */
    static final String TWICE = "INT, INT";

    private static final Path FILES = Path.of("src", "test", "resources", "kills");
    private static final Duration CLEAN_AFTER = Duration.ofSeconds(30);

    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final Node node;
    private final Path directory;
    private final String namespace;

    KilledRun(Node node, Path directory, String namespace) {
        this.node = node;
        this.directory = directory;
        this.namespace = namespace;
    }

    /** Nobody ends it: it holds and leaves nothing. Returns how long it took, from the start of the JVM to its end. */
    Duration wholeRun() throws Exception {
        prepare();
        try (KubernetesClient client = node.client()) {
            Map<String, String> before = before(client);
            Instant started = Instant.now();
            Process process = start(
                    "run", "verify", "--features", directory.resolve("features").toString());
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said("run")).isZero();
            Duration took = Duration.between(started, Instant.now());
            assertThat(snapshot(client)).isEqualTo(before);
            nothingIsLeftHere("nobody ended it", false);
            client.namespaces().withName(namespace).delete();
            return took;
        }
    }

    /** @param moment of the run at which it gets the signal */
    void run(String signal, Duration moment, boolean nextRunCleans) throws Exception {
        prepare();
        boolean endsAtOnce = signal.equals("KILL") || signal.equals(TWICE);
        try (KubernetesClient client = node.client()) {
            Map<String, String> before = before(client);
            Process process = start(
                    "run", "verify", "--features", directory.resolve("features").toString());
            boolean ended = process.waitFor(moment.toMillis(), TimeUnit.MILLISECONDS);
            Instant sent = Instant.now();
            for (String one : ended ? List.<String>of() : List.of(signal.split(", "))) {
                new ProcessBuilder("kill", "-" + one, String.valueOf(process.pid()))
                        .start()
                        .waitFor();
                process.waitFor(BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
            }
            assertThat(process.waitFor(CLEAN_AFTER.toSeconds() * 2, TimeUnit.SECONDS))
                    .as("%s ended after SIG%s after %s", namespace, signal, moment)
                    .isTrue();
            int exitCode = process.exitValue();
            if (!ended) {
                int expected = signal.equals("KILL") ? 137 : signal.equals("TERM") ? 143 : 130;
                assertThat(exitCode).as(said("run")).isEqualTo(expected);
            }
            if (endsAtOnce) {
                cleanUp(nextRunCleans);
            }
            String trial = "%s: SIG%s after %d ms (%s), clean %d ms later%n%s"
                    .formatted(
                            namespace,
                            signal,
                            moment.toMillis(),
                            ended ? "which had ended" : "exit " + exitCode,
                            Duration.between(sent, Instant.now()).toMillis(),
                            said("run"));
            System.out.println("kills: " + trial.lines().findFirst().orElseThrow());
            assertThat(snapshot(client)).as(trial).isEqualTo(before);
            assertThat(madeNamespaces(client)).as(trial).isEmpty();
            if (!endsAtOnce) {
                assertThat(Duration.between(sent, Instant.now())).as(trial).isLessThan(CLEAN_AFTER);
            }
            nothingIsLeftHere(trial, endsAtOnce);
            client.namespaces().withName(namespace).delete();
        }
    }

    /** Again when a node under load did not answer the first request in time: then nothing has been tried. */
    private void cleanUp(boolean nextRunCleans) throws Exception {
        int exitCode = 2;
        for (int attempt = 1; attempt <= 3 && exitCode == 2; attempt++) {
            Process cleaning = nextRunCleans
                    ? start(
                            "next",
                            "verify",
                            "--features",
                            FILES.resolve("next.feature").toString())
                    : start("sweep", "sweep");
            assertThat(cleaning.waitFor(90, TimeUnit.SECONDS)).isTrue();
            exitCode = cleaning.exitValue();
        }
        assertThat(exitCode)
                .as(said(nextRunCleans ? "next" : "sweep") + said("run"))
                .isZero();
    }

    private void nothingIsLeftHere(String trial, boolean endedAtOnce) throws Exception {
        try (Stream<Path> ledger = Files.walk(directory.resolve("ledger"))) {
            assertThat(ledger.filter(Files::isRegularFile)).as(trial).isEmpty();
        }
        if (!endedAtOnce) {
            try (Stream<Path> temporary = Files.list(directory.resolve("tmp"))) {
                assertThat(temporary.filter(
                                path -> !path.getFileName().toString().startsWith("hsperfdata")))
                        .as(trial)
                        .isEmpty();
            }
        }
        for (Path report :
                List.of(directory.resolve("run-reports/statement.json"), directory.resolve("run-reports/junit.xml"))) {
            if (Files.exists(report)) {
                wellFormed(report);
            }
        }
    }

    private static void wellFormed(Path report) throws Exception {
        if (report.toString().endsWith(".json")) {
            new ObjectMapper().readTree(report.toFile());
        } else {
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
        }
    }

    private void prepare() throws IOException {
        for (String folder : List.of("features", "manifests", "tmp", "ledger")) {
            Files.createDirectories(directory.resolve(folder));
        }
        for (Path file : List.of(
                Path.of("features", "run.feature"),
                Path.of("manifests", "made.yaml"),
                Path.of("manifests", "over.yaml"))) {
            Files.writeString(directory.resolve(file), filled(FILES.resolve(file)));
        }
        Files.writeString(
                directory.resolve("profile.yaml"), "clusterUid: " + node.uid() + "\nwritable: [" + namespace + "]\n");
    }

    private String filled(Path file) throws IOException {
        return Files.readString(file)
                .replace("NAMESPACE", namespace)
                .replace("DIR", directory.toAbsolutePath().toString());
    }

    private Map<String, String> before(KubernetesClient client) throws IOException {
        for (HasMetadata object : client.load(new java.io.ByteArrayInputStream(
                        filled(FILES.resolve("before.yaml")).getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .items()) {
            client.resource(object).createOr(replace -> replace.update());
        }
        client.apps().deployments().inNamespace(namespace).withName("there").waitUntilReady(60, TimeUnit.SECONDS);
        return snapshot(client);
    }

    /** What a user would miss or find too much, without what a server counts up. */
    private Map<String, String> snapshot(KubernetesClient client) {
        Map<String, String> found = new TreeMap<>();
        List<HasMetadata> objects = new ArrayList<>();
        objects.addAll(client.configMaps().inNamespace(namespace).list().getItems());
        objects.addAll(client.secrets().inNamespace(namespace).list().getItems());
        objects.addAll(client.services().inNamespace(namespace).list().getItems());
        objects.addAll(
                client.persistentVolumeClaims().inNamespace(namespace).list().getItems());
        objects.addAll(client.apps().deployments().inNamespace(namespace).list().getItems());
        objects.addAll(
                client.apps().statefulSets().inNamespace(namespace).list().getItems());
        for (HasMetadata object : objects) {
            found.put(object.getKind() + " " + object.getMetadata().getName(), content(object));
        }
        client.pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> !pod.getMetadata().getName().startsWith("there-"))
                .forEach(pod -> found.put("Pod " + pod.getMetadata().getName(), "left"));
        return found;
    }

    private static String content(HasMetadata object) {
        Map<String, Object> tree = Serialization.unmarshal(Serialization.asJson(object), Map.class);
        tree.remove("status");
        Map<?, ?> metadata = (Map<?, ?>) Objects.requireNonNull(tree.get("metadata"));
        List.of("managedFields", "resourceVersion", "generation", "uid", "creationTimestamp")
                .forEach(metadata::remove);
        return new TreeMap<>(tree).toString();
    }

    private List<String> madeNamespaces(KubernetesClient client) {
        return client.namespaces().list().getItems().stream()
                .map(found -> found.getMetadata().getName())
                .filter(name -> name.startsWith(namespace + "-"))
                .toList();
    }

    private String said(String name) throws IOException {
        Path file = directory.resolve(name + ".out");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private Process start(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.plumbline.Plumbline"));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "--target",
                "kubeconfig",
                "--kubeconfig",
                node.kubeconfig().toString(),
                "--allow-writes",
                "--profile",
                directory.resolve("profile.yaml").toString(),
                "--ledger",
                directory.resolve("ledger").toString()));
        if (arguments[0].equals("verify")) {
            command.addAll(List.of(
                    "--reports", directory.resolve(name + "-reports").toString(),
                    "--history", directory.resolve(name + ".jsonl").toString()));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".out").toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PLUMBLINE_"));
        return builder.start();
    }
}
