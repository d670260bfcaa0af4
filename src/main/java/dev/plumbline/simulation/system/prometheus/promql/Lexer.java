package dev.plumbline.simulation.system.prometheus.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a query into tokens. */
final class Lexer {

    private static final Pattern BLANK = Pattern.compile("(?:\\s+|#[^\\n]*)+");
    private static final Pattern DURATION = Pattern.compile("(?:[0-9]+(?:ms|[smhdwy]))+(?![A-Za-z0-9_.])");
    private static final Pattern NUMBER = Pattern.compile(
            "0[xX][0-9a-fA-F]+|(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|(?i:inf|nan)(?![A-Za-z0-9_:])");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_:][A-Za-z0-9_:]*");
    private static final Pattern SYMBOL = Pattern.compile("==|!=|=~|!~|<=|>=|[-+*/%^<>=(){}\\[\\],@:]");

    private final String text;
    private int position;

    private Lexer(String text) {
        this.text = text;
    }

    /** @throws QueryError for a character or string that PromQL does not know */
    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        List<Token> tokens = new ArrayList<>();
        do {
            tokens.add(lexer.next());
        } while (tokens.get(tokens.size() - 1).kind() != Token.Kind.END);
        return tokens;
    }

    private Token next() {
        take(BLANK);
        int start = position;
        if (start == text.length()) {
            return new Token(Token.Kind.END, "", start);
        }
        char first = text.charAt(start);
        if (first == '"' || first == '\'' || first == '`') {
            return new Token(Token.Kind.STRING, string(first), start);
        }
        if (take(DURATION)) {
            return token(Token.Kind.DURATION, start);
        }
        if (take(NUMBER)) {
            return token(Token.Kind.NUMBER, start);
        }
        if (take(IDENTIFIER)) {
            return token(Token.Kind.IDENTIFIER, start);
        }
        if (take(SYMBOL)) {
            return token(Token.Kind.SYMBOL, start);
        }
        throw QueryError.at(start, "unexpected character: '" + first + "'");
    }

    private Token token(Token.Kind kind, int start) {
        return new Token(kind, text.substring(start, position), start);
    }

    private boolean take(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        matcher.useTransparentBounds(true);
        if (!matcher.lookingAt()) {
            return false;
        }
        position = matcher.end();
        return true;
    }

    private String string(char quote) {
        int start = position++;
        StringBuilder value = new StringBuilder();
        while (position < text.length() && text.charAt(position) != quote) {
            char c = text.charAt(position++);
            value.append(c == '\\' && quote != '`' && position < text.length() ? escaped() : c);
        }
        if (position == text.length()) {
            throw QueryError.at(start, "unterminated " + (quote == '`' ? "raw" : "quoted") + " string");
        }
        position++;
        return value.toString();
    }

    private char escaped() {
        char c = text.charAt(position++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '\\', '"', '\'' -> c;
            default -> throw QueryError.at(position - 1, "unknown escape sequence U+%04X '%c'".formatted((int) c, c));
        };
    }
}
