package dev.plumbline.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.cluster.Target;
import dev.plumbline.probe.DashboardPanels.Panel;
import dev.plumbline.probe.PanelReport.Outcome;
import dev.plumbline.probe.PanelReport.Query;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The queries of dashboard files, run on a Prometheus directly, for where Grafana cannot be had. It says whether the data
 * is there, not whether Grafana shows it. An instant query sees samples of the last 5 minutes and does not say how old.
 */
public final class DashboardQueries implements Probe<PanelReport> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Http http;
    private final List<String> dashboards;

    /** @param dashboards each the JSON text of one dashboard */
    public DashboardQueries(Target target, String namespace, String service, int port, List<String> dashboards) {
        this.http = new Http(target, namespace, service, port);
        this.dashboards = List.copyOf(dashboards);
    }

    @Override
    public String subject() {
        return "queries of " + dashboards.size() + " dashboards on Prometheus";
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
            List<Query> queries = new ArrayList<>();
            for (String dashboard : dashboards) {
                queries.addAll(queries(parsed(dashboard)));
            }
            return new Observation.Seen<>(new PanelReport(queries), subject(), http.now());
        } catch (NotSeen e) {
            return e.as(subject());
        }
    }

    private JsonNode parsed(String dashboard) throws NotSeen {
        try {
            return JSON.readTree(dashboard);
        } catch (JsonProcessingException e) {
            throw new NotSeen(new Observation.Unreachable<>(
                    "a dashboard is no JSON: " + e.getOriginalMessage(), subject(), http.now()));
        }
    }

    private List<Query> queries(JsonNode dashboard) throws NotSeen {
        TemplateVariables variables = new DashboardVariables(new Direct()).resolve(dashboard);
        List<Query> queries = new ArrayList<>();
        for (Panel panel : DashboardPanels.of(dashboard, variables)) {
            for (JsonNode target : panel.targets()) {
                if (!target.path("hide").asBoolean() && target.has("expr")) {
                    queries.add(query(dashboard.path("title").asText(), panel, target));
                }
            }
        }
        return queries;
    }

    private Query query(String dashboard, Panel panel, JsonNode target) throws NotSeen {
        String expression = withSteps(target.path("expr").asText());
        PromQuery.Result result = NotSeen.unlessSeen(new PromQuery(http, expression).look());
        Outcome none = panel.mayBeEmpty() ? Outcome.DECLARED_EMPTY : Outcome.NO_DATA;
        Outcome outcome = result.error().isPresent() ? Outcome.ERROR : result.hasData() ? Outcome.DATA : none;
        String detail = result.error().orElse(outcome == Outcome.NO_DATA ? expression : "");
        return new Query(
                dashboard,
                panel.title(),
                target.path("refId").asText("A"),
                expression,
                outcome,
                Optional.empty(),
                detail);
    }

    /** Grafana's own steps, as they come out for a scrape every 15 seconds and an hour on the screen. */
    private static String withSteps(String expression) {
        return expression
                .replace("$__rate_interval", "1m")
                .replace("${__rate_interval}", "1m")
                .replace("$__interval_ms", "15000")
                .replace("$__interval", "15s")
                .replace("${__interval}", "15s")
                .replace("$__range_ms", "3600000")
                .replace("$__range_s", "3600")
                .replace("$__range", "1h")
                .replace("${__range}", "1h");
    }

    /** Variables from Prometheus itself. */
    private final class Direct implements DashboardVariables.Source {

        @Override
        public List<String> labelValues(JsonNode datasource, String label, String selector) throws NotSeen {
            String match = selector.isEmpty() ? "" : "?match%5B%5D=" + encoded(selector);
            List<String> values = new ArrayList<>();
            get("/api/v1/label/" + label + "/values" + match).path("data").forEach(value -> values.add(value.asText()));
            return values;
        }

        @Override
        public List<String> samples(JsonNode datasource, String expression) throws NotSeen {
            List<String> samples = new ArrayList<>();
            get("/api/v1/query?query=" + encoded(expression))
                    .path("data")
                    .path("result")
                    .forEach(series -> samples.add(PrometheusText.sample(series)));
            return samples;
        }

        @Override
        public List<String> datasources(String type) {
            return List.of(type);
        }

        private JsonNode get(String path) throws NotSeen {
            return parsed(NotSeen.unlessSeen(http.get(path)).body());
        }

        private String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
