package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Expr.Cardinality;
import dev.plumbline.simulation.system.prometheus.promql.Expr.Matching;
import java.util.ArrayList;
import java.util.List;

/** What may stand between an operator and its right side: {@code bool}, {@code on}, {@code group_left} and the like. */
record BinaryModifiers(boolean bool, Matching matching) {

    static BinaryModifiers read(Tokens tokens, Token operator) {
        boolean bool = tokens.take("bool");
        if (bool && !List.of("==", "!=", "<", "<=", ">", ">=").contains(operator.text())) {
            throw QueryError.at(operator.offset(), "bool modifier can only be used on comparison operators");
        }
        boolean on = tokens.peek().is("on");
        if (!on && !tokens.peek().is("ignoring")) {
            return new BinaryModifiers(bool, Matching.DEFAULT);
        }
        tokens.next();
        List<String> labels = labels(tokens);
        Cardinality cardinality = Cardinality.ONE_TO_ONE;
        if (tokens.take("group_left")) {
            cardinality = Cardinality.MANY_TO_ONE;
        } else if (tokens.take("group_right")) {
            cardinality = Cardinality.ONE_TO_MANY;
        }
        boolean grouped = cardinality != Cardinality.ONE_TO_ONE;
        List<String> include = grouped && tokens.peek().is("(") ? labels(tokens) : List.of();
        return new BinaryModifiers(bool, new Matching(cardinality, on, labels, include));
    }

    static List<String> labels(Tokens tokens) {
        List<String> labels = new ArrayList<>();
        tokens.expect("(", "grouping opts");
        while (!tokens.take(")")) {
            labels.add(tokens.expect(Token.Kind.IDENTIFIER, "grouping opts, expected label")
                    .text());
            if (!tokens.peek().is(")")) {
                tokens.expect(",", "grouping opts");
            }
        }
        return labels;
    }
}
