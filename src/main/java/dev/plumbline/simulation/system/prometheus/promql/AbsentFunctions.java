package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Expr.Call;
import dev.plumbline.simulation.system.prometheus.promql.Expr.RangeSelector;
import dev.plumbline.simulation.system.prometheus.promql.Expr.Selector;
import dev.plumbline.simulation.system.prometheus.promql.Expr.Type;
import dev.plumbline.simulation.system.prometheus.promql.Value.Matrix;
import dev.plumbline.simulation.system.prometheus.promql.Value.Sample;
import dev.plumbline.simulation.system.prometheus.promql.Value.Vector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code absent} and {@code absent_over_time}: their result's labels come from the text of the selector. */
final class AbsentFunctions {

    private AbsentFunctions() {}

    static List<Function> all() {
        return List.of(function("absent", Type.VECTOR), function("absent_over_time", Type.MATRIX));
    }

    private static Function function(String name, Type parameter) {
        return new Function(name, List.of(parameter), 0, false, Type.VECTOR, (arguments, time) -> {
            throw new IllegalStateException(name + " needs its selector");
        });
    }

    static boolean handles(Call call) {
        return call.function().name().startsWith("absent");
    }

    static Value apply(Call call, List<Value> arguments) {
        Value argument = arguments.get(0);
        boolean found = argument instanceof Matrix matrix
                ? !matrix.ranges().isEmpty()
                : !Arguments.vector(argument).isEmpty();
        return new Vector(
                found ? List.of() : List.of(new Sample(labels(call.arguments().get(0)), 1)));
    }

    private static Labels labels(Expr expr) {
        List<Matcher> matchers = expr instanceof Selector selector
                ? selector.matchers()
                : expr instanceof RangeSelector range ? range.selector().matchers() : List.of();
        Map<String, String> labels = new HashMap<>();
        for (Matcher matcher : matchers) {
            long conditions = matchers.stream()
                    .filter(other -> other.label().equals(matcher.label()))
                    .count();
            if (matcher.isEquality() && conditions == 1 && !matcher.label().equals(Labels.NAME)) {
                labels.put(matcher.label(), matcher.value());
            }
        }
        return Labels.of(labels);
    }
}
