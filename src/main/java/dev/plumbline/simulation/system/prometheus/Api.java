package dev.plumbline.simulation.system.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.Program.Request;
import dev.plumbline.simulation.system.prometheus.promql.Labels;
import dev.plumbline.simulation.system.prometheus.promql.Parser;
import dev.plumbline.simulation.system.prometheus.promql.QueryError;
import dev.plumbline.simulation.system.prometheus.promql.Series;
import dev.plumbline.timing.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HTTP interface of the server. */
final class Api {

    private static final Pattern LABEL_VALUES = Pattern.compile("/api/v1/label/([^/]+)/values");
    private static final Set<String> NOT_SIMULATED = Set.of(
            "/federate",
            "/api/v1/query_exemplars",
            "/api/v1/format_query",
            "/api/v1/targets/metadata",
            "/api/v1/status/tsdb",
            "/api/v1/status/walreplay",
            "/api/v1/write",
            "/api/v1/read",
            "/graph");

    private final Clock clock;
    private final SampleStore store;
    private final Engine engine;
    private final Status status;
    private final OwnMetrics metrics;
    private final Queries queries;

    Api(Clock clock, SampleStore store, Engine engine, Status status, OwnMetrics metrics, Duration lookback) {
        this.clock = clock;
        this.store = store;
        this.engine = engine;
        this.status = status;
        this.metrics = metrics;
        this.queries = new Queries(store, lookback);
    }

    Reply answer(Request request) {
        String path = request.path().replaceFirst("\\?.*$", "");
        switch (path) {
            case "/-/healthy":
                return Json.text(200, "Prometheus Server is Healthy.\n");
            case "/-/ready":
                return Json.text(200, "Prometheus Server is Ready.\n");
            case "/metrics":
                return metrics.page();
            default:
                return NOT_SIMULATED.contains(path)
                        ? Json.text(501, "not simulated: " + path + " of Prometheus\n")
                        : api(path, request);
        }
    }

    private Reply api(String path, Request request) {
        boolean form = Set.of("/api/v1/query", "/api/v1/query_range", "/api/v1/series", "/api/v1/labels")
                .contains(path);
        if (!request.method().equals("GET") && !(form && request.method().equals("POST"))) {
            return Json.text(405, "Method Not Allowed\n");
        }
        try {
            return data(path, new Parameters(request));
        } catch (QueryError e) {
            return Json.error(e);
        }
    }

    private Reply data(String path, Parameters parameters) {
        Matcher label = LABEL_VALUES.matcher(path);
        if (label.matches()) {
            return Json.success(strings(labelValues(label.group(1), parameters)));
        }
        return switch (path) {
            case "/api/v1/query" -> Json.success(queries.instant(parameters, clock.instant()));
            case "/api/v1/query_range" -> Json.success(queries.range(parameters));
            case "/api/v1/series" -> Json.success(series(parameters));
            case "/api/v1/labels" -> Json.success(strings(labelNames(parameters)));
            case "/api/v1/metadata" -> Json.success(metadata(parameters));
            default ->
                status.answer(path, parameters)
                        .map(Json::success)
                        .orElseGet(() -> Json.text(404, "404 page not found\n"));
        };
    }

    private JsonNode series(Parameters parameters) {
        if (parameters.all("match[]").isEmpty()) {
            throw QueryError.badData("no match[] parameter provided");
        }
        ArrayNode result = Json.array();
        found(parameters).forEach(labels -> result.add(Json.object(labels.asMap())));
        return result;
    }

    /** The label sets with a sample in the asked time, of the matched series or of all. */
    private Set<Labels> found(Parameters parameters) {
        long from = parameters.text("start").isEmpty() ? Long.MIN_VALUE : parameters.time("start");
        long to = parameters.text("end").isEmpty() ? Long.MAX_VALUE : parameters.time("end");
        List<String> matches = parameters.all("match[]");
        Set<Labels> found = new LinkedHashSet<>();
        for (String match : matches.isEmpty() ? List.of("{__name__!=\"\"}") : matches) {
            for (Series series : store.select(selector(match))) {
                if (series.hasSampleIn(from, to)) {
                    found.add(series.labels());
                }
            }
        }
        return found;
    }

    private static List<dev.plumbline.simulation.system.prometheus.promql.Matcher> selector(String match) {
        try {
            return Parser.selector(match);
        } catch (QueryError e) {
            throw Parameters.wrong("match[]", e.getMessage());
        }
    }

    private Set<String> labelNames(Parameters parameters) {
        Set<String> names = new TreeSet<>();
        found(parameters).forEach(labels -> names.addAll(labels.asMap().keySet()));
        return names;
    }

    private Set<String> labelValues(String name, Parameters parameters) {
        Set<String> values = new TreeSet<>();
        found(parameters).forEach(labels -> values.add(labels.get(name)));
        values.remove("");
        return values;
    }

    private static ArrayNode strings(Collection<String> values) {
        ArrayNode array = Json.array();
        values.forEach(array::add);
        return array;
    }

    private JsonNode metadata(Parameters parameters) {
        String metric = parameters.text("metric");
        long limit = parameters.text("limit").isEmpty() ? Long.MAX_VALUE : Long.parseLong(parameters.text("limit"));
        ObjectNode result = Json.object();
        engine.metadata().entrySet().stream()
                .filter(entry -> metric.isEmpty() || metric.equals(entry.getKey()))
                .sorted(java.util.Map.Entry.comparingByKey())
                .limit(limit)
                .forEach(entry -> result.putArray(entry.getKey())
                        .addObject()
                        .put("type", entry.getValue().type())
                        .put("unit", "")
                        .put("help", entry.getValue().help()));
        return result;
    }
}
