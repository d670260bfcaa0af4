package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.cluster.RunOwner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exit codes, each of a real process; one clear message for bad input, and nothing created then. */
class CommandLineTest {

    private static final String PASSES = "Then Namespace \"default\" in namespace \"default\" exists within 10 seconds";

    @TempDir
    private Path directory;

    private record Ended(int exitCode, String out, String err) {}

    @BeforeEach
    void writeAGoodFeature() throws IOException {
        feature("Feature: F\n  @criterion:X-01\n  Rule: R\n    Scenario: S\n      " + PASSES + "\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Feature: F/  Rule: R/    Scenario: S/      Given a/      Thn b/                 | 2 | features/some.feature:5
            Feature: F/  Rule: R/    Scenario: S/      Given nothing like a step/           | 2 | features/some.feature:3: scenario "S": undefined step
            @documnt:x/Feature: F/  Rule: R/                                                | 2 | features/some.feature:1: unknown tag @documnt:x
            Feature: F/  Scenario: S/    Given a/                                           | 2 | features/some.feature:2: the scenario "S" stands outside a Rule
            Feature: F/  @criterion:A/  Rule: R/  @criterion:A/  Rule: Q/                   | 2 | features/some.feature:5
            Feature: F/                                                                     | 4 | hold no Rule
            Feature: F/  Rule: R/    Scenario: S/      Given the manifests applied from no-such" are applied/ | 2 | no-such
            Feature: F/  Rule: R/    Scenario: S/      Given the manifests applied from typo" are applied/    | 2 | typo/web.yaml:6
            Feature: F/  Rule: R/    Scenario: S/      Given the manifests applied from kind" are applied/    | 2 | unknown kind Deploymint
            Feature: F/  Rule: R/    Scenario: S/      Given the manifests applied from yaml" are applied/    | 2 | yaml/web.yaml:
            """)
    void aBadFeatureOrManifestEndsWithOneClearMessage(String text, int exitCode, String message) throws Exception {
        String deployment =
                "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicsa: 1\n  selector: {matchLabels: {app: web}}\n"
                        + "  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers: [{name: web, image: nginx}]\n";
        manifest("typo", deployment);
        manifest("kind", deployment.replace("Deployment", "Deploymint"));
        manifest("yaml", "a: [");
        feature(text.replace("/", "\n").replace("applied from ", "in \"" + directory + "/"));

        refused(here("--target", "simulated", "--features", "DIR/features"), exitCode, message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --target mars                              | 2 | --target
            --parallel many                            | 2 | --parallel
            --parallel 0                               | 2 | --parallel is 0
            --budget soon                              | 2 | --budget is "soon"
            --keep maybe                               | 2 | --keep is "maybe"
            --nonsense                                 | 2 | --nonsense
            --features DIR/empty                           | 4 | no .feature file
            --features DIR/nowhere                         | 2 | nowhere
            --tags @nothing                            | 4 | none of 1 criteria
            --tags (and                                | 2 | is no tag expression
            --profile DIR/bad.yaml                         | 2 | bad.yaml:1: unknown key vlaues
            --target simulated --attempts 0            | 2 | --attempts is 0
            --target simulated --manifests DIR/nowhere     | 2 | nowhere
            --target kubeconfig --kubeconfig DIR/missing   | 2 | missing
            --target kubeconfig --kubeconfig DIR/broken    | 2 | broken
            --target kubeconfig --kubeconfig DIR/nowhere.yaml | 2 | nowhere.yaml
            --only-failed --target simulated           | 2 | --only-failed needs
            """)
    void aBadOptionEndsWithOneClearMessage(String options, int exitCode, String message) throws Exception {
        Files.createDirectory(directory.resolve("empty"));
        Files.writeString(directory.resolve("bad.yaml"), "vlaues: {}\n");
        Files.writeString(directory.resolve("broken"), "a: [");
        Files.writeString(directory.resolve("nowhere.yaml"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
                users: [{name: u, user: {token: x}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """);
        List<String> arguments = new ArrayList<>(Arrays.asList(options.split(" ")));
        if (!options.contains("--features")) {
            arguments.addAll(List.of("--features", "DIR/features"));
        }

        refused(here(arguments.toArray(String[]::new)), exitCode, message);
    }

    @Test
    void aRunThatHoldsEndsWithZeroAndWritesItsReports() throws Exception {
        Ended ended = run("verify", "--target", "simulated");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("SIMULATED", "PASS", "X-01");
        assertThat(directory.resolve("reports/simulated"))
                .isDirectoryContaining("glob:**/statement.json")
                .isDirectoryContaining("glob:**/junit.xml")
                .isDirectoryContaining("glob:**/index.html")
                .isDirectoryContaining("glob:**/cucumber.html")
                .isDirectoryContaining("glob:**/messages.ndjson")
                .isDirectoryContaining("glob:**/allure-results");
        assertThat(directory.resolve("reports/history.jsonl")).isRegularFile();
    }

    @Test
    void aCriterionThatDoesNotHoldEndsWithOne() throws Exception {
        feature("Feature: F\n  Rule: R\n    Scenario: S\n      " + PASSES.replace("exists", "does not exist") + "\n");

        Ended ended = run("verify", "--target", "simulated");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).contains("FAIL", "expected not there", "features/some.feature:3");
    }

    @Test
    void storedRunsAreRenderedAgainAndEndAsTheyDid() throws Exception {
        feature("Feature: F\n  Rule: R\n    Scenario: S\n      " + PASSES.replace("exists", "does not exist") + "\n");
        run("verify", "--target", "simulated");
        Path page = directory.resolve("reports/simulated/index.html");
        String before = Files.readString(page);
        Files.delete(page);

        Ended ended = run("report", "reports");

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
        assertThat(ended.out()).contains("FAIL", "NON-CONFORMANT", "(exit code 1)");
        assertThat(page).hasContent(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no-such  | no-such: no such directory; name a folder that verify wrote
            features | features: no run is stored there (record.json.gz)
            """)
    void aFolderWithoutARunIsRefused(String place, String message) throws Exception {
        refused(run("report", place), 2, message);
    }

    @Test
    void whatCannotBeMeasuredEndsWithThree() throws Exception {
        feature("Feature: F\n  Rule: R\n    Scenario: S\n"
                + "      Then every pod in namespace \"default\" is ready within 1 second\n");

        Ended ended = run("verify", "--target", "simulated");

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.out()).contains("INCONCLUSIVE", "nothing selected");
    }

    @Test
    void whatIsNotSimulatedIsBlockedAndNothingWasMeasured() throws Exception {
        manifest(
                "strange",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: default}\n"
                        + "spec: {containers: [{name: c, image: \"example/unknown:1\"}]}\n");
        feature("Feature: F\n  @changes-cluster\n  Rule: R\n    Scenario: S\n"
                + "      Given the manifests in \"strange\" are applied\n"
                + "      Then every pod in namespace \"default\" is ready within 1 minute\n");

        Ended ended = run("verify", "--target", "simulated");

        assertThat(ended.exitCode()).isEqualTo(4);
        assertThat(ended.out()).contains("BLOCKED", "not simulated: image example/unknown:1");
    }

    @Test
    void objectsThatStayAfterADocumentEndWithFive() throws Exception {
        manifest(
                "held",
                "apiVersion: v1\nkind: ConfigMap\n"
                        + "metadata: {name: held, namespace: default, finalizers: [example.com/never]}\n");
        feature("Feature: F\n"
                + "  @document:one\n  Rule: R\n    Scenario: S\n      Given the manifests in \"held\" are applied\n"
                + "      " + PASSES + "\n"
                + "  @document:two\n  Rule: Q\n    Scenario: S\n      " + PASSES + "\n");

        Ended ended = run("verify", "--target", "simulated");

        assertThat(ended.exitCode()).as(ended.out()).isEqualTo(5);
        assertThat(ended.out()).contains("REMAINS", "ConfigMap \"held\"", "example.com/never");
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalEndsTheRunWithItsReportsAndItsNumber(String signal, int exitCode) throws Exception {
        assumeFalse(
                signal.equals("INT") && interruptIsIgnored(),
                "started with SIGINT ignored, as a script's background jobs are, which a child inherits");
        manifest(
                "busy",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: busy, namespace: default}\n"
                        + "spec: {containers: [{name: c, image: \"busybox:1.36\", command: [sleep, \"86400000\"],"
                        + " readinessProbe: {exec: {command: [\"true\"]}, periodSeconds: 1}}]}\n");
        // Virtual time runs fast, but not through a thousand years of a probe each second.
        feature("Feature: F\n  Rule: R\n    Scenario: S\n      Given the manifests in \"busy\" are applied\n"
                + "      Then Pod \"busy\" in namespace \"default\" keeps \".metadata.name\" equal to \"busy\""
                + " for 9000000 hours\n");
        Path out = directory.resolve("out");
        Process process = start(out, directory.resolve("err"), "verify", "--target", "simulated");
        while (!Files.readString(out).contains("To do")) {
            assertThat(process.waitFor(20, TimeUnit.MILLISECONDS))
                    .as("ended too early")
                    .isFalse();
        }

        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();

        Ended ended = ended(process, out, directory.resolve("err"));
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
        assertThat(ended.err()).contains("SIG" + signal);
        assertThat(directory.resolve("reports/simulated/statement.json"))
                .content()
                .contains("\"exitCode\" : " + exitCode);
    }

    @Test
    void sweepNamesWhatAKilledRunLeftOnAClusterThatItWasNotGiven() throws Exception {
        Path ledger = Files.createDirectory(directory.resolve("ledger"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        RunOwner me = RunOwner.thisProcess("f00d");
        RunOwner killed = new RunOwner("f00d", me.machine(), gone.pid(), me.started());
        Files.writeString(
                ledger.resolve("f00d.jsonl"),
                new ObjectMapper().writeValueAsString(Map.of("owner", killed.labels(), "cluster", "uid-1")) + "\n");

        Ended ended = run("sweep", "--ledger", ledger.toString());

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(5);
        assertThat(ended.out()).contains("REMAINS", "f00d", "uid-1", "--target kubeconfig");
        refused(run("sweep", "--ledger", ledger.toString(), "--kubeconfig", "any"), 2, "--allow-writes");
    }

    @Test
    void anUnknownCommandEndsWithOneClearMessage() throws Exception {
        refused(run("verfy"), 2, "verfy");
    }

    private static boolean interruptIsIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        long ignored = Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .mapToLong(
                                line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                        .sum()
                : 0;
        return (ignored & 2) != 0;
    }

    private void refused(Ended ended, int exitCode, String message) {
        assertThat(ended.err()).contains(message).contains("plumbline: ").doesNotContain("\tat ");
        assertThat(ended.exitCode()).isEqualTo(exitCode);
        assertThat(directory.resolve("reports")).doesNotExist();
    }

    private void feature(String text) throws IOException {
        Path features = Files.createDirectories(directory.resolve("features"));
        Files.writeString(features.resolve("some.feature"), text);
    }

    private void manifest(String folder, String text) throws IOException {
        Files.writeString(Files.createDirectories(directory.resolve(folder)).resolve("web.yaml"), text);
    }

    /** In this JVM, which is faster; the tests of the exit codes start a real process each. */
    private Ended here(String... arguments) {
        List<String> all = new ArrayList<>(List.of("verify", "--reports", "DIR/reports"));
        all.addAll(List.of(arguments));
        all.replaceAll(argument -> argument.replace("DIR", directory.toString()));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream saidOut = new ByteArrayOutputStream();
        ByteArrayOutputStream saidErr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(saidOut, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(saidErr, true, StandardCharsets.UTF_8));
        try {
            int exitCode = Plumbline.execute(all.toArray(String[]::new));
            return new Ended(
                    exitCode, saidOut.toString(StandardCharsets.UTF_8), saidErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        return ended(start(out, err, arguments), out, err);
    }

    private Process start(Path out, Path err, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                classPath(),
                "dev.plumbline.Plumbline"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PLUMBLINE_"));
        return builder.start();
    }

    private static Ended ended(Process process, Path out, Path err) throws IOException, InterruptedException {
        boolean inTime = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(inTime).as("ended in time").isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    /** Surefire may hide the real class path behind a jar whose manifest names it. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
