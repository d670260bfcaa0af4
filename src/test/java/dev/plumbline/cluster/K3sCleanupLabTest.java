package dev.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is left of a throwaway whose process ends before its time. Needs Docker and PLUMBLINE_K3S_IMAGE. */
final class K3sCleanupLabTest {

    private static final String IMAGE = System.getenv("PLUMBLINE_K3S_IMAGE");

    @BeforeAll
    static void needsANodeImage() {
        if (IMAGE == null) {
            System.out.println("NOT RUN: K3sCleanupLabTest needs a node image, PLUMBLINE_K3S_IMAGE is not set");
        }
        assumeTrue(IMAGE != null, "PLUMBLINE_K3S_IMAGE is not set");
    }

    @Test
    void aTerminatedProcessTakesItsNodeAlong() throws Exception {
        Process child = startedNode("cleanup-term");
        child.destroy();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isEqualTo(143);
        assertThat(containersOf("cleanup-term")).isEmpty();
    }

    @Test
    void sweepRemovesTheNodeOfAKilledProcess() throws Exception {
        Process child = startedNode("cleanup-kill");
        child.destroyForcibly();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(containersOf("cleanup-kill")).hasSize(1);
        assertThat(K3sSweep.sweep())
                .anyMatch(line -> line.startsWith("container ")
                        && line.endsWith("of run cleanup-kill, whose process " + child.pid() + " is gone"));
        assertThat(containersOf("cleanup-kill")).isEmpty();
    }

    private static Process startedNode(String runId) throws IOException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NodeInChildJvm.class.getName(),
                        IMAGE,
                        runId)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = child.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).startsWith("READY");
        return child;
    }

    private static List<String> containersOf(String runId) throws Docker.NoDocker {
        try (Docker docker = Docker.connect()) {
            return docker.labelled(Guard.RUN_LABEL + "=" + runId).stream()
                    .map(container -> container.getId())
                    .toList();
        }
    }
}
