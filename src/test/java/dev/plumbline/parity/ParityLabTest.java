package dev.plumbline.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lab.LabNode;
import dev.plumbline.lab.Node;
import dev.plumbline.timing.WallClock;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The recorded outcomes are those of a real API server. {@code -Dplumbline.parity=record} writes them anew; see what changed
 * before you commit it.
 */
@ExtendWith(LabNode.class)
final class ParityLabTest {

    private static final int AT_A_TIME = 6;

    private final WallClock clock = new WallClock();

    @Test
    void aRealApiServerAnswersAsRecorded(Node node) throws Exception {
        Map<String, List<String>> real = new LinkedHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try (KubernetesClient client = node.client()) {
            Side side = new Side(client, clock, (namespace, pod, command) -> run(client, namespace, pod, command));
            Map<String, Future<List<String>>> running = new LinkedHashMap<>();
            Stream.of("calls.yaml", "controllers.yaml")
                    .flatMap(file -> Case.in(file).stream())
                    .forEach(one -> running.put(one.name(), threads.submit(() -> outcome(side, one))));
            for (Map.Entry<String, Future<List<String>>> each : running.entrySet()) {
                real.put(each.getKey(), each.getValue().get());
            }
        } finally {
            threads.shutdownNow();
        }
        if ("record".equals(System.getProperty("plumbline.parity"))) {
            Outcomes.record(real);
        }
        assertThat(real).isEqualTo(Outcomes.recorded());
    }

    private List<String> outcome(Side side, Case one) throws InterruptedException {
        String namespace =
                "parity-" + clock.millis() + "-" + Math.floorMod(one.name().hashCode(), 100_000);
        try {
            return side.outcome(one, namespace);
        } finally {
            side.leave(namespace);
        }
    }

    private static String run(KubernetesClient client, String namespace, String pod, String command)
            throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExecWatch exec = client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .writingOutput(out)
                .exec("sh", "-c", command)) {
            exec.exitCode().get(30, TimeUnit.SECONDS);
            return out.toString(StandardCharsets.UTF_8);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(command + " in " + pod, e);
        }
    }
}
