package dev.plumbline.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Whether each target that Prometheus knows was reached at its last scrape. */
public final class PromTargets implements Probe<Survey.Tally> {

    private final Target target;
    private final Http http;

    public PromTargets(Target target, String namespace, String service, int port) {
        this.target = target;
        this.http = new Http(target, namespace, service, port);
    }

    @Override
    public String subject() {
        return "targets of Prometheus";
    }

    @Override
    public List<About> about() {
        return http.about();
    }

    @Override
    public Observation<Survey.Tally> look() {
        try {
            HttpAnswer answer = NotSeen.unlessSeen(http.get("/api/v1/targets?state=active"));
            JsonNode targets = new ObjectMapper().readTree(answer.body()).at("/data/activeTargets");
            List<JsonNode> down = new ArrayList<>();
            targets.forEach(one -> {
                if (!one.path("health").asText().equals("up")) {
                    down.add(one);
                }
            });
            if (targets.isEmpty()) {
                return new Observation.Unreachable<>("nothing selected: it has no target", subject(), http.now());
            }
            return judged(targets.size(), down);
        } catch (NotSeen e) {
            return e.as(subject());
        } catch (JsonProcessingException e) {
            return new Observation.Unreachable<>("this is no answer of Prometheus: " + e, subject(), http.now());
        }
    }

    /** Blocked when nothing else is wrong than pods that cannot start. */
    private Observation<Survey.Tally> judged(int looked, List<JsonNode> down) {
        Observation<Survey.Tally> blocked = null;
        for (JsonNode one : down) {
            Observation<Survey.Tally> why = behind(one);
            if (!(why instanceof Observation.Blocked)) {
                List<String> wrong = down.stream().map(PromTargets::words).toList();
                return new Observation.Seen<>(new Survey.Tally(looked, wrong), subject(), http.now());
            }
            blocked = why;
        }
        return blocked == null
                ? new Observation.Seen<>(new Survey.Tally(looked, List.of()), subject(), http.now())
                : blocked;
    }

    private Observation<Survey.Tally> behind(JsonNode one) {
        String host = URI.create(one.path("scrapeUrl").asText()).getHost();
        String[] labels = host == null ? new String[0] : host.split("\\.");
        return labels.length > 2 && labels[2].equals("svc")
                ? ServicePods.silent(target, labels[1], labels[0], subject(), words(one))
                : new Observation.Absent<>(words(one), subject(), http.now());
    }

    private static String words(JsonNode one) {
        return one.path("scrapePool").asText() + " at " + one.path("scrapeUrl").asText() + " is "
                + one.path("health").asText() + ": " + one.path("lastError").asText();
    }
}
