package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Expr.RangeSelector;
import dev.plumbline.simulation.system.prometheus.promql.Expr.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads selectors, their ranges and offsets. */
final class SelectorParser {

    private static final Set<String> OPERATORS = Set.of("=", "!=", "=~", "!~");

    private SelectorParser() {}

    static Selector selector(Tokens tokens) {
        Token start = tokens.peek();
        List<Matcher> matchers = new ArrayList<>();
        if (start.kind() == Token.Kind.IDENTIFIER) {
            matchers.add(new Matcher(Labels.NAME, "=", tokens.next().text()));
        }
        if (tokens.take("{")) {
            while (!tokens.take("}")) {
                matchers.add(matcher(tokens));
                if (!tokens.peek().is("}")) {
                    tokens.expect(",", "label matching");
                }
            }
        }
        if (matchers.stream().allMatch(Matcher::matchesNothing)) {
            throw QueryError.at(start.offset(), "vector selector must contain at least one non-empty matcher");
        }
        return new Selector(matchers, 0);
    }

    private static Matcher matcher(Tokens tokens) {
        Token label = tokens.expect(Token.Kind.IDENTIFIER, "label matching, expected identifier or \"}\"");
        if (!OPERATORS.contains(tokens.peek().text())) {
            throw tokens.unexpected("label matching, expected label matching operator");
        }
        String operator = tokens.next().text();
        Token value = tokens.expect(Token.Kind.STRING, "label matching, expected string");
        return new Matcher(label.text(), operator, value.text());
    }

    /** A range or an offset after an expression; both belong to a selector only. */
    static Expr modifiers(Tokens tokens, Token start, Expr expr) {
        Expr result = expr;
        while (true) {
            if (tokens.peek().is("@")) {
                throw QueryError.execution("not simulated: the @ modifier");
            }
            if (tokens.take("[")) {
                result = range(tokens, start, result);
            } else if (tokens.take("offset")) {
                boolean future = tokens.take("-");
                long offset = duration(tokens, "offset");
                result = shifted(result, future ? -offset : offset, start);
            } else {
                return result;
            }
        }
    }

    private static Expr range(Tokens tokens, Token start, Expr expr) {
        long range = duration(tokens, "range");
        if (tokens.peek().text().startsWith(":")) {
            throw QueryError.execution("not simulated: subqueries");
        }
        tokens.expect("]", "subquery or range selector");
        if (!(expr instanceof Selector selector)) {
            throw QueryError.at(start.offset(), "ranges only allowed for vector selectors");
        }
        if (selector.offset() != 0) {
            throw QueryError.at(start.offset(), "no offset modifiers allowed before range");
        }
        return new RangeSelector(selector, range);
    }

    private static Expr shifted(Expr expr, long offset, Token start) {
        if (expr instanceof Selector selector) {
            return new Selector(selector.matchers(), offset);
        }
        if (expr instanceof RangeSelector range) {
            return new RangeSelector(new Selector(range.selector().matchers(), offset), range.range());
        }
        throw QueryError.at(
                start.offset(),
                "offset modifier must be preceded by an instant vector selector or range vector selector or a subquery");
    }

    private static long duration(Tokens tokens, String context) {
        return Durations.millis(tokens.expect(Token.Kind.DURATION, context + ", expected duration")
                .text());
    }
}
