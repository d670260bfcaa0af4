package dev.plumbline.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.verdict.Observation;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A refusal that came from the API server's proxy and not from the service behind it. */
record ProxyAnswer(int status, String message) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The service or its pods are not there, or nothing listens yet. */
    private static final Set<Integer> NOT_YET = Set.of(404, 502, 503, 504);

    private static final String NO_CONNECTION = "error trying to reach service";

    static Optional<ProxyAnswer> of(HttpAnswer answer) {
        if (answer.status() < 400) {
            return Optional.empty();
        }
        if (answer.body().regionMatches(true, 0, NO_CONNECTION, 0, NO_CONNECTION.length())) {
            return Optional.of(new ProxyAnswer(answer.status(), answer.body().strip()));
        }
        if (!answer.body().contains("\"Status\"")) {
            return Optional.empty();
        }
        try {
            JsonNode status = JSON.readTree(answer.body());
            boolean ofApiServer = "Status".equals(status.path("kind").asText())
                    && "v1".equals(status.path("apiVersion").asText());
            return ofApiServer
                    ? Optional.of(new ProxyAnswer(
                            answer.status(), status.path("message").asText("no message")))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** @param silent what to make of a service that does not answer, from the reason */
    <T> Observation<T> observed(String source, Instant at, Function<String, Observation<T>> silent) {
        if (status == 401 || status == 403) {
            return new Observation.Unreachable<>("no permission: " + message, source, at);
        }
        if (!NOT_YET.contains(status)) {
            return new Observation.Unreachable<>("the API server answered " + status + ": " + message, source, at);
        }
        return silent.apply("not answering yet: " + message);
    }
}
