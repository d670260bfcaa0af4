package dev.plumbline.probe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.util.ArrayList;
import java.util.List;

/** The titles of the dashboards that Grafana has. */
public final class GrafanaDashboards implements Probe<List<String>> {

    private final Http http;
    private final GrafanaApi grafana;

    public GrafanaDashboards(Target target, String namespace, String service, int port) {
        this.http = new Http(target, namespace, service, port);
        this.grafana = new GrafanaApi(http);
    }

    @Override
    public String subject() {
        return "dashboards on Grafana";
    }

    @Override
    public List<About> about() {
        return http.about();
    }

    @Override
    public Observation<List<String>> look() {
        try {
            List<String> titles = new ArrayList<>();
            for (JsonNode found : grafana.get("/api/search?type=dash-db&limit=5000")) {
                titles.add(found.path("title").asText());
            }
            return new Observation.Seen<>(titles, subject(), http.now());
        } catch (NotSeen e) {
            return e.as(subject());
        }
    }
}
