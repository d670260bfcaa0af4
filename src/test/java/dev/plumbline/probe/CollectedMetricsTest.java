package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.verdict.Observation;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CollectedMetricsTest {

    private static final String NODE = """
            apiVersion: v1
            kind: Node
            metadata: {name: %s}
            status: {addresses: [{type: InternalIP, address: %s}]}
            """;

    private final ServiceFixture fixture = new ServiceFixture()
            .holds(NODE.formatted("asuna", "192.168.8.185"))
            .holds(NODE.formatted("kirito", "192.168.8.186"));

    @AfterEach
    void stop() {
        fixture.close();
    }

    /** @param label of the one sample that Prometheus has */
    private Observation<Survey.Tally> look(String label, boolean everyNode) {
        fixture.answers(
                "GET /api/v1/query",
                200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                        + (label.isEmpty() ? "" : "{\"metric\":{" + label + "},\"value\":[1767268800,\"4\"]}") + "]}}");
        return new CollectedMetrics(fixture, "homelab", "prometheus", 9090, List.of("node_disk_.+"), everyNode).look();
    }

    private static List<String> wrong(Observation<Survey.Tally> seen) {
        return ((Observation.Seen<Survey.Tally>) seen).value().wrong();
    }

    @Test
    void aNodeWithoutDataIsNamedHoweverTheOthersAreKnown() {
        List<String> kiritoLacks = List.of("no data of node_disk_.+ from node kirito");

        assertThat(wrong(look("\"instance\":\"192.168.8.185:9100\"", true))).isEqualTo(kiritoLacks);
        assertThat(wrong(look("\"instance\":\"asuna\"", true))).isEqualTo(kiritoLacks);
        assertThat(wrong(look("\"instance\":\"ksm:8080\",\"node\":\"asuna\"", true)))
                .isEqualTo(kiritoLacks);
        assertThat(wrong(look("\"instance\":\"192.168.8.18:9100\"", true))).hasSize(2);
    }

    @Test
    void fromAnywhereOneSampleIsEnough() {
        assertThat(wrong(look("\"instance\":\"x\"", false))).isEmpty();
        assertThat(wrong(look("", false))).containsExactly("no data of node_disk_.+");
        fixture.answers(
                "GET /api/v1/query", 400, "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse\"}");
        assertThat(new CollectedMetrics(fixture, "homelab", "prometheus", 9090, List.of("a{"), false).look())
                .isInstanceOf(Observation.Unreachable.class);
    }
}
