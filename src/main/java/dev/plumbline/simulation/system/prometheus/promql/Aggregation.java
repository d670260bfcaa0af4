package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Expr.Aggregate;
import dev.plumbline.simulation.system.prometheus.promql.Value.Sample;
import dev.plumbline.simulation.system.prometheus.promql.Value.Scalar;
import dev.plumbline.simulation.system.prometheus.promql.Value.Text;
import dev.plumbline.simulation.system.prometheus.promql.Value.Vector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Folds the samples of a vector into groups. */
final class Aggregation {

    static final Set<String> OPERATORS = Set.of(
            "sum",
            "avg",
            "min",
            "max",
            "count",
            "group",
            "stddev",
            "stdvar",
            "topk",
            "bottomk",
            "quantile",
            "count_values");

    private final Aggregate aggregate;
    private final @Nullable Value parameter;

    Aggregation(Aggregate aggregate, @Nullable Value parameter) {
        this.aggregate = aggregate;
        this.parameter = parameter;
    }

    Vector of(List<Sample> samples) {
        Map<Labels, List<Sample>> groups = new LinkedHashMap<>();
        for (Sample sample : samples) {
            groups.computeIfAbsent(key(sample.labels()), k -> new ArrayList<>()).add(sample);
        }
        return new Vector(groups.entrySet().stream()
                .flatMap(group -> fold(group.getKey(), group.getValue()))
                .toList());
    }

    private Labels key(Labels labels) {
        return aggregate.without() ? labels.withoutName().without(aggregate.labels()) : labels.only(aggregate.labels());
    }

    private Stream<Sample> fold(Labels key, List<Sample> group) {
        List<Double> values = group.stream().map(Sample::value).toList();
        return switch (aggregate.operator()) {
            case "topk" ->
                ranked(group, Comparator.comparingDouble(Sample::value).reversed());
            case "bottomk" -> ranked(group, Comparator.comparingDouble(Sample::value));
            case "count_values" -> counted(key, values);
            default -> Stream.of(new Sample(key, fold(values)));
        };
    }

    private double fold(List<Double> values) {
        double sum = values.stream().mapToDouble(Double::doubleValue).sum();
        return switch (aggregate.operator()) {
            case "sum" -> sum;
            case "avg" -> sum / values.size();
            case "min" -> extreme(values, -1);
            case "max" -> extreme(values, 1);
            case "count" -> values.size();
            case "group" -> 1;
            case "stddev" -> Quantiles.deviation(values);
            case "stdvar" -> Quantiles.variance(values);
            case "quantile" -> Quantiles.quantile(number(), values);
            default -> throw QueryError.execution("not simulated: aggregation " + aggregate.operator());
        };
    }

    /** NaN counts only where there is nothing else. */
    private static double extreme(List<Double> values, int sign) {
        return values.stream()
                .filter(value -> !value.isNaN())
                .max((a, b) -> sign * Double.compare(a, b))
                .orElse(Double.NaN);
    }

    private Stream<Sample> ranked(List<Sample> group, Comparator<Sample> order) {
        return group.stream().sorted(order).limit((long) Math.max(0, number()));
    }

    private Stream<Sample> counted(Labels key, List<Double> values) {
        String label = parameter instanceof Text text ? text.value() : "";
        Map<String, Integer> counts = new LinkedHashMap<>();
        values.forEach(value -> counts.merge(Numbers.text(value), 1, Integer::sum));
        return counts.entrySet().stream().map(count -> new Sample(key.with(label, count.getKey()), count.getValue()));
    }

    private double number() {
        if (parameter instanceof Scalar scalar) {
            return scalar.value();
        }
        throw QueryError.badData(
                "1:1: parse error: expected type scalar in aggregation parameter of " + aggregate.operator());
    }
}
