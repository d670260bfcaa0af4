package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Expr.Type;
import dev.plumbline.simulation.system.prometheus.promql.Value.Sample;
import dev.plumbline.simulation.system.prometheus.promql.Value.Scalar;
import dev.plumbline.simulation.system.prometheus.promql.Value.Vector;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The functions over the samples of one moment. */
final class InstantFunctions {

    private static final List<Type> ONE_VECTOR = List.of(Type.VECTOR);
    private static final Comparator<Sample> BY_VALUE = Comparator.comparingDouble(Sample::value);

    private InstantFunctions() {}

    static List<Function> all() {
        return List.of(
                math("abs", Math::abs),
                math("ceil", Math::ceil),
                math("floor", Math::floor),
                math("exp", Math::exp),
                math("ln", Math::log),
                math("log2", value -> Math.log(value) / Math.log(2)),
                math("log10", Math::log10),
                math("sqrt", Math::sqrt),
                math("sgn", Math::signum),
                new Function("round", List.of(Type.VECTOR, Type.SCALAR), 1, false, Type.VECTOR, (a, time) -> round(a)),
                clamp("clamp_min", List.of(Type.VECTOR, Type.SCALAR)),
                clamp("clamp_max", List.of(Type.VECTOR, Type.SCALAR)),
                clamp("clamp", List.of(Type.VECTOR, Type.SCALAR, Type.SCALAR)),
                new Function(
                        "vector",
                        List.of(Type.SCALAR),
                        0,
                        false,
                        Type.VECTOR,
                        (a, time) -> new Vector(List.of(new Sample(Labels.EMPTY, Arguments.number(a.get(0)))))),
                new Function("scalar", ONE_VECTOR, 0, false, Type.SCALAR, (a, time) -> scalar(a.get(0))),
                new Function("sort", ONE_VECTOR, 0, false, Type.VECTOR, (a, time) -> sorted(a.get(0), BY_VALUE)),
                new Function(
                        "sort_desc",
                        ONE_VECTOR,
                        0,
                        false,
                        Type.VECTOR,
                        (a, time) -> sorted(a.get(0), BY_VALUE.reversed())),
                new Function(
                        "histogram_quantile",
                        List.of(Type.SCALAR, Type.VECTOR),
                        0,
                        false,
                        Type.VECTOR,
                        (a, time) -> Histograms.quantile(Arguments.number(a.get(0)), Arguments.vector(a.get(1)))));
    }

    private static Function math(String name, DoubleUnaryOperator body) {
        return new Function(name, ONE_VECTOR, 0, false, Type.VECTOR, (a, time) -> each(a.get(0), body));
    }

    static Vector each(Value vector, DoubleUnaryOperator body) {
        return new Vector(Arguments.vector(vector).stream()
                .map(sample -> new Sample(sample.labels().withoutName(), body.applyAsDouble(sample.value())))
                .toList());
    }

    private static Value round(List<Value> arguments) {
        double inverse = 1 / Arguments.number(arguments, 1, 1);
        return each(arguments.get(0), value -> Math.floor(value * inverse + 0.5) / inverse);
    }

    private static Function clamp(String name, List<Type> parameters) {
        return new Function(name, parameters, 0, false, Type.VECTOR, (a, time) -> {
            double least = name.equals("clamp_max") ? Double.NEGATIVE_INFINITY : Arguments.number(a.get(1));
            double most = name.equals("clamp_min") ? Double.POSITIVE_INFINITY : Arguments.number(a.get(a.size() - 1));
            if (least > most) {
                return new Vector(List.of());
            }
            return each(a.get(0), value -> Math.max(least, Math.min(most, value)));
        });
    }

    private static Value scalar(Value vector) {
        List<Sample> samples = Arguments.vector(vector);
        return new Scalar(samples.size() == 1 ? samples.get(0).value() : Double.NaN);
    }

    private static Value sorted(Value vector, Comparator<Sample> order) {
        return new Vector(Arguments.vector(vector).stream().sorted(order).toList());
    }
}
