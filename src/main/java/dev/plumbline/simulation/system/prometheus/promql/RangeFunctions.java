package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Expr.Type;
import dev.plumbline.simulation.system.prometheus.promql.Value.Matrix;
import dev.plumbline.simulation.system.prometheus.promql.Value.Range;
import dev.plumbline.simulation.system.prometheus.promql.Value.Sample;
import dev.plumbline.simulation.system.prometheus.promql.Value.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The functions over a span of samples. */
final class RangeFunctions {

    private RangeFunctions() {}

    static List<Function> all() {
        return List.of(
                span("rate", (points, matrix) -> Extrapolation.increase(points, matrix, true, true)),
                span("increase", (points, matrix) -> Extrapolation.increase(points, matrix, true, false)),
                span("delta", (points, matrix) -> Extrapolation.increase(points, matrix, false, false)),
                span("irate", (points, matrix) -> Extrapolation.lastStep(points, true)),
                span("idelta", (points, matrix) -> Extrapolation.lastStep(points, false)),
                span("deriv", (points, matrix) -> Regression.slope(points)),
                overTime("avg_over_time", points -> sum(points) / points.size()),
                overTime("sum_over_time", RangeFunctions::sum),
                overTime("count_over_time", List::size),
                overTime("present_over_time", points -> 1),
                overTime("min_over_time", points -> fold(points, false)),
                overTime("max_over_time", points -> fold(points, true)),
                overTime("stddev_over_time", points -> Quantiles.deviation(values(points))),
                overTime("changes", points -> steps(points, false)),
                overTime("resets", points -> steps(points, true)),
                lastOverTime(),
                quantileOverTime(),
                predictLinear());
    }

    /** Computes one series; empty where it has too few samples. */
    private interface Body {
        OptionalDouble apply(List<Point> points, Matrix matrix);
    }

    private static Function span(String name, Body body) {
        return new Function(
                name,
                List.of(Type.MATRIX),
                0,
                false,
                Type.VECTOR,
                (arguments, time) -> each(Arguments.matrix(arguments.get(0)), body, false));
    }

    private static Function overTime(String name, ToDoubleFunction<List<Point>> body) {
        return span(name, (points, matrix) -> OptionalDouble.of(body.applyAsDouble(points)));
    }

    /** The only one that keeps the metric's name. */
    private static Function lastOverTime() {
        Body last = (points, matrix) ->
                OptionalDouble.of(points.get(points.size() - 1).value());
        return new Function(
                "last_over_time",
                List.of(Type.MATRIX),
                0,
                false,
                Type.VECTOR,
                (arguments, time) -> each(Arguments.matrix(arguments.get(0)), last, true));
    }

    private static Function quantileOverTime() {
        return new Function(
                "quantile_over_time", List.of(Type.SCALAR, Type.MATRIX), 0, false, Type.VECTOR, (arguments, time) -> {
                    double quantile = Arguments.number(arguments.get(0));
                    Body body = (points, matrix) -> OptionalDouble.of(Quantiles.quantile(quantile, values(points)));
                    return each(Arguments.matrix(arguments.get(1)), body, false);
                });
    }

    private static Function predictLinear() {
        return new Function(
                "predict_linear", List.of(Type.MATRIX, Type.SCALAR), 0, false, Type.VECTOR, (arguments, time) -> {
                    double seconds = Arguments.number(arguments.get(1));
                    Body body = (points, matrix) -> Regression.predict(points, time, seconds);
                    return each(Arguments.matrix(arguments.get(0)), body, false);
                });
    }

    private static Vector each(Matrix matrix, Body body, boolean keepName) {
        List<Sample> samples = new ArrayList<>();
        for (Range range : matrix.ranges()) {
            Labels labels = keepName ? range.labels() : range.labels().withoutName();
            body.apply(range.points(), matrix).ifPresent(value -> samples.add(new Sample(labels, value)));
        }
        return new Vector(samples);
    }

    private static List<Double> values(List<Point> points) {
        return points.stream().map(Point::value).toList();
    }

    private static double sum(List<Point> points) {
        return points.stream().mapToDouble(Point::value).sum();
    }

    private static double fold(List<Point> points, boolean greatest) {
        double result = points.get(0).value();
        for (Point point : points) {
            boolean better = greatest ? point.value() > result : point.value() < result;
            result = better || Double.isNaN(result) ? point.value() : result;
        }
        return result;
    }

    private static double steps(List<Point> points, boolean downOnly) {
        int count = 0;
        for (int i = 1; i < points.size(); i++) {
            double before = points.get(i - 1).value();
            double now = points.get(i).value();
            boolean bothNaN = Double.isNaN(before) && Double.isNaN(now);
            if (downOnly ? now < before : now != before && !bothNaN) {
                count++;
            }
        }
        return count;
    }
}
