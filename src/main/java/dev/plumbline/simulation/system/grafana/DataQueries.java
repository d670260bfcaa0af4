package dev.plumbline.simulation.system.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.Program.Request;
import dev.plumbline.simulation.system.grafana.Upstream.Unreachable;
import dev.plumbline.simulation.system.prometheus.promql.QueryError;
import dev.plumbline.timing.Clock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** {@code POST /api/ds/query}. */
final class DataQueries {

    private final Provisioning provisioning;
    private final Upstream upstream;
    private final Clock clock;

    DataQueries(Provisioning provisioning, Upstream upstream, Clock clock) {
        this.provisioning = provisioning;
        this.upstream = upstream;
        this.clock = clock;
    }

    /** What went wrong with one query. */
    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String message;

        Failed(int status, String message) {
            super(message);
            this.status = status;
            this.message = message;
        }
    }

    Reply answer(Request request) {
        Optional<JsonNode> body = Json.parse(request.body()).filter(JsonNode::isObject);
        if (body.isEmpty()) {
            return Json.message(400, "bad request data");
        }
        JsonNode queries = body.get().path("queries");
        Optional<TimeRange> range = TimeRange.of(body.get(), clock.instant());
        if (queries.isEmpty() || range.isEmpty()) {
            return Json.error(400, "query.noQueries", queries.isEmpty() ? "No queries found" : "invalid time range");
        }
        for (JsonNode query : queries) {
            if (datasource(query).isEmpty()) {
                return Json.message(404, "Data source not found");
            }
        }
        return results(queries, range.get());
    }

    private Optional<Datasource> datasource(JsonNode query) {
        JsonNode reference = query.path("datasource");
        String uid = reference.isTextual()
                ? reference.asText()
                : reference.path("uid").asText("");
        return uid.isEmpty() || uid.equals("default") ? provisioning.defaultDatasource() : provisioning.datasource(uid);
    }

    private Reply results(JsonNode queries, TimeRange range) {
        ObjectNode answer = Json.object();
        ObjectNode results = answer.putObject("results");
        int status = 200;
        for (JsonNode query : queries) {
            if (query.path("hide").asBoolean(false)) {
                continue;
            }
            ObjectNode result = results.putObject(query.path("refId").asText("A"));
            try {
                ArrayNode frames = frames(query, datasource(query).orElseThrow(), range);
                result.put("status", 200).set("frames", frames);
            } catch (Failed e) {
                status = 400;
                result.put("error", e.message).put("errorSource", "downstream").put("status", e.status);
            }
        }
        return Json.reply(status, answer);
    }

    private ArrayNode frames(JsonNode query, Datasource datasource, TimeRange range) throws Failed {
        if (!datasource.type().equals("prometheus")) {
            throw new Failed(501, "not simulated: data source type " + datasource.type());
        }
        Step step = step(query, datasource, range);
        String expression = step.filled(query.path("expr").asText(""));
        Frames frames = new Frames(query, step, expression);
        boolean instant = query.path("instant").asBoolean(false);
        if (query.path("range").asBoolean(!instant)) {
            long from = range.from() - Math.floorMod(range.from(), step.millis());
            long to = range.to() - Math.floorMod(range.to(), step.millis());
            frames.add(ask(
                    datasource,
                    "/api/v1/query_range",
                    "query=" + encoded(expression) + "&start=" + seconds(from) + "&end=" + seconds(to) + "&step="
                            + seconds(step.millis())));
        }
        if (instant) {
            String form = "query=" + encoded(expression) + "&time=" + seconds(range.to());
            frames.add(ask(datasource, "/api/v1/query", form));
        }
        return frames.all();
    }

    private static Step step(JsonNode query, Datasource datasource, TimeRange range) throws Failed {
        try {
            return Step.of(query, datasource, range);
        } catch (QueryError e) {
            throw new Failed(400, e.getMessage());
        }
    }

    private static String seconds(long millis) {
        return millis / 1000 + "." + "%03d".formatted(millis % 1000);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode ask(Datasource datasource, String path, String form) throws Failed {
        Map<String, String> headers = Map.of("content-type", "application/x-www-form-urlencoded");
        try {
            Reply reply = upstream.send(datasource, "POST", path, headers, form.getBytes(StandardCharsets.UTF_8));
            JsonNode answer = Json.parse(reply.body()).orElse(Json.object());
            if (answer.path("status").asText().equals("success")) {
                return answer.path("data");
            }
            throw new Failed(
                    reply.status(),
                    answer.has("error")
                            ? answer.path("errorType").asText() + ": "
                                    + answer.path("error").asText()
                            : "unexpected response with status code " + reply.status() + ": "
                                    + new String(reply.body(), StandardCharsets.UTF_8));
        } catch (Unreachable e) {
            throw new Failed(500, e.getMessage());
        }
    }
}
