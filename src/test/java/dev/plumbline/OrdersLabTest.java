package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lab.LabNode;
import dev.plumbline.lab.Node;
import dev.plumbline.lab.Trials;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two runs at the same time on one cluster, each parallel and in an order of its own, disturb neither themselves nor each other. */
@ExtendWith(LabNode.class)
class OrdersLabTest {

    @TempDir
    private Path directory;

    private final Random chance = Trials.chance();

    @Test
    void twoRunsAtATimePassInAnyOrderAndLeaveNothing(Node node) throws IOException, InterruptedException {
        List<Crowd> crowds = List.of(
                Crowd.in(directory.resolve("one"), "crowd-one"), Crowd.in(directory.resolve("other"), "crowd-other"));
        Path profile = Files.writeString(directory.resolve("profile.yaml"), "clusterUid: " + node.uid() + "\n");
        for (int trial = 0; trial < Trials.count(1, 20); trial++) {
            List<Process> runs = new ArrayList<>();
            for (Crowd crowd : crowds) {
                runs.add(start(crowd, node, profile, "--order=" + chance.nextInt()));
            }
            for (Process run : runs) {
                assertThat(run.waitFor()).as(() -> said(crowds)).isZero();
            }
            for (Crowd crowd : crowds) {
                assertThat(crowd.verdicts())
                        .hasSize(11)
                        .allSatisfy(
                                (name, verdict) -> assertThat(verdict).as(name).isEqualTo("PASS"));
            }
        }
        try (KubernetesClient client = node.client()) {
            assertThat(client.namespaces().list().getItems())
                    .noneMatch(namespace -> namespace.getMetadata().getName().startsWith("crowd-"));
        }
    }

    private static Process start(Crowd crowd, Node node, Path profile, String order) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Plumbline.class.getName()));
        command.addAll(crowd.run(
                "--target=kubeconfig",
                "--kubeconfig=" + node.kubeconfig(),
                "--allow-writes",
                "--profile=" + profile,
                "--parallel=4",
                order));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(crowd.directory().resolve("out").toFile())
                .start();
    }

    private static String said(List<Crowd> crowds) {
        return Stream.of(crowds.get(0), crowds.get(1))
                .map(crowd -> {
                    try {
                        return Files.readString(crowd.directory().resolve("out"));
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .reduce("", String::concat);
    }
}
