package dev.plumbline.cluster;

import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Says why objects of a kind cannot be seen, and which right is missing where one is. */
record Trouble(Kind kind, @Nullable String namespace) {

    Mirror.Failed of(Throwable failure) {
        String otherwise = failure instanceof TimeoutException
                ? "it does not answer in time"
                : failure.getClass().getSimpleName();
        String message = Objects.requireNonNullElse(failure.getMessage(), otherwise) + beneath(failure.getCause());
        int code = failure instanceof ListWatch.Refused refused ? refused.code() : 0;
        return new Mirror.Failed(code, words(code, message));
    }

    /** What the network said; Java's HTTP client only says what it could not read then. */
    private static String beneath(@Nullable Throwable cause) {
        return cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
    }

    private String words(int code, String message) {
        return switch (code) {
            case 0 -> "the API server cannot be reached: " + message;
            case 401 -> "the API server does not know us: " + message;
            case 403 ->
                "no permission to list " + kind.plural() + ": the rights \"list\" and \"watch\" on " + kind.plural()
                        + (kind.group().isEmpty() ? "" : "." + kind.group()) + " are missing " + where();
            case 404 -> "the server does not serve " + kind;
            default -> "the API server answered " + code + ": " + message;
        };
    }

    private String where() {
        if (!kind.namespaced()) {
            return "at cluster scope";
        }
        return namespace == null ? "in all namespaces" : "in namespace \"" + namespace + "\"";
    }
}
