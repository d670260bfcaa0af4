package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Expr.Aggregate;
import dev.plumbline.simulation.system.prometheus.promql.Expr.Binary;
import dev.plumbline.simulation.system.prometheus.promql.Expr.Call;
import dev.plumbline.simulation.system.prometheus.promql.Expr.Negation;
import dev.plumbline.simulation.system.prometheus.promql.Expr.NumberLiteral;
import dev.plumbline.simulation.system.prometheus.promql.Expr.RangeSelector;
import dev.plumbline.simulation.system.prometheus.promql.Expr.Selector;
import dev.plumbline.simulation.system.prometheus.promql.Expr.StringLiteral;
import dev.plumbline.simulation.system.prometheus.promql.Value.Matrix;
import dev.plumbline.simulation.system.prometheus.promql.Value.Range;
import dev.plumbline.simulation.system.prometheus.promql.Value.Sample;
import dev.plumbline.simulation.system.prometheus.promql.Value.Scalar;
import dev.plumbline.simulation.system.prometheus.promql.Value.Text;
import dev.plumbline.simulation.system.prometheus.promql.Value.Vector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Works out one expression at moments of time. It keeps what its selectors found, so use a new one for each query. */
public final class Evaluator {

    private final SeriesSource source;
    private final long lookback;
    private final Map<List<Matcher>, List<Series>> selected = new HashMap<>();

    /** @param lookback how old a sample may be and still count, in milliseconds */
    public Evaluator(SeriesSource source, long lookback) {
        this.source = source;
        this.lookback = lookback;
    }

    /**
     * @param time milliseconds since the epoch
     * @throws QueryError when the data do not fit the expression
     */
    public Value at(Expr expr, long time) {
        if (expr instanceof NumberLiteral number) {
            return new Scalar(number.value());
        }
        if (expr instanceof StringLiteral string) {
            return new Text(string.value());
        }
        if (expr instanceof Selector selector) {
            return instant(selector, time);
        }
        if (expr instanceof RangeSelector range) {
            return span(range, time);
        }
        if (expr instanceof Negation negation) {
            Value body = at(negation.body(), time);
            return body instanceof Scalar scalar
                    ? new Scalar(-scalar.value())
                    : InstantFunctions.each(body, value -> -value);
        }
        return combined(expr, time);
    }

    private Value combined(Expr expr, long time) {
        if (expr instanceof Binary binary) {
            return unique(Operators.apply(binary, at(binary.left(), time), at(binary.right(), time)));
        }
        if (expr instanceof Aggregate aggregate) {
            Value parameter = aggregate.parameter() == null ? null : at(aggregate.parameter(), time);
            return new Aggregation(aggregate, parameter).of(Arguments.vector(at(aggregate.body(), time)));
        }
        if (expr instanceof Call call) {
            List<Value> arguments = new ArrayList<>();
            call.arguments().forEach(argument -> arguments.add(at(argument, time)));
            return AbsentFunctions.handles(call)
                    ? AbsentFunctions.apply(call, arguments)
                    : unique(call.function().body().apply(arguments, time));
        }
        throw new IllegalStateException("no evaluation for " + expr);
    }

    private Vector instant(Selector selector, long time) {
        List<Sample> samples = new ArrayList<>();
        for (Series series : series(selector)) {
            series.latest(time - selector.offset(), lookback)
                    .ifPresent(point -> samples.add(new Sample(series.labels(), point.value(), point.time())));
        }
        return new Vector(samples);
    }

    private Matrix span(RangeSelector range, long time) {
        long to = time - range.selector().offset();
        long from = to - range.range();
        List<Range> ranges = new ArrayList<>();
        for (Series series : series(range.selector())) {
            List<Point> points = series.window(from, to);
            if (!points.isEmpty()) {
                ranges.add(new Range(series.labels(), points));
            }
        }
        return new Matrix(ranges, from, to);
    }

    private List<Series> series(Selector selector) {
        return selected.computeIfAbsent(selector.matchers(), source::select);
    }

    private static Value unique(Value value) {
        if (value instanceof Vector vector) {
            Set<Labels> seen = new HashSet<>();
            for (Sample sample : vector.samples()) {
                if (!seen.add(sample.labels())) {
                    throw QueryError.execution("vector cannot contain metrics with the same labelset");
                }
            }
        }
        return value;
    }
}
