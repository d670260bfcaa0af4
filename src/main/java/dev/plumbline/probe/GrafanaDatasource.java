package dev.plumbline.probe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.util.List;

/** A data source of Grafana: whether it came from a file, and what its health check says. */
public final class GrafanaDatasource implements Probe<GrafanaDatasource.State> {

    private final Http http;
    private final GrafanaApi grafana;
    private final String name;

    public GrafanaDatasource(Target target, String namespace, String service, int port, String name) {
        this.http = new Http(target, namespace, service, port);
        this.grafana = new GrafanaApi(http);
        this.name = name;
    }

    /** @param provisioned from a file, so that nobody changes it in Grafana */
    public record State(boolean provisioned, boolean healthy, String message) {
        @Override
        public String toString() {
            return (provisioned ? "provisioned" : "not provisioned") + ", " + (healthy ? "healthy" : "not healthy")
                    + ": " + message;
        }
    }

    @Override
    public String subject() {
        return "data source \"" + name + "\" of Grafana";
    }

    @Override
    public List<About> about() {
        return http.about();
    }

    @Override
    public Observation<State> look() {
        try {
            // A viewer may not list the data sources, but sees these of them.
            JsonNode found =
                    grafana.get("/api/frontend/settings").path("datasources").path(name);
            if (found.isMissingNode()) {
                return new Observation.Absent<>("Grafana has no data source \"" + name + "\"", subject(), http.now());
            }
            JsonNode health = grafana.health(found.path("uid").asText());
            State state = new State(
                    found.path("readOnly").asBoolean(),
                    health.path("status").asText().equals("OK"),
                    health.path("message").asText());
            return new Observation.Seen<>(state, subject(), http.now());
        } catch (NotSeen e) {
            return e.as(subject());
        }
    }
}
