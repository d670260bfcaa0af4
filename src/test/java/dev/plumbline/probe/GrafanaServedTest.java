package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.verdict.Observation;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers in the shapes that Grafana's HTTP API documents. */
class GrafanaServedTest {

    private static final String GIT =
            "{\"uid\":\"d1\",\"title\":\"Overview\",\"version\":1,\"panels\":[{\"type\":\"row\",\"panels\":[{\"id\":2}]},"
                    + "{\"id\":1,\"type\":\"stat\"}]}";

    private final ServiceFixture fixture = new ServiceFixture();

    @BeforeEach
    void oneDashboard() {
        fixture.answers("GET /api/search", 200, """
                [{"id":163,"uid":"d1","title":"Overview","uri":"db/overview","url":"/d/d1/overview","slug":"",
                  "type":"dash-db","tags":[],"isStarred":false,"folderUid":"f1","folderTitle":"Homelab"}]""");
        serves(GIT.replace("\"version\":1", "\"version\":7,\"id\":163"), true);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void serves(String dashboard, boolean provisioned) {
        fixture.answers(
                "GET /api/dashboards/uid/d1",
                200,
                "{\"meta\":{\"isStarred\":false,\"slug\":\"overview\",\"folderTitle\":\"Homelab\",\"provisioned\":"
                        + provisioned + ",\"provisionedExternalId\":\"overview.json\"},\"dashboard\":" + dashboard
                        + "}");
    }

    private GrafanaServed.Dashboards seen() {
        return ((Observation.Seen<GrafanaServed.Dashboards>)
                        new GrafanaServed(fixture, "homelab", "grafana", 3000).look())
                .value();
    }

    @Test
    void aDashboardIsTheDeclaredOneButForWhatGrafanaCounts() {
        assertThat(seen().all()).singleElement().satisfies(one -> {
            assertThat(one.panels()).isEqualTo(2);
            assertThat(one.file()).isEqualTo("overview.json");
        });
        assertThat(seen().differences(List.of(GIT), "Homelab")).isEmpty();
    }

    @Test
    void whatDiffersIsNamed() {
        assertThat(seen().differences(List.of(GIT.replace("Overview", "Other")), "Homelab"))
                .containsExactly("dashboard \"Other\" is not served");
        assertThat(seen().differences(List.of(GIT), "General"))
                .singleElement()
                .asString()
                .contains("folder \"Homelab\"");
        serves(GIT.replace("\"stat\"", "\"gauge\""), true);
        assertThat(seen().differences(List.of(GIT), "Homelab"))
                .singleElement()
                .asString()
                .endsWith("it: panels");
        serves(GIT, false);
        assertThat(seen().differences(List.of(GIT), "Homelab"))
                .singleElement()
                .asString()
                .contains("is not provisioned");
    }

    @Test
    void aDataSourceIsKnownFromTheSettingsAndAskedForItsHealth() {
        fixture.answers(
                "GET /api/frontend/settings",
                200,
                "{\"defaultDatasource\":\"Prometheus\",\"datasources\":{\"Prometheus\":{\"id\":1,\"uid\":\"p1\","
                        + "\"type\":\"prometheus\",\"name\":\"Prometheus\",\"access\":\"proxy\",\"readOnly\":true}}}");
        fixture.answers(
                "GET /api/datasources/uid/p1/health",
                200,
                "{\"message\":\"Successfully queried the Prometheus API.\",\"status\":\"OK\"}");

        assertThat(datasource("Prometheus").toString()).startsWith("provisioned, healthy: Successfully");
        fixture.answers(
                "GET /api/datasources/uid/p1/health", 400, "{\"message\":\"no such host\",\"status\":\"ERROR\"}");
        assertThat(datasource("Prometheus").toString()).isEqualTo("provisioned, not healthy: no such host");
        assertThat(datasource("Loki")).isInstanceOf(Observation.Absent.class);
    }

    private Observation<GrafanaDatasource.State> datasource(String name) {
        return new GrafanaDatasource(fixture, "homelab", "grafana", 3000, name).look();
    }
}
