package dev.plumbline.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.SimulatedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The simulation answers as the real API server did when {@code outcomes.txt} was recorded, but for what
 * {@code parity.md} declares. {@link ParityLabTest} holds the recording against a real one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ParityTest {

    private static final int ENOUGH = 60;

    private final Map<String, List<String>> recorded = Outcomes.recorded();
    private final Map<Difference, String> declared = Difference.declared();
    private SimulatedCluster cluster;

    @BeforeAll
    void open() {
        cluster = new SimulatedCluster(
                List.of(), Instant.parse("2026-01-01T00:00:00Z"), Set.of("example.com/parity/none:1"));
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @TestFactory
    Stream<DynamicTest> clientCalls() {
        return tests("calls.yaml");
    }

    @TestFactory
    Stream<DynamicTest> controllerBehaviours() {
        return tests("controllers.yaml");
    }

    private Stream<DynamicTest> tests(String file) {
        Side side = new Side(cluster.client(), cluster.clock(), this::run);
        return Case.in(file).stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> check(side, one)));
    }

    private String run(String namespace, String pod, String command) throws InterruptedException {
        try {
            return cluster.run(namespace, pod, command, Duration.ofSeconds(30)).out();
        } catch (Target.CommandNotRun e) {
            return e.getMessage();
        }
    }

    private void check(Side side, Case one) throws InterruptedException {
        String namespace = "parity-" + cluster.clock().millis() + "-"
                + Math.floorMod(one.name().hashCode(), 100_000);
        List<String> simulated = side.outcome(one, namespace);
        side.leave(namespace);
        assertThat(recorded).as("recorded cases").containsKey(one.name());
        List<Difference> found =
                Difference.between(one.name(), recorded.getOrDefault(one.name(), List.of()), simulated);
        List<Difference> known = declared.keySet().stream()
                .filter(difference -> difference.name().equals(one.name()))
                .toList();
        assertThat(found.stream().map(Difference::row))
                .as("what differs from a real API server: mend it or declare it in parity.md")
                .containsExactlyInAnyOrderElementsOf(
                        known.stream().map(Difference::row).toList());
    }

    @Test
    void nothingIsDeclaredOrRecordedForNoCaseOrWithoutReason() {
        List<String> names = new ArrayList<>();
        Stream.of("calls.yaml", "controllers.yaml")
                .flatMap(file -> Case.in(file).stream())
                .forEach(one -> names.add(one.name()));
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(ENOUGH);
        assertThat(recorded.keySet()).containsExactlyInAnyOrderElementsOf(names);
        declared.forEach((difference, reason) -> {
            assertThat(names).contains(difference.name());
            assertThat(reason).as(difference.toString()).hasSizeGreaterThan(20);
        });
    }
}
