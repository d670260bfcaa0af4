package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lab.LabNode;
import dev.plumbline.lab.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One ending on a real node, through a process of its own: what holds for the simulated target holds there. */
@ExtendWith(LabNode.class)
class EndingsLabTest {

    private static final String FEATURE = """
            Feature: F
              @criterion:X-01
              Rule: R1
                Scenario: S1
                  Then Namespace "default" in namespace "default" exists within 10 seconds
              @criterion:X-02
              Rule: R2
                Scenario: S2
                  Then Namespace "default" in namespace "default" does not exist within 1 second
              @criterion:X-03
              Rule: R3
                Scenario: S3
                  Then Namespace "default" in namespace "default" keeps ".metadata.name" equal to "default" for 9 minutes
              @criterion:X-04
              Rule: R4
                Scenario: S4
                  Then Namespace "default" in namespace "default" exists within 10 seconds
            """;

    @TempDir
    private Path directory;

    @Test
    void aStepFailsAndThenTheRunIsInterrupted(Node node) throws Exception {
        Files.writeString(Files.createDirectory(directory.resolve("features")).resolve("some.feature"), FEATURE);
        try (Child child = Child.verify(
                directory,
                "--target",
                "kubeconfig",
                "--kubeconfig",
                node.kubeconfig().toString())) {
            child.awaitIn("reports/statement.json", "\"verdict\" : \"FAIL\"");

            child.signal("TERM");

            Bench.Run run = child.ended();
            assertThat(run.exitCode()).as(run.said()).isEqualTo(143);
            assertThat(Agreement.verdicts(run)).isEqualTo("PASS FAIL INCONCLUSIVE INCONCLUSIVE");
            assertThat(run.out()).contains("X-03  interrupted", "X-04  not run: the run was interrupted");
            Agreement.of(run, true);
        }
    }
}
