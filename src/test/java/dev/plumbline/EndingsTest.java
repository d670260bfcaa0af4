package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However a run ends, everything that it says of it is the same; through the command line. */
class EndingsTest {

    private static final String HOLDS = there("default");
    private static final String FAILS = HOLDS.replace("exists", "does not exist");
    private static final String BLOCKED = "Given the manifests in \"DIR/strange\" are applied\n"
            + "      Then every pod in namespace \"default\" is ready within 1 minute";
    private static final String HELD = "Given the manifests in \"DIR/held\" are applied\n      ";
    private static final String NOTHING = "Then every pod in namespace \"default\" is ready within 1 second";

    @TempDir
    private Path directory;

    private Bench bench;

    /** Sets up what goes wrong, or nothing. */
    private interface Setting {
        Setting NOTHING = bench -> {};

        void on(Bench bench) throws IOException;
    }

    @BeforeEach
    void openABench() throws IOException {
        bench = new Bench(directory);
        bench.manifest(
                "strange",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: default}\n"
                        + "spec: {containers: [{name: c, image: \"example/unknown:1\"}]}\n");
        bench.manifest(
                "held",
                "apiVersion: v1\nkind: ConfigMap\n"
                        + "metadata: {name: held, namespace: default, finalizers: [example.com/never]}\n");
        bench.manifest("refused", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: Bad_Name, namespace: default}\n");
        bench.manifest(
                "nowhere", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: lost, namespace: no-such-namespace}\n");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endings")
    void allSurfacesSayTheSame(
            String name, String feature, Setting setting, String options, int exitCode, String verdicts, String said)
            throws Exception {
        bench.feature(feature);
        setting.on(bench);

        Bench.Run run = bench.verify(options.isEmpty() ? new String[0] : options.split(" "));

        assertThat(run.exitCode()).as(run.said()).isEqualTo(exitCode);
        assertThat(Agreement.verdicts(run)).as(run.said()).matches(verdicts);
        assertThat(run.out()).contains(said);
        assertThat(run.err()).doesNotContain("\tat ");
        Agreement.of(run, true);
    }

    private static Stream<Arguments> endings() {
        return Stream.of(
                ending("pass", one(HOLDS), 0, "PASS", "every active criterion holds"),
                ending("a step fails", one(FAILS), 1, "FAIL", "expected not there"),
                ending(
                        "a Given fails",
                        one("Given the manifests in \"DIR/refused\" are applied\n      " + HOLDS),
                        1,
                        "FAIL",
                        "was refused by the API server (422)"),
                ending(
                        "a Given goes nowhere",
                        one("Given the manifests in \"DIR/nowhere\" are applied\n      " + HOLDS),
                        3,
                        "INCONCLUSIVE",
                        "no-such-namespace"),
                ending(
                        "the first hook fails",
                        one(HOLDS),
                        wrong(bench -> bench.faults().atArrival(1, EndingsTest::bug)),
                        "",
                        3,
                        "INCONCLUSIVE",
                        "internal error, please report it: IllegalStateException: a bug"),
                ending(
                        "the last hook fails",
                        one(HOLDS),
                        wrong(bench -> bench.faults().atDeparture(1, EndingsTest::bug)),
                        "",
                        3,
                        "INCONCLUSIVE",
                        "internal error, please report it: IllegalStateException: a bug"),
                ending(
                        "a step and the last hook fail",
                        one(FAILS),
                        wrong(bench -> bench.faults().atDeparture(1, EndingsTest::bug)),
                        "",
                        1,
                        "FAIL",
                        "expected not there"),
                ending("an object remains", documents(HELD + HOLDS, HOLDS), 5, "PASS PASS", "REMAINS"),
                ending("an object remains and a step fails", documents(HELD + FAILS, HOLDS), 1, "FAIL PASS", "REMAINS"),
                ending(
                        "the clean-up has a bug",
                        documents(HELD + HOLDS, HOLDS),
                        wrong(bench -> bench.faults().atArrival(2, EndingsTest::bug)),
                        "",
                        5,
                        "PASS PASS",
                        "the clean-up ended before its time: internal error"),
                ending(
                        "time runs out",
                        one(there("absent").replace("1 second", "5 minutes")),
                        1,
                        "FAIL",
                        "within 5 min"),
                ending(
                        "it does not stay",
                        one("Then Namespace \"default\" in namespace \"default\" keeps \".metadata.name\""
                                + " equal to \"other\" for 1 minute"),
                        1,
                        "FAIL",
                        "throughout"),
                ending(
                        "unreachable",
                        one(HOLDS),
                        wrong(bench -> bench.faults().unreachableUntilArrival("default", 9)),
                        "",
                        3,
                        "INCONCLUSIVE",
                        "connection refused"),
                ending("nothing selected", one(NOTHING), 3, "INCONCLUSIVE", "nothing selected"),
                ending("all blocked", one(BLOCKED), 4, "BLOCKED", "nothing was measured"),
                ending("some blocked", rules(BLOCKED, HOLDS), 0, "BLOCKED PASS", "some is blocked"),
                ending(
                        "not applicable alone",
                        one(HOLDS).replace("@first", "@needs:gpu"),
                        4,
                        "NOT_APPLICABLE",
                        "has no gpu"),
                ending(
                        "pending and unproven beside a pass",
                        rules(HOLDS, HOLDS).replace("@first", "@pending") + "  @criterion:U-01\n  Rule: Unproven\n",
                        0,
                        "PENDING PASS UNPROVEN",
                        "some is blocked or unproven"),
                ending(
                        "a signal while a scenario runs",
                        rules(HOLDS, there("stop")),
                        wrong(bench -> bench.faults().atLook("stop", target -> bench.stop())),
                        "",
                        143,
                        "PASS INCONCLUSIVE",
                        "interrupted"),
                ending(
                        "a signal between scenarios",
                        rules(HOLDS, FAILS),
                        wrong(bench -> bench.faults().atDeparture(1, target -> bench.stop())),
                        "",
                        143,
                        "PASS INCONCLUSIVE",
                        "not run: the run was interrupted"),
                ending(
                        "a signal while cleaning up",
                        documents(HOLDS, FAILS),
                        wrong(bench -> bench.faults().atArrival(2, target -> bench.stopAndGoOn())),
                        "",
                        143,
                        "PASS INCONCLUSIVE",
                        "not run: the run was interrupted"),
                ending(
                        "a signal while the reports are written",
                        one(HOLDS),
                        wrong(bench -> bench.faults().atLastWord(target -> bench.stopAndGoOn())),
                        "",
                        143,
                        "PASS",
                        "terminated"),
                ending(
                        "out of memory",
                        rules(there("oom alone"), HOLDS),
                        wrong(EndingsTest::outOfMemory),
                        "",
                        3,
                        "INCONCLUSIVE INCONCLUSIVE",
                        "the run was aborted: internal error, please report it: OutOfMemoryError: seeded"),
                ending(
                        "out of memory in a worker",
                        rules(HOLDS, there("oom"), there("busy")),
                        wrong(EndingsTest::outOfMemory),
                        "--parallel 4",
                        3,
                        "(PASS|INCONCLUSIVE) INCONCLUSIVE INCONCLUSIVE",
                        "internal error, please report it: an error that no step survives, such as OutOfMemoryError"),
                ending(
                        "out of stack",
                        rules(there("deep"), HOLDS),
                        wrong(bench -> bench.faults().atLook("deep", target -> {
                            throw new StackOverflowError();
                        })),
                        "",
                        3,
                        "INCONCLUSIVE PASS",
                        "internal error, please report it: StackOverflowError"),
                ending(
                        "a bug of ours",
                        rules(there("bug"), HOLDS),
                        wrong(bench -> bench.faults().atLook("bug", EndingsTest::bug)),
                        "",
                        3,
                        "INCONCLUSIVE PASS",
                        "internal error, please report it: IllegalStateException: a bug"),
                ending(
                        "a failed assertion of ours is no measurement",
                        one(there("bug")),
                        wrong(bench -> bench.faults().atLook("bug", target -> {
                            throw new AssertionError("impossible");
                        })),
                        "",
                        3,
                        "INCONCLUSIVE",
                        "internal error, please report it: AssertionError: impossible"),
                ending(
                        "a feature is gone before it runs",
                        documents(HOLDS, HOLDS),
                        wrong(bench ->
                                bench.faults().beforeTheRun(() -> Files.delete(bench.path("features/some.feature")))),
                        "",
                        3,
                        "INCONCLUSIVE INCONCLUSIVE",
                        "not run: "),
                ending(
                        "--fail-fast",
                        rules(FAILS, HOLDS),
                        Setting.NOTHING,
                        "--fail-fast",
                        1,
                        "FAIL INCONCLUSIVE",
                        "--fail-fast was given"),
                ending(
                        "--budget used up",
                        rules(HOLDS, HOLDS),
                        Setting.NOTHING,
                        "--budget 0s",
                        3,
                        "INCONCLUSIVE INCONCLUSIVE",
                        "the time of --budget is used up"),
                ending(
                        "flaky",
                        one(HOLDS),
                        wrong(bench -> bench.faults().unreachableUntilArrival("default", 2)),
                        "--attempts 2",
                        1,
                        "FLAKY",
                        "attempts differ"),
                ending(
                        "all attempts fail",
                        one(FAILS),
                        Setting.NOTHING,
                        "--attempts 3",
                        1,
                        "FAIL",
                        "expected not there"),
                ending(
                        "a second attempt is cut short",
                        one(there("cut")),
                        wrong(bench -> bench.faults()
                                .atLook("cut", target -> bench.faults().arrived() < 2 ? null : bench.stop())),
                        "--attempts 2",
                        143,
                        "FAIL",
                        "expected there"),
                ending(
                        "waived",
                        rules(FAILS, HOLDS),
                        waiver("2999-12-31"),
                        "--profile DIR/profile.yaml",
                        0,
                        "WAIVED PASS",
                        "waived until 2999-12-31"),
                ending(
                        "the waiver expired",
                        one(FAILS),
                        waiver("2026-01-01"),
                        "--profile DIR/profile.yaml",
                        1,
                        "FAIL",
                        "the waiver expired on 2026-01-01"),
                ending(
                        "an outline with mixed rows",
                        "Feature: F\n  @criterion:X-01\n  Rule: R1\n    Scenario Outline: S <what>\n      "
                                + HOLDS.replace("exists", "<what>")
                                + "\n\n      Examples:\n        | what |\n        | exists |\n        | does not exist |\n",
                        1,
                        "FAIL",
                        "expected not there"),
                ending(
                        "one of two documents is lost",
                        documents(HOLDS, there("gone")),
                        wrong(bench -> bench.faults().unreachableUntilArrival("gone", 9)),
                        "",
                        3,
                        "PASS INCONCLUSIVE",
                        "connection refused"),
                ending(
                        "one of four at a time fails",
                        rules(HOLDS, FAILS, HOLDS, HOLDS),
                        Setting.NOTHING,
                        "--parallel 4",
                        1,
                        "PASS FAIL PASS PASS",
                        "1 criterion does not hold"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void badInputIsSaidAndNothingIsStarted(String name, String feature, String message) throws Exception {
        bench.feature(feature);

        Bench.Run run = bench.verify();

        assertThat(run.exitCode()).as(run.said()).isEqualTo(2);
        assertThat(run.err()).contains("some.feature", message).doesNotContain("\tat ");
        assertThat(directory.resolve("reports")).doesNotExist();
        assertThat(directory.resolve("summary.md")).doesNotExist();
    }

    private static Stream<Arguments> inputs() {
        return Stream.of(
                arguments("undefined step", one("Then the moon is full"), "undefined step \"the moon is full\""),
                arguments(
                        "a number too large",
                        one(there("a").replace("1 second", "99999999999999999999 seconds")),
                        "99999999999999999999 seconds"),
                arguments(
                        "a number that no computer counts to",
                        one("When someone scales deployment \"web\" in namespace \"default\" to 99999999999 replicas"),
                        "the number 99999999999 in the step"),
                arguments("no steps", "Feature: F\n  Rule: R\n    Scenario: S\n", "has no steps"),
                arguments(
                        "not Gherkin",
                        "Feature: F\n  Rule: R\n    Scenario: S\n      Given a\n      Thn b\n",
                        "not Gherkin"));
    }

    @Test
    void aFeatureThatCannotBeReadIsBadInput() throws Exception {
        Files.createDirectories(directory.resolve("features"));
        Files.createSymbolicLink(directory.resolve("features/some.feature"), Path.of("nowhere"));

        Bench.Run run = bench.verify("--features", "DIR/features/some.feature");

        assertThat(run.exitCode()).as(run.said()).isEqualTo(2);
        assertThat(run.err()).contains("some.feature").doesNotContain("\tat ");
    }

    @Test
    void reportsThatCannotBeWrittenAreFoundBeforeAnythingStarts() throws Exception {
        bench.feature(one(HOLDS));
        bench.write("reports", "a file");

        Bench.Run run = bench.verify("--history", "DIR/history.jsonl");

        assertThat(run.exitCode()).as(run.said()).isEqualTo(2);
        assertThat(run.err())
                .contains("reports: the reports cannot be written: ")
                .doesNotContain("\tat ");
        assertThat(run.out()).doesNotContain("To do");
    }

    @Test
    void reportsThatCannotBeWrittenInTheEndAreNotGreen() throws Exception {
        bench.feature(one(there("default")));
        bench.faults().atDeparture(1, target -> {
            bench.replaceReportsByAFile();
            return null;
        });

        Bench.Run run = bench.verify("--history", "DIR/history.jsonl");

        assertThat(run.exitCode()).as(run.said()).isEqualTo(3);
        assertThat(run.err())
                .contains("plumbline: the reports could not be written: ")
                .doesNotContain("\tat ");
        assertThat(run.out()).contains("PASS ", ": the reports could not be written: ", "(exit code 3)");
    }

    @Test
    @EnabledIf("hasAFullDisk")
    void aFullDiskIsNotGreenAndTheReportsSayIt() throws Exception {
        bench.feature(one(HOLDS));

        Bench.Run run = bench.summarizingTo("/dev/full").verify();

        assertThat(run.exitCode()).as(run.said()).isEqualTo(3);
        assertThat(run.err()).contains("No space left on device").doesNotContain("\tat ");
        assertThat(run.statement().path("exitCode").intValue()).isEqualTo(3);
        assertThat(run.file("index.html")).contains("exit code 3", "No space left on device");
    }

    static boolean hasAFullDisk() {
        return Files.exists(Path.of("/dev/full"));
    }

    @Test
    void aBugBeforeAnythingRanTellsNoSecret() throws Exception {
        bench.feature(one(HOLDS));
        bench.faults().beforeTheRun(() -> {
            throw new IOException(
                    "password " + Bench.SECRET + " refused in " + Path.of("").toAbsolutePath());
        });

        Bench.Run run = bench.verify();

        assertThat(run.exitCode()).as(run.said()).isEqualTo(3);
        assertThat(run.err())
                .contains("internal error, please report it: ", "password *** refused in .", "\tat dev.plumbline.")
                .doesNotContain(Bench.SECRET);
    }

    private static Arguments ending(String name, String feature, int exitCode, String verdicts, String said) {
        return ending(name, feature, Setting.NOTHING, "", exitCode, verdicts, said);
    }

    private static Arguments ending(
            String name, String feature, Setting setting, String options, int exitCode, String verdicts, String said) {
        return arguments(name, feature, setting, options, exitCode, verdicts, said);
    }

    private static Setting wrong(Setting setting) {
        return setting;
    }

    private static Setting waiver(String expires) {
        return bench -> bench.profile("  - {criterion: X-01, reason: known, owner: ops, expires: " + expires + "}\n");
    }

    private static void outOfMemory(Bench bench) {
        CountDownLatch busy = new CountDownLatch(1);
        bench.faults().atLook("busy", target -> {
            busy.countDown();
            Bench.waitToBeInterrupted();
            return null;
        });
        bench.faults().atLook("oom alone", target -> {
            throw new OutOfMemoryError("seeded");
        });
        bench.faults().atLook("oom", target -> {
            busy.await();
            throw new OutOfMemoryError("seeded");
        });
    }

    private static Observation<GenericKubernetesResource> bug(Target target) {
        throw new IllegalStateException("a bug");
    }

    private static String there(String name) {
        return "Then Namespace \"" + name + "\" in namespace \"default\" exists within 1 second";
    }

    private static String one(String steps) {
        return rules(steps);
    }

    /** A rule a list of steps, with a scenario each. */
    private static String rules(String... steps) {
        StringBuilder feature = new StringBuilder("Feature: F\n");
        for (int i = 1; i <= steps.length; i++) {
            feature.append(i == 1 ? "  @first\n" : "")
                    .append("  @criterion:X-0")
                    .append(i);
            feature.append("\n  Rule: R").append(i).append("\n    Scenario: S").append(i);
            feature.append("\n      ").append(steps[i - 1]).append('\n');
        }
        return feature.toString();
    }

    /** The same, with a document each. */
    private static String documents(String... steps) {
        return rules(steps).replaceAll("@criterion:(X-0(\\d))", "@document:d$2 @criterion:$1");
    }
}
