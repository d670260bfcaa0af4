package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Expr.Binary;
import dev.plumbline.simulation.system.prometheus.promql.Expr.Cardinality;
import dev.plumbline.simulation.system.prometheus.promql.Expr.Type;
import java.util.List;

/** The rules on types that Prometheus checks before it evaluates. */
final class TypeCheck {

    private TypeCheck() {}

    static Binary binary(Binary binary, Token operator) {
        for (Expr side : List.of(binary.left(), binary.right())) {
            if (side.type() != Type.SCALAR && side.type() != Type.VECTOR) {
                throw QueryError.at(
                        operator.offset(), "binary expression must contain only scalar and instant vector types");
            }
        }
        boolean anyScalar =
                binary.left().type() == Type.SCALAR || binary.right().type() == Type.SCALAR;
        if (binary.isSet() && anyScalar) {
            throw QueryError.at(
                    operator.offset(),
                    "set operator \"" + binary.operator() + "\" not allowed in binary scalar expression");
        }
        if (binary.isSet() && binary.matching().cardinality() != Cardinality.ONE_TO_ONE) {
            throw QueryError.at(operator.offset(), "no grouping allowed for \"" + binary.operator() + "\" operation");
        }
        if (binary.isComparison() && !binary.bool() && binary.type() == Type.SCALAR) {
            throw QueryError.at(operator.offset(), "comparisons between scalars must use BOOL modifier");
        }
        return binary;
    }

    static void call(Function function, List<Expr> arguments, Token name) {
        List<Type> expected = function.parameters();
        int least = expected.size() - function.optional();
        boolean tooMany = arguments.size() > expected.size() && !function.variadic();
        if (arguments.size() < least || tooMany) {
            throw QueryError.at(
                    name.offset(),
                    "expected " + (function.optional() > 0 ? "at least " : "") + least + " argument(s) in call to \""
                            + function.name() + "\", got " + arguments.size());
        }
        for (int i = 0; i < arguments.size(); i++) {
            Type type = expected.get(Math.min(i, expected.size() - 1));
            expect(type, arguments.get(i), "call to function \"" + function.name() + "\"", name);
        }
    }

    static void expect(Type type, Expr expr, String context, Token at) {
        if (expr.type() != type) {
            throw QueryError.at(at.offset(), "expected type " + type + " in " + context + ", got " + expr.type());
        }
    }
}
