package dev.plumbline.simulation.system.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prometheus' results as the data frames of Grafana: one for each series. */
final class Frames {

    private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(\\w+)\\s*\\}\\}");

    private final JsonNode query;
    private final Step step;
    private final String expression;
    private final ArrayNode frames = Json.array();

    Frames(JsonNode query, Step step, String expression) {
        this.query = query;
        this.step = step;
        this.expression = expression;
    }

    ArrayNode all() {
        return frames;
    }

    /** @param data of an answer of Prometheus */
    void add(JsonNode data) {
        String type = data.path("resultType").asText();
        JsonNode result = data.path("result");
        if (type.equals("scalar")) {
            frame(type, Json.object(), Json.array().add(result));
        } else if (result.isEmpty()) {
            ObjectNode frame = frames.addObject();
            schema(frame, type).putArray("fields");
            frame.putObject("data").putArray("values");
        } else {
            for (JsonNode series : result) {
                JsonNode points = series.has("values")
                        ? series.path("values")
                        : Json.array().add(series.path("value"));
                frame(type, series.path("metric"), points);
            }
        }
    }

    private ObjectNode schema(ObjectNode frame, String type) {
        ObjectNode schema = frame.putObject("schema");
        schema.put("refId", query.path("refId").asText("A"));
        ObjectNode meta = schema.putObject("meta");
        meta.put("type", type.equals("matrix") ? "timeseries-multi" : "numeric-multi");
        meta.putArray("typeVersion").add(0).add(1);
        meta.putObject("custom").put("resultType", type);
        meta.put("executedQueryString", "Expr: " + expression + "\nStep: " + Step.text(step.millis()));
        return schema;
    }

    private void frame(String type, JsonNode metric, JsonNode points) {
        ObjectNode frame = frames.addObject();
        ObjectNode schema = schema(frame, type);
        String name = name(metric);
        schema.put("name", name);
        ArrayNode fields = schema.putArray("fields");
        ObjectNode time = fields.addObject().put("name", "Time").put("type", "time");
        time.putObject("typeInfo").put("frame", "time.Time");
        time.putObject("config").put("interval", step.millis());
        ObjectNode value = fields.addObject();
        value.put("name", metric.path("__name__").asText("Value")).put("type", "number");
        value.putObject("typeInfo").put("frame", "float64");
        value.set("labels", metric);
        value.putObject("config").put("displayNameFromDS", name);
        ArrayNode values = frame.putObject("data").putArray("values");
        ArrayNode times = values.addArray();
        ArrayNode numbers = values.addArray();
        for (JsonNode point : points) {
            times.add(Math.round(point.path(0).asDouble() * 1000));
            add(numbers, point.path(1).asText());
        }
    }

    /** JSON has no NaN; a frame holds null there. */
    private static void add(ArrayNode numbers, String text) {
        switch (text) {
            case "NaN", "+Inf", "-Inf" -> numbers.addNull();
            default -> numbers.add(Double.parseDouble(text));
        }
    }

    private String name(JsonNode metric) {
        String legend = query.path("legendFormat").asText("");
        if (!legend.isEmpty() && !legend.equals("__auto")) {
            return LEGEND.matcher(legend)
                    .replaceAll(match ->
                            Matcher.quoteReplacement(metric.path(match.group(1)).asText("")));
        }
        StringBuilder text = new StringBuilder();
        metric.fields().forEachRemaining(label -> {
            if (!label.getKey().equals("__name__")) {
                text.append(text.isEmpty() ? "" : ", ").append(label.getKey()).append('=');
                text.append('"').append(label.getValue().asText()).append('"');
            }
        });
        String name = metric.path("__name__").asText("");
        return name.isEmpty() && text.isEmpty() ? expression : name + "{" + text + "}";
    }
}
