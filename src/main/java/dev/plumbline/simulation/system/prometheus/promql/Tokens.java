package dev.plumbline.simulation.system.prometheus.promql;

import java.util.List;

/** The tokens of a query and how far the parser has come. */
final class Tokens {

    private final List<Token> tokens;
    private int position;

    Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(position);
    }

    Token peekSecond() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(position);
        position = Math.min(position + 1, tokens.size() - 1);
        return token;
    }

    boolean take(String symbolOrWord) {
        boolean there = peek().is(symbolOrWord);
        if (there) {
            next();
        }
        return there;
    }

    void expect(String symbol, String context) {
        if (!take(symbol)) {
            throw unexpected(context + ", expected \"" + symbol + "\"");
        }
    }

    Token expect(Token.Kind kind, String context) {
        if (peek().kind() != kind) {
            throw unexpected(context);
        }
        return next();
    }

    QueryError unexpected(String context) {
        Token token = peek();
        String where = context.isEmpty() ? "" : " in " + context;
        return QueryError.at(token.offset(), "unexpected " + token.words() + where);
    }
}
