package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Expr.Type;
import java.util.List;

/**
 * A function of PromQL.
 *
 * @param optional how many of the last parameters may be left out
 * @param variadic whether the last parameter may be repeated
 */
record Function(String name, List<Type> parameters, int optional, boolean variadic, Type result, Function.Body body) {

    /** Computes the result; {@code time} is the moment of evaluation in milliseconds. */
    @FunctionalInterface
    interface Body {
        Value apply(List<Value> arguments, long time);
    }
}
