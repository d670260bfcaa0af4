package dev.plumbline.probe.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** Status conditions, and which of them say that something is wrong. */
final class Conditions {

    private static final Set<String> GOOD = Set.of(
            "Ready", "Available", "Progressing", "Healthy", "Established", "Accepted", "Released", "ScalingActive");

    private static final Set<String> BAD =
            Set.of("Stalled", "Failed", "ReplicaFailure", "FailureTarget", "BuildFailed", "FetchFailed");

    private Conditions() {}

    /** A condition as a field and what it says. */
    static String words(JsonNode condition) {
        String message = condition.path("message").asText();
        String reason = condition.path("reason").asText();
        String why = reason + (reason.isEmpty() || message.isEmpty() ? "" : ": ") + message;
        return ".status.conditions[" + condition.path("type").asText() + "] is "
                + condition.path("status").asText() + (why.isEmpty() ? "" : " (" + why + ")");
    }

    /** The condition that tells most of what is wrong. */
    static Optional<String> wrong(Live object) {
        return object.list("/status/conditions").stream()
                .filter(Conditions::isBad)
                .findFirst()
                .or(() -> object.list("/status/conditions").stream()
                        .filter(Conditions::isNotGood)
                        .findFirst())
                .map(condition -> object.words() + " " + words(condition));
    }

    private static boolean isBad(JsonNode condition) {
        return BAD.contains(condition.path("type").asText())
                && condition.path("status").asText().equals("True");
    }

    private static boolean isNotGood(JsonNode condition) {
        return GOOD.contains(condition.path("type").asText())
                && !condition.path("status").asText().equals("True");
    }
}
