package dev.plumbline.simulation.system.redis;

import java.util.List;
import java.util.stream.Collectors;

/** What the server replies to a command. */
record Answer(Kind kind, String text, List<Answer> items) {

    enum Kind {
        TEXT,
        NIL,
        ERROR,
        LIST
    }

    static final Answer OK = text("OK");
    static final Answer NIL = new Answer(Kind.NIL, "", List.of());

    static Answer text(String text) {
        return new Answer(Kind.TEXT, text, List.of());
    }

    static Answer number(long number) {
        return text(Long.toString(number));
    }

    static Answer error(String text) {
        return new Answer(Kind.ERROR, text, List.of());
    }

    static Answer list(List<String> items) {
        return new Answer(Kind.LIST, "", items.stream().map(Answer::text).toList());
    }

    boolean isError() {
        return kind == Kind.ERROR;
    }

    /** As redis-cli prints it where its output is no terminal. */
    String printed() {
        return switch (kind) {
            case LIST -> items.stream().map(Answer::printed).collect(Collectors.joining());
            case ERROR -> text + "\n\n";
            default -> text + "\n";
        };
    }
}
