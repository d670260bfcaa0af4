package dev.plumbline.simulation.system.prometheus.promql;

/** A word of a query, where it stands. */
record Token(Kind kind, String text, int offset) {

    enum Kind {
        IDENTIFIER,
        NUMBER,
        DURATION,
        STRING,
        SYMBOL,
        END
    }

    boolean is(String symbolOrWord) {
        return kind == Kind.SYMBOL && text.equals(symbolOrWord)
                || kind == Kind.IDENTIFIER && text.equalsIgnoreCase(symbolOrWord);
    }

    /** As an error message names it. */
    String words() {
        return switch (kind) {
            case END -> "end of input";
            case IDENTIFIER -> "identifier \"" + text + "\"";
            case NUMBER -> "number \"" + text + "\"";
            case DURATION -> "duration \"" + text + "\"";
            case STRING -> "string \"" + text + "\"";
            case SYMBOL -> "\"" + text + "\"";
        };
    }
}
