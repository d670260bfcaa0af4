package dev.plumbline.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The nearest point of a collection for each of several vectors. */
public final class QdrantSearch implements Probe<List<QdrantSearch.Hit>> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Http http;
    private final String collection;
    private final List<List<Double>> questions;

    public QdrantSearch(
            Target target,
            String namespace,
            String service,
            int port,
            String collection,
            List<List<Double>> questions) {
        this.http = new Http(target, namespace, service, port);
        this.collection = collection;
        this.questions = List.copyOf(questions);
    }

    /** A point and how near it is. */
    public record Hit(long id, double score) {
        @Override
        public String toString() {
            return "point " + id + " with score " + score;
        }
    }

    @Override
    public String subject() {
        return "searches in Qdrant collection \"" + collection + "\"";
    }

    @Override
    public List<About> about() {
        return http.about();
    }

    @Override
    public Observation<List<Hit>> look() {
        List<Hit> hits = new ArrayList<>();
        try {
            for (List<Double> question : questions) {
                hits.add(nearest(question));
            }
            return new Observation.Seen<>(hits, subject(), http.now());
        } catch (NotSeen e) {
            return e.as(subject());
        } catch (JsonProcessingException e) {
            return new Observation.Unreachable<>("Qdrant's answer is no JSON: " + e, subject(), http.now());
        }
    }

    /** A query is a POST that only reads. */
    private Hit nearest(List<Double> question) throws NotSeen, JsonProcessingException {
        String body = JSON.writeValueAsString(Map.of("query", question, "limit", 1));
        HttpAnswer answer = NotSeen.unlessSeen(http.post("/collections/" + collection + "/points/query", body));
        JsonNode point = JSON.readTree(answer.body()).at("/result/points/0");
        if (answer.status() != 200 || point.isMissingNode()) {
            throw new NotSeen(new Observation.Absent<>("nothing found: " + answer, subject(), http.now()));
        }
        return new Hit(point.path("id").asLong(), point.path("score").asDouble());
    }
}
