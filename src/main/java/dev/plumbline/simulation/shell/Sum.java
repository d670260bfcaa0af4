package dev.plumbline.simulation.shell;

import dev.plumbline.simulation.NotSimulated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An arithmetic expression. */
final class Sum {

    private static final Pattern TOKEN = Pattern.compile("\\s*(\\d+|[A-Za-z_]\\w*|==|!=|<=|>=|&&|\\|\\||[-+*/%()<>!])");
    private static final List<List<String>> LEVELS = List.of(
            List.of("||"),
            List.of("&&"),
            List.of("==", "!="),
            List.of("<", ">", "<=", ">="),
            List.of("+", "-"),
            List.of("*", "/", "%"));

    private final List<String> tokens = new ArrayList<>();
    private final Map<String, String> variables;
    private int at;

    Sum(String text, Map<String, String> variables) {
        this.variables = variables;
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            throw new NotSimulated("shell arithmetic \"" + text + "\"");
        }
    }

    long value() {
        return tokens.isEmpty() ? 0 : level(0);
    }

    private long level(int level) {
        if (level == LEVELS.size()) {
            return atom();
        }
        long left = level(level + 1);
        while (at < tokens.size() && LEVELS.get(level).contains(tokens.get(at))) {
            String operator = tokens.get(at++);
            left = apply(operator, left, level(level + 1));
        }
        return left;
    }

    private static long apply(String operator, long a, long b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / nonZero(b);
            case "%" -> a % nonZero(b);
            case "==" -> a == b ? 1 : 0;
            case "!=" -> a != b ? 1 : 0;
            case "<" -> a < b ? 1 : 0;
            case ">" -> a > b ? 1 : 0;
            case "<=" -> a <= b ? 1 : 0;
            case ">=" -> a >= b ? 1 : 0;
            case "&&" -> a != 0 && b != 0 ? 1 : 0;
            default -> a != 0 || b != 0 ? 1 : 0;
        };
    }

    private static long nonZero(long value) {
        if (value == 0) {
            throw new NotSimulated("shell arithmetic: division by zero");
        }
        return value;
    }

    private long atom() {
        String token = at < tokens.size() ? tokens.get(at++) : "";
        if (token.equals("(")) {
            long value = level(0);
            at++;
            return value;
        }
        if (token.equals("-")) {
            return -atom();
        }
        if (token.equals("!")) {
            return atom() == 0 ? 1 : 0;
        }
        String text = token.matches("[A-Za-z_]\\w*") ? variables.getOrDefault(token, "0") : token;
        return text.matches("\\d+") ? Long.parseLong(text) : 0;
    }
}
