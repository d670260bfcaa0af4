package dev.plumbline.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cluster.Target;
import dev.plumbline.probe.DashboardPanels.Panel;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every query of every panel of every dashboard, run through Grafana as a browser would: variables filled in, rows opened,
 * repeats made, library panels fetched, the queries of one panel in one request.
 */
public final class GrafanaPanels implements Probe<PanelReport> {

    private static final int STEP_MILLIS = 15_000;
    private static final int MOST_POINTS = 240;

    private final Http http;
    private final GrafanaApi grafana;
    private final Optional<String> only;

    public GrafanaPanels(Target target, String namespace, String service, int port) {
        this(target, namespace, service, port, Optional.empty());
    }

    /** @param only the title of the one dashboard to look at */
    public GrafanaPanels(Target target, String namespace, String service, int port, Optional<String> only) {
        this.http = new Http(target, namespace, service, port);
        this.grafana = new GrafanaApi(http);
        this.only = only;
    }

    @Override
    public String subject() {
        return only.map(title -> "panels of dashboard \"" + title + "\" on Grafana")
                .orElse("panels of all dashboards on Grafana");
    }

    /** One look is some dozens of requests, and data comes with the scrapes. */
    @Override
    public Optional<Duration> pace() {
        return Optional.of(Duration.ofSeconds(10));
    }

    @Override
    public List<About> about() {
        return http.about();
    }

    @Override
    public Observation<PanelReport> look() {
        try {
            List<PanelReport.Query> queries = new ArrayList<>();
            boolean any = false;
            for (JsonNode found : grafana.get("/api/search?type=dash-db&limit=5000")) {
                if (only.isEmpty() || only.get().equals(found.path("title").asText())) {
                    any = true;
                    queries.addAll(dashboard(found.path("uid").asText()));
                }
            }
            if (only.isPresent() && !any) {
                return new Observation.Absent<>("Grafana has no such dashboard", subject(), http.now());
            }
            PanelReport report = new PanelReport(queries);
            return report.nothingSelected()
                    .<Observation<PanelReport>>map(why -> new Observation.Unreachable<>(why, subject(), http.now()))
                    .orElseGet(() -> new Observation.Seen<>(report, subject(), http.now()));
        } catch (NotSeen e) {
            return e.as(subject());
        }
    }

    private List<PanelReport.Query> dashboard(String uid) throws NotSeen {
        JsonNode dashboard = grafana.withLibraryPanels(
                grafana.get("/api/dashboards/uid/" + uid).path("dashboard"));
        TemplateVariables variables = new DashboardVariables(grafana).resolve(dashboard);
        List<PanelReport.Query> queries = new ArrayList<>();
        String title = dashboard.path("title").asText();
        if (dashboard.path("panels").isEmpty()) {
            queries.add(PanelReport.Query.none(title));
        }
        for (Panel panel : DashboardPanels.of(dashboard, variables)) {
            ObjectNode ask = request(dashboard, panel);
            JsonNode answer = ask.path("queries").isEmpty() ? ask : grafana.query(ask);
            queries.addAll(new PanelJudge(title, panel, http.now()).judge(answer));
        }
        return queries;
    }

    private ObjectNode request(JsonNode dashboard, Panel panel) throws NotSeen {
        ObjectNode request = GrafanaApi.object();
        String span = panel.json().path("timeFrom").asText("");
        request.put("from", span.isEmpty() ? dashboard.path("time").path("from").asText("now-6h") : "now-" + span);
        request.put("to", dashboard.path("time").path("to").asText("now"));
        var queries = request.putArray("queries");
        for (JsonNode target : panel.targets()) {
            ObjectNode query = ((ObjectNode) target).deepCopy();
            query.set("datasource", datasource(target, panel));
            query.put("intervalMs", STEP_MILLIS).put("maxDataPoints", MOST_POINTS);
            queries.add(query);
        }
        return request;
    }

    private JsonNode datasource(JsonNode target, Panel panel) throws NotSeen {
        JsonNode own = target.path("datasource");
        return grafana.datasource(
                own.isObject() || own.isTextual() ? own : panel.json().path("datasource"));
    }
}
