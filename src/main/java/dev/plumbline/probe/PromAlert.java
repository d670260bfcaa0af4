package dev.plumbline.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An alert rule as Prometheus has loaded it. */
public final class PromAlert implements Probe<PromAlert.Rule> {

    private static final Pattern LIMIT = Pattern.compile(">=?\\s*(\\d+(?:\\.\\d+)?)\\s*$");

    private final Http http;
    private final String alert;

    public PromAlert(Target target, String namespace, String service, int port, String alert) {
        this.http = new Http(target, namespace, service, port);
        this.alert = alert;
    }

    /**
     * A rule.
     *
     * @param health {@code ok} once it was evaluated without an error
     * @param limit the number above which it fires; NaN when its query does not end with one
     */
    public record Rule(String health, double limit, String query) {
        @Override
        public String toString() {
            return health + ", " + query;
        }
    }

    @Override
    public String subject() {
        return "alert \"" + alert + "\" of Prometheus";
    }

    @Override
    public List<About> about() {
        return http.about();
    }

    @Override
    public Observation<Rule> look() {
        try {
            HttpAnswer answer = NotSeen.unlessSeen(http.get("/api/v1/rules?type=alert"));
            for (JsonNode group : new ObjectMapper().readTree(answer.body()).at("/data/groups")) {
                for (JsonNode rule : group.path("rules")) {
                    if (rule.path("name").asText().equals(alert)) {
                        return new Observation.Seen<>(rule(rule), subject(), http.now());
                    }
                }
            }
            return new Observation.Absent<>("no such alert is loaded", subject(), http.now());
        } catch (NotSeen e) {
            return e.as(subject());
        } catch (JsonProcessingException e) {
            return new Observation.Unreachable<>("this is no answer of Prometheus: " + e, subject(), http.now());
        }
    }

    private static Rule rule(JsonNode rule) {
        String query = rule.path("query").asText();
        Matcher limit = LIMIT.matcher(query);
        return new Rule(
                rule.path("health").asText(), limit.find() ? Double.parseDouble(limit.group(1)) : Double.NaN, query);
    }
}
