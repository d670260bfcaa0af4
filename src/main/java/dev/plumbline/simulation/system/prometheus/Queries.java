package dev.plumbline.simulation.system.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.simulation.system.prometheus.promql.Evaluator;
import dev.plumbline.simulation.system.prometheus.promql.Expr;
import dev.plumbline.simulation.system.prometheus.promql.Labels;
import dev.plumbline.simulation.system.prometheus.promql.Numbers;
import dev.plumbline.simulation.system.prometheus.promql.Parser;
import dev.plumbline.simulation.system.prometheus.promql.Point;
import dev.plumbline.simulation.system.prometheus.promql.QueryError;
import dev.plumbline.simulation.system.prometheus.promql.SeriesSource;
import dev.plumbline.simulation.system.prometheus.promql.Value;
import dev.plumbline.simulation.system.prometheus.promql.Value.Matrix;
import dev.plumbline.simulation.system.prometheus.promql.Value.Range;
import dev.plumbline.simulation.system.prometheus.promql.Value.Sample;
import dev.plumbline.simulation.system.prometheus.promql.Value.Scalar;
import dev.plumbline.simulation.system.prometheus.promql.Value.Text;
import dev.plumbline.simulation.system.prometheus.promql.Value.Vector;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Instant and range queries, and the JSON of their results. */
final class Queries {

    private static final long MOST_POINTS = 11_000;

    private final SeriesSource source;
    private final Duration lookback;

    Queries(SeriesSource source, Duration lookback) {
        this.source = source;
        this.lookback = lookback;
    }

    JsonNode instant(Parameters parameters, Instant now) {
        long time = parameters.time("time", now);
        Expr expr = parse(parameters);
        Value value = new Evaluator(source, lookback.toMillis()).at(expr, time);
        if (value instanceof Vector vector) {
            ArrayNode result = Json.array();
            vector.samples()
                    .forEach(sample ->
                            metric(result, sample.labels()).set("value", pair(time, Numbers.text(sample.value()))));
            return data("vector", result);
        }
        if (value instanceof Matrix matrix) {
            return matrix(matrix.ranges());
        }
        if (value instanceof Scalar scalar) {
            return data("scalar", pair(time, Numbers.text(scalar.value())));
        }
        return data("string", pair(time, value instanceof Text text ? text.value() : ""));
    }

    JsonNode range(Parameters parameters) {
        long start = parameters.time("start");
        long end = parameters.time("end");
        if (end < start) {
            throw Parameters.wrong("end", "end timestamp must not be before start time");
        }
        long step = parameters.duration("step");
        if (step <= 0) {
            throw Parameters.wrong(
                    "step", "zero or negative query resolution step widths are not accepted. Try a positive integer");
        }
        if ((end - start) / step > MOST_POINTS) {
            throw QueryError.badData("exceeded maximum resolution of 11,000 points per timeseries."
                    + " Try decreasing the query resolution (?step=XX)");
        }
        Expr expr = parse(parameters);
        if (expr.type() != Expr.Type.SCALAR && expr.type() != Expr.Type.VECTOR) {
            throw Parameters.wrong(
                    "query",
                    "invalid expression type \"" + expr.type()
                            + "\" for range query, must be Scalar or instant Vector");
        }
        return matrix(ranges(expr, start, end, step));
    }

    private List<Range> ranges(Expr expr, long start, long end, long step) {
        Evaluator evaluator = new Evaluator(source, lookback.toMillis());
        SortedMap<Labels, Range> ranges = new TreeMap<>();
        for (long time = start; time <= end; time += step) {
            Value value = evaluator.at(expr, time);
            List<Sample> samples = value instanceof Vector vector
                    ? vector.samples()
                    : value instanceof Scalar scalar ? List.of(new Sample(Labels.EMPTY, scalar.value())) : List.of();
            for (Sample sample : samples) {
                ranges.computeIfAbsent(sample.labels(), labels -> new Range(labels, new java.util.ArrayList<>()))
                        .points()
                        .add(new Point(time, sample.value()));
            }
        }
        return List.copyOf(ranges.values());
    }

    private static Expr parse(Parameters parameters) {
        try {
            return Parser.parse(parameters.text("query"));
        } catch (QueryError e) {
            throw e.type().equals("bad_data") ? Parameters.wrong("query", e.getMessage()) : e;
        }
    }

    private static JsonNode matrix(List<Range> ranges) {
        ArrayNode result = Json.array();
        for (Range range : ranges) {
            ArrayNode values = metric(result, range.labels()).putArray("values");
            range.points().forEach(point -> values.add(pair(point.time(), Numbers.text(point.value()))));
        }
        return data("matrix", result);
    }

    private static ObjectNode metric(ArrayNode result, Labels labels) {
        ObjectNode node = result.addObject();
        node.set("metric", Json.object(labels.asMap()));
        return node;
    }

    private static ArrayNode pair(long time, String value) {
        return Json.array().add(seconds(time)).add(value);
    }

    /** With as many digits as needed, as Prometheus writes them. */
    private static BigDecimal seconds(long time) {
        BigDecimal seconds = BigDecimal.valueOf(time, 3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }

    private static ObjectNode data(String type, JsonNode result) {
        ObjectNode data = Json.object().put("resultType", type);
        data.set("result", result);
        return data;
    }
}
