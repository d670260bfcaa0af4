package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.probe.PanelReport.Outcome;
import dev.plumbline.verdict.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DashboardQueriesTest {

    private static final Path DASHBOARDS =
            Path.of("manifests/gitops-plan/infrastructure/kubernetes/monitoring/grafana/dashboards");

    private final ServiceFixture fixture = new ServiceFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private PanelReport report() throws IOException {
        List<String> files = List.of(
                Files.readString(DASHBOARDS.resolve("homelab-overview.json")),
                Files.readString(DASHBOARDS.resolve("database-performance.json")));
        var seen = new DashboardQueries(fixture, "homelab", "prometheus", 9090, files).look();
        return ((Observation.Seen<PanelReport>) seen).value();
    }

    private void prometheusAnswers(String result) {
        fixture.answers("GET /api/v1/label/instance/values", 200, "{\"status\":\"success\",\"data\":[\"n:1\"]}")
                .answers(
                        "GET /api/v1/query",
                        200,
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + result + "]}}");
    }

    @Test
    void runsEveryQueryOfOurDashboardsWithVariablesAndStepsFilledIn() throws IOException {
        prometheusAnswers("{\"metric\":{},\"value\":[1767268800,\"1\"]}");

        PanelReport report = report();

        assertThat(report.dashboards()).containsExactly("Homelab Overview", "Database Performance");
        assertThat(report.queries()).hasSizeGreaterThan(15).allMatch(query -> query.outcome() == Outcome.DATA);
        assertThat(report.queries())
                .extracting(PanelReport.Query::expression)
                .noneMatch(expression -> expression.contains("$"))
                .anyMatch(expression -> expression.contains("instance=~\"n:1\"}[1m]"));
    }

    @Test
    void withoutSamplesOnlyTheAlertsMayBeEmpty() throws IOException {
        prometheusAnswers("");

        assertThat(report().queries().stream().filter(query -> query.outcome() == Outcome.DECLARED_EMPTY))
                .singleElement()
                .satisfies(query -> assertThat(query.panel()).isEqualTo("Recent alerts"));
    }
}
