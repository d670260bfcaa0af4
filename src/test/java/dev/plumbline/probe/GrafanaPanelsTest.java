package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.probe.PanelReport.Outcome;
import dev.plumbline.verdict.Observation;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrafanaPanelsTest {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final String QUERY = "POST /api/ds/query";

    private final ServiceFixture fixture = new ServiceFixture();

    @BeforeEach
    void oneDashboard() {
        fixture.answers("GET /api/search", 200, "[{\"uid\":\"d1\",\"title\":\"Overview\"}]");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void dashboard(String variables, String panels) {
        fixture.answers(
                "GET /api/dashboards/uid/d1",
                200,
                "{\"dashboard\":{\"title\":\"Overview\",\"templating\":{\"list\":[" + variables + "]},\"panels\":["
                        + panels + "]}}");
    }

    private static String panel(String title, String more) {
        return "{\"type\":\"timeseries\",\"title\":\"" + title + "\"," + more
                + "\"datasource\":{\"uid\":\"prometheus\"},\"targets\":[{\"refId\":\"A\",\"expr\":\"up{instance=~"
                + "\\\"$node\\\"}\"}]}";
    }

    private void answer(String result) {
        fixture.answers(QUERY, 200, "{\"results\":{\"A\":" + result + "}}");
    }

    /** A frame whose newest sample that is not null is this old. */
    private static String frame(long ageSeconds, String value) {
        long at = ServiceFixture.NOW.minusSeconds(ageSeconds).toEpochMilli();
        return "{\"status\":200,\"frames\":[{\"schema\":{\"fields\":[{\"type\":\"time\"},{\"type\":\"number\"}]},"
                + "\"data\":{\"values\":[[" + at + "," + (at + 15000) + "],[" + value + ",null]]}}]}";
    }

    private PanelReport report() {
        return ((Observation.Seen<PanelReport>) look()).value();
    }

    private Observation<PanelReport> look() {
        return new GrafanaPanels(fixture, "homelab", "grafana", 3000).look();
    }

    @Test
    void measuresTheAgeOfTheNewestSampleThatIsNotNull() {
        dashboard("", panel("CPU", ""));
        answer(frame(40, "0.5"));

        assertThat(report().queries()).singleElement().satisfies(query -> {
            assertThat(query.outcome()).isEqualTo(Outcome.DATA);
            assertThat(query.age()).contains(Duration.ofSeconds(40));
        });
        assertThat(report().allShowData(FRESH)).isTrue();
    }

    @Test
    void aPanelWithOldSamplesOnlyIsNotGood() {
        dashboard("", panel("CPU", ""));
        answer(frame(301, "0.5"));

        assertThat(report().allShowData(FRESH)).isFalse();
        assertThat(report().bad(FRESH)).hasSize(1);
    }

    @Test
    void aPanelWithNullsOnlyHasNoData() {
        dashboard("", panel("CPU", ""));
        answer(frame(40, "null"));

        assertThat(report().queries().get(0).outcome()).isEqualTo(Outcome.NO_DATA);
        assertThat(report()).asString().contains("Overview / CPU (A): no data");
    }

    @Test
    void onlyADeclaredPanelMayBeEmpty() {
        dashboard("", panel("Alerts", "\"description\":\"emptyOk\",") + "," + panel("CPU", ""));
        answer("{\"status\":200,\"frames\":[]}");

        assertThat(report().queries())
                .extracting(PanelReport.Query::outcome)
                .containsExactly(Outcome.DECLARED_EMPTY, Outcome.NO_DATA);
    }

    @Test
    void anErrorOfOneQueryIsItsOutcome() {
        dashboard("", panel("CPU", ""));
        fixture.answers(QUERY, 400, "{\"results\":{\"A\":{\"error\":\"bad_data: parse error\",\"status\":400}}}");

        assertThat(report().queries().get(0).outcome()).isEqualTo(Outcome.ERROR);
        assertThat(report()).asString().contains("parse error");
    }

    @Test
    void anUnknownDataSourceIsAnErrorOfItsPanel() {
        dashboard("", panel("CPU", ""));
        fixture.answers(QUERY, 404, "{\"message\":\"Data source not found\"}");

        assertThat(report()).asString().contains("Data source not found");
    }

    @Test
    void fillsAQueryVariableWithAllItsValues() {
        dashboard(
                "{\"name\":\"node\",\"type\":\"query\",\"includeAll\":true,\"current\":{\"value\":[\"$__all\"]},"
                        + "\"datasource\":{\"uid\":\"prometheus\"},"
                        + "\"query\":{\"query\":\"label_values(node_uname_info, instance)\"}}",
                panel("CPU", ""));
        fixture.answers(
                "GET /api/datasources/uid/prometheus/resources/api/v1/label/instance/values",
                200,
                "{\"status\":\"success\",\"data\":[\"10.0.0.1:9100\",\"b\"]}");
        answer(frame(1, "1"));

        assertThat(report().queries().get(0).expression()).isEqualTo("up{instance=~\"(10\\\\.0\\\\.0\\\\.1:9100|b)\"}");
        assertThat(fixture.requests)
                .anyMatch(request -> request.endsWith("/label/instance/values match[]=node_uname_info"));
    }

    @Test
    void opensRowsAndRepeats() {
        dashboard(
                "{\"name\":\"node\",\"type\":\"custom\",\"multi\":true,\"query\":\"a,b\",\"current\":{\"value\":"
                        + "[\"a\",\"b\"]}}",
                "{\"type\":\"row\",\"title\":\"Closed\",\"collapsed\":true,\"panels\":[" + panel("Inside", "") + "]},"
                        + panel("Each $node", "\"repeat\":\"node\",") + ",{\"type\":\"text\",\"title\":\"Words\"}");
        answer(frame(1, "1"));

        assertThat(report().queries())
                .extracting(PanelReport.Query::panel)
                .containsExactly("Inside", "Each a", "Each b");
        assertThat(report().queries().get(2).expression()).isEqualTo("up{instance=~\"b\"}");
    }

    @Test
    void fetchesALibraryPanelThatIsOnlyReferredTo() {
        dashboard("", "{\"libraryPanel\":{\"uid\":\"lib\"}}");
        fixture.answers("GET /api/library-elements/lib", 200, "{\"result\":{\"model\":" + panel("Shared", "") + "}}");
        answer(frame(1, "1"));

        assertThat(report().queries().get(0).panel()).isEqualTo("Shared");
    }

    @Test
    void aPanelWithoutAQuerySelectsNothing() {
        dashboard("", "{\"type\":\"stat\",\"title\":\"Nothing\"}");

        assertThat(look().toString()).contains("nothing selected", "Nothing (-): no query");
    }

    @Test
    void aPanelWithoutDataIsWorseThanOneWithoutAQuery() {
        dashboard("", panel("CPU", "") + ",{\"type\":\"stat\",\"title\":\"Nothing\"}");
        answer("{\"status\":200,\"frames\":[]}");

        assertThat(report().toString()).contains("CPU (A): no data", "Nothing (-): no query");
    }

    @Test
    void noDashboardNeverPasses() {
        fixture.answers("GET /api/search", 200, "[]");

        assertThat(look().toString()).contains("nothing selected: no dashboard");
    }

    @Test
    void nothingButDeclaredEmptyPanelsNeverPasses() {
        dashboard("", panel("Alerts", "\"description\":\"emptyOk\","));
        answer("{\"status\":200,\"frames\":[]}");

        assertThat(report().allShowData(FRESH)).isFalse();
    }

    @Test
    void aLoginIsNotObservable() {
        fixture.answers("GET /api/search", 401, "{\"message\":\"Unauthorized\"}");

        assertThat(look()).isInstanceOf(Observation.Unreachable.class);
    }

    @Test
    void queriesOfPanelsOnlyReadAndAreSentToAReadOnlyTarget() {
        fixture.readOnly();
        dashboard("", panel("CPU", ""));
        answer(frame(1, "1"));

        assertThat(report().allShowData(FRESH)).isTrue();
    }
}
