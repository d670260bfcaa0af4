package dev.plumbline.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.cluster.Target;
import dev.plumbline.promql.Selector;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An instant query on a Prometheus. No data and an error of the query are both answers; a server that starts is not. */
public final class PromQuery implements Probe<PromQuery.Result> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Http http;
    private final String expression;

    public PromQuery(Target target, String namespace, String service, int port, String expression) {
        this(new Http(target, namespace, service, port), expression);
    }

    PromQuery(Http http, String expression) {
        this.http = http;
        this.expression = expression;
    }

    /** @param at the time of evaluation; Prometheus looks back at most 5 minutes from it for a sample */
    public record Sample(Map<String, String> labels, double value, Instant at) {
        @Override
        public String toString() {
            return labels + " " + value;
        }
    }

    /** @param error what Prometheus says is wrong with the query */
    public record Result(List<Sample> samples, Optional<String> error) {

        /** NaN is what is computed from nothing, as {@code scalar} does. */
        public boolean hasData() {
            return error.isEmpty() && samples.stream().anyMatch(sample -> !Double.isNaN(sample.value()));
        }

        @Override
        public String toString() {
            return error.map(message -> "error: " + message)
                    .orElseGet(() -> samples.isEmpty() ? "no data" : samples.size() + " samples " + samples);
        }
    }

    @Override
    public String subject() {
        return "query \"" + expression + "\"";
    }

    @Override
    public List<About> about() {
        return http.about();
    }

    @Override
    public Observation<Result> look() {
        String path = "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
        Observation<HttpAnswer> seen = http.get(path);
        if (!(seen instanceof Observation.Seen<HttpAnswer> answer)) {
            return seen.map(none -> new Result(List.of(), Optional.empty()));
        }
        return result(answer.value())
                .<Observation<Result>>map(result -> new Observation.Seen<>(result, subject(), seen.at()))
                .map(this::unlessOfNothing)
                .orElseGet(() -> other(answer.value(), seen));
    }

    /** No data from series that exist is an answer; no data because no series fits a selector says nothing. */
    private Observation<Result> unlessOfNothing(Observation<Result> seen) {
        if (!(seen instanceof Observation.Seen<Result> found)
                || found.value().hasData()
                || found.value().error().isPresent()) {
            return seen;
        }
        return Selector.in(expression).stream()
                .map(Selector::text)
                .filter(this::selectsNothing)
                .findFirst()
                .<Observation<Result>>map(selector -> new Observation.Unreachable<>(
                        "nothing selected: Prometheus has no series " + selector, subject(), seen.at()))
                .orElse(seen);
    }

    private boolean selectsNothing(String selector) {
        String path = "/api/v1/series?match[]=" + URLEncoder.encode(selector, StandardCharsets.UTF_8);
        try {
            return http.get(path.replace("[]", "%5B%5D")) instanceof Observation.Seen<HttpAnswer> answer
                    && answer.value().status() == 200
                    && JSON.readTree(answer.value().body()).path("data").isEmpty();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private Observation<Result> other(HttpAnswer answer, Observation<?> seen) {
        return answer.status() == 503
                ? new Observation.Absent<>("not ready: " + answer, subject(), seen.at())
                : new Observation.Unreachable<>("this is no answer of Prometheus: " + answer, subject(), seen.at());
    }

    /** Empty when the answer is not of the form that Prometheus gives. */
    static Optional<Result> result(HttpAnswer answer) {
        try {
            JsonNode root = JSON.readTree(answer.body());
            String status = root.path("status").asText();
            if (status.equals("error")) {
                String message = root.path("errorType").asText() + ": "
                        + root.path("error").asText();
                return Optional.of(new Result(List.of(), Optional.of(message)));
            }
            return status.equals("success")
                    ? Optional.of(new Result(samples(root.path("data")), Optional.empty()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static List<Sample> samples(JsonNode data) {
        JsonNode result = data.path("result");
        List<Sample> samples = new ArrayList<>();
        switch (data.path("resultType").asText()) {
            case "vector" -> result.forEach(series -> samples.add(sample(series, series.path("value"))));
            case "matrix" ->
                result.forEach(series -> {
                    JsonNode values = series.path("values");
                    samples.add(sample(series, values.path(values.size() - 1)));
                });
            case "scalar" -> samples.add(sample(result, result));
            default -> {
                // a string literal is no sample
            }
        }
        return samples;
    }

    private static Sample sample(JsonNode series, JsonNode pair) {
        Map<String, String> labels = new TreeMap<>();
        series.path("metric")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        Instant at = Instant.ofEpochMilli(Math.round(pair.path(0).asDouble() * 1000));
        return new Sample(labels, number(pair.path(1).asText()), at);
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
