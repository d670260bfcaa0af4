package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Expr.Aggregate;
import dev.plumbline.simulation.system.prometheus.promql.Expr.Binary;
import dev.plumbline.simulation.system.prometheus.promql.Expr.Call;
import dev.plumbline.simulation.system.prometheus.promql.Expr.Negation;
import dev.plumbline.simulation.system.prometheus.promql.Expr.NumberLiteral;
import dev.plumbline.simulation.system.prometheus.promql.Expr.StringLiteral;
import dev.plumbline.simulation.system.prometheus.promql.Expr.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads PromQL by precedence climbing, and checks the types of what it reads. */
public final class Parser {

    private static final int POWER = 6;
    private static final Map<String, Integer> PRECEDENCE = Map.ofEntries(
            Map.entry("or", 1),
            Map.entry("and", 2),
            Map.entry("unless", 2),
            Map.entry("==", 3),
            Map.entry("!=", 3),
            Map.entry("<", 3),
            Map.entry("<=", 3),
            Map.entry(">", 3),
            Map.entry(">=", 3),
            Map.entry("+", 4),
            Map.entry("-", 4),
            Map.entry("*", 5),
            Map.entry("/", 5),
            Map.entry("%", 5),
            Map.entry("^", POWER));
    private static final Set<String> WITH_PARAMETER = Set.of("topk", "bottomk", "quantile", "count_values");

    private final Tokens tokens;

    private Parser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** @throws QueryError with the position, as Prometheus words it */
    public static Expr parse(String query) {
        Tokens tokens = new Tokens(Lexer.tokens(query));
        if (tokens.peek().kind() == Token.Kind.END) {
            throw QueryError.badData("unknown position: parse error: no expression found in input");
        }
        Expr expr = new Parser(tokens).expression(1);
        if (tokens.peek().kind() != Token.Kind.END) {
            throw tokens.unexpected("");
        }
        return expr;
    }

    /** Reads a plain selector such as {@code up{job="node"}}, as the series API wants it. */
    public static List<Matcher> selector(String text) {
        if (parse(text) instanceof Expr.Selector selector && selector.offset() == 0) {
            return selector.matchers();
        }
        throw QueryError.badData("1:1: parse error: expected a plain series selector");
    }

    private Expr expression(int least) {
        Expr left = unary();
        while (true) {
            Token operator = tokens.peek();
            int precedence = precedence(operator);
            if (precedence < least) {
                return left;
            }
            tokens.next();
            BinaryModifiers modifiers = BinaryModifiers.read(tokens, operator);
            Expr right = expression(precedence == POWER ? POWER : precedence + 1);
            left = TypeCheck.binary(
                    new Binary(name(operator), left, right, modifiers.bool(), modifiers.matching()), operator);
        }
    }

    private static String name(Token operator) {
        return operator.text().toLowerCase(Locale.ROOT);
    }

    private static int precedence(Token token) {
        boolean operator = token.kind() == Token.Kind.SYMBOL || token.kind() == Token.Kind.IDENTIFIER;
        return operator ? PRECEDENCE.getOrDefault(name(token), 0) : 0;
    }

    private Expr unary() {
        Token sign = tokens.peek();
        if (!sign.is("-") && !sign.is("+")) {
            return postfix();
        }
        tokens.next();
        Expr body = expression(POWER);
        if (body.type() != Type.SCALAR && body.type() != Type.VECTOR) {
            throw QueryError.at(
                    sign.offset(),
                    "unary expression only allowed on expressions of type scalar or instant vector, got \""
                            + body.type() + "\"");
        }
        return sign.is("-") ? new Negation(body) : body;
    }

    private Expr postfix() {
        Token start = tokens.peek();
        return SelectorParser.modifiers(tokens, start, primary());
    }

    private Expr primary() {
        Token token = tokens.peek();
        if (tokens.take("(")) {
            Expr inner = expression(1);
            tokens.expect(")", "paren expression");
            return inner;
        }
        if (token.is("{")) {
            return SelectorParser.selector(tokens);
        }
        switch (token.kind()) {
            case NUMBER:
                tokens.next();
                return new NumberLiteral(number(token.text()));
            case STRING:
                tokens.next();
                return new StringLiteral(token.text());
            case IDENTIFIER:
                return named(token);
            default:
                throw tokens.unexpected("");
        }
    }

    private static double number(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("0x")) {
            return Long.parseLong(lower.substring(2), 16);
        }
        return switch (lower) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.parseDouble(lower);
        };
    }

    private Expr named(Token token) {
        Token after = tokens.peekSecond();
        if (Aggregation.OPERATORS.contains(name(token)) && (after.is("(") || after.is("by") || after.is("without"))) {
            return aggregate();
        }
        return after.is("(") ? call() : SelectorParser.selector(tokens);
    }

    private Expr call() {
        Token name = tokens.next();
        Function function = Functions.named(name.text(), name.offset());
        List<Expr> arguments = arguments("function call");
        TypeCheck.call(function, arguments, name);
        return new Call(function, arguments);
    }

    private List<Expr> arguments(String context) {
        List<Expr> arguments = new ArrayList<>();
        tokens.expect("(", context);
        while (!tokens.take(")")) {
            if (!arguments.isEmpty()) {
                tokens.expect(",", context);
            }
            arguments.add(expression(1));
        }
        return arguments;
    }

    private Expr aggregate() {
        Token name = tokens.next();
        Grouping grouping = Grouping.read(tokens);
        List<Expr> arguments = arguments("aggregation");
        if (grouping == null) {
            grouping = Grouping.read(tokens);
        }
        boolean parameterised = WITH_PARAMETER.contains(name(name));
        if (arguments.size() != (parameterised ? 2 : 1)) {
            throw QueryError.at(
                    name.offset(),
                    "wrong number of arguments for aggregate expression provided, expected " + (parameterised ? 2 : 1)
                            + ", got " + arguments.size());
        }
        Expr body = arguments.get(arguments.size() - 1);
        TypeCheck.expect(Type.VECTOR, body, "aggregation expression", name);
        return new Aggregate(
                name(name),
                body,
                parameterised ? arguments.get(0) : null,
                grouping != null && grouping.without(),
                grouping == null ? List.of() : grouping.labels());
    }

    /** The labels that an aggregation keeps, or leaves out. */
    private record Grouping(boolean without, List<String> labels) {
        static @Nullable Grouping read(Tokens tokens) {
            boolean without = tokens.peek().is("without");
            if (!without && !tokens.peek().is("by")) {
                return null;
            }
            tokens.next();
            return new Grouping(without, BinaryModifiers.labels(tokens));
        }
    }
}
