package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Expr.Binary;
import dev.plumbline.simulation.system.prometheus.promql.Value.Sample;
import dev.plumbline.simulation.system.prometheus.promql.Value.Scalar;
import dev.plumbline.simulation.system.prometheus.promql.Value.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The operators between two values. */
final class Operators {

    private Operators() {}

    static Value apply(Binary binary, Value left, Value right) {
        if (left instanceof Scalar a && right instanceof Scalar b) {
            return new Scalar(scalar(binary, a.value(), b.value()));
        }
        if (left instanceof Vector vector && right instanceof Scalar scalar) {
            return each(binary, vector, scalar.value(), false);
        }
        if (left instanceof Scalar scalar && right instanceof Vector vector) {
            return each(binary, vector, scalar.value(), true);
        }
        VectorMatching matching = new VectorMatching(binary);
        return new Vector(
                binary.isSet()
                        ? matching.set(Arguments.vector(left), Arguments.vector(right))
                        : matching.pairs(Arguments.vector(left), Arguments.vector(right)));
    }

    private static double scalar(Binary binary, double left, double right) {
        return binary.isComparison() ? truth(binary.operator(), left, right) : number(binary.operator(), left, right);
    }

    private static Vector each(Binary binary, Vector vector, double scalar, boolean scalarFirst) {
        List<Sample> samples = new ArrayList<>();
        for (Sample sample : vector.samples()) {
            double left = scalarFirst ? scalar : sample.value();
            double right = scalarFirst ? sample.value() : scalar;
            Labels labels =
                    keepsName(binary) ? sample.labels() : sample.labels().withoutName();
            result(binary, left, right, sample.value()).ifPresent(value -> samples.add(new Sample(labels, value)));
        }
        return new Vector(samples);
    }

    /** A comparison filters, so what passes stays what it was. */
    static boolean keepsName(Binary binary) {
        return binary.isComparison() && !binary.bool();
    }

    /** The result of one pair; empty where a comparison filters it out. */
    static OptionalDouble result(Binary binary, double left, double right, double kept) {
        if (!binary.isComparison()) {
            return OptionalDouble.of(number(binary.operator(), left, right));
        }
        double truth = truth(binary.operator(), left, right);
        if (binary.bool()) {
            return OptionalDouble.of(truth);
        }
        return truth == 1 ? OptionalDouble.of(kept) : OptionalDouble.empty();
    }

    private static double number(String operator, double left, double right) {
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> left / right;
            case "%" -> left % right;
            case "^" -> Math.pow(left, right);
            default -> throw QueryError.execution("not simulated: operator " + operator);
        };
    }

    private static double truth(String operator, double left, double right) {
        boolean truth = switch (operator) {
            case "==" -> left == right;
            case "!=" -> left != right;
            case "<" -> left < right;
            case "<=" -> left <= right;
            case ">" -> left > right;
            default -> left >= right;
        };
        return truth ? 1 : 0;
    }
}
