package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Endings that take a whole process: all that it leaves says the same. */
class ProcessEndingsTest {

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: busy, namespace: default}
            spec:
              containers:
                - name: app
                  image: busybox:1.36
                  command: [sleep, "86400000"]
                  readinessProbe: {exec: {command: ["true"]}, periodSeconds: 1}
            """;
    private static final String APPLIED = "Given the manifests in \"pod\" are applied\n      ";
    private static final String HOLDS = "Then Namespace \"default\" in namespace \"default\" exists within 1 minute";
    private static final String FAILS = HOLDS.replace("exists", "does not exist");

    /** Virtual time runs fast, but not through a thousand years of a probe each second. */
    private static final String GOES_ON = APPLIED
            + "Then Pod \"busy\" in namespace \"default\" keeps \".metadata.name\" equal to \"busy\" for 9000000 hours";

    @TempDir
    private Path directory;

    @Test
    void aKilledRunLeavesWholeFilesWithTheRestMarkedAsNotRun() throws Exception {
        try (Child child = start(1, HOLDS, FAILS, GOES_ON, HOLDS)) {
            child.awaitIn("reports/statement.json", "\"verdict\" : \"FAIL\"");

            child.signal("KILL");

            Bench.Run run = child.ended();
            assertThat(run.exitCode()).isEqualTo(137);
            assertThat(run.statement().path("exitCode").intValue()).isEqualTo(137);
            assertThat(Agreement.verdicts(run)).isEqualTo("PASS FAIL INCONCLUSIVE INCONCLUSIVE");
            assertThat(run.statement().at("/criteria/3/reason").asText())
                    .isEqualTo("not run: the run was killed, or still goes on");
            Agreement.of(run, false);
        }
    }

    @Test
    void aWorkerThatHasNoMemoryLeftEndsTheRunAndAllSayIt() throws Exception {
        String exhausts = APPLIED + "Then every pod in namespace \"default\" is ready within 1 minute\n"
                + "      Then running \"printf '%0900000000d' 1\" in pod \"busy\" in namespace \"default\""
                + " prints \"1\"";
        try (Child child = start(4, exhausts, HOLDS, HOLDS, HOLDS)) {
            Bench.Run run = child.ended();

            assertThat(run.exitCode()).as(run.said()).isEqualTo(3);
            assertThat(run.out()).contains("NON-CONFORMANT: internal error, please report it: ", "OutOfMemoryError");
            assertThat(Agreement.verdicts(run)).matches("INCONCLUSIVE( PASS| INCONCLUSIVE){3}");
            Agreement.of(run, true);
        }
    }

    private Child start(int parallel, String... steps) throws Exception {
        StringBuilder feature = new StringBuilder("Feature: F\n");
        for (int i = 1; i <= steps.length; i++) {
            feature.append("  @criterion:X-0%d\n  Rule: R%d\n    Scenario: S%d\n".formatted(i, i, i));
            feature.append("      ").append(steps[i - 1]).append('\n');
        }
        Files.createDirectories(directory.resolve("features"));
        Files.writeString(directory.resolve("features/some.feature"), feature);
        Files.createDirectories(directory.resolve("pod"));
        Files.writeString(directory.resolve("pod/pod.yaml"), POD);
        return Child.verify(directory, "--target", "simulated", "--parallel", String.valueOf(parallel));
    }
}
