package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Value.Matrix;
import dev.plumbline.simulation.system.prometheus.promql.Value.Sample;
import dev.plumbline.simulation.system.prometheus.promql.Value.Scalar;
import dev.plumbline.simulation.system.prometheus.promql.Value.Text;
import dev.plumbline.simulation.system.prometheus.promql.Value.Vector;
import java.util.List;

/** The arguments of a call, whose types were checked when it was parsed. */
final class Arguments {

    private Arguments() {}

    static double number(List<Value> arguments, int index, double otherwise) {
        return index < arguments.size() ? number(arguments.get(index)) : otherwise;
    }

    static double number(Value value) {
        if (value instanceof Scalar scalar) {
            return scalar.value();
        }
        throw wrongType(value, "a scalar");
    }

    static List<Sample> vector(Value value) {
        if (value instanceof Vector vector) {
            return vector.samples();
        }
        throw wrongType(value, "an instant vector");
    }

    static Matrix matrix(Value value) {
        if (value instanceof Matrix matrix) {
            return matrix;
        }
        throw wrongType(value, "a range vector");
    }

    static String text(Value value) {
        if (value instanceof Text text) {
            return text.value();
        }
        throw wrongType(value, "a string");
    }

    private static QueryError wrongType(Value value, String expected) {
        return QueryError.execution(
                "expected " + expected + ", got a " + value.getClass().getSimpleName());
    }
}
