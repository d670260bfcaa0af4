package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.util.List;

/** What Qdrant says of one collection. */
public final class QdrantCollection implements Probe<QdrantCollection.State> {

    private final Http http;
    private final String collection;

    public QdrantCollection(Target target, String namespace, String service, int port, String collection) {
        this.http = new Http(target, namespace, service, port);
        this.collection = collection;
    }

    /** @param status {@code green} when all of it is ready */
    public record State(String status, int dimensions, String distance, long points) {
        @Override
        public String toString() {
            return status + ", " + dimensions + " dimensions by " + distance + ", " + points + " points";
        }
    }

    @Override
    public String subject() {
        return "Qdrant collection \"" + collection + "\"";
    }

    @Override
    public List<About> about() {
        return http.about();
    }

    @Override
    public Observation<State> look() {
        Observation<HttpAnswer> seen = http.get("/collections/" + collection);
        if (!(seen instanceof Observation.Seen<HttpAnswer> found)) {
            return seen.map(none -> new State("", 0, "", 0));
        }
        HttpAnswer answer = found.value();
        return answer.status() == 200
                ? new Observation.Seen<>(state(answer), subject(), seen.at())
                : new Observation.Absent<>("no such collection: " + answer, subject(), seen.at());
    }

    private static State state(HttpAnswer answer) {
        String vectors = ".result.config.params.vectors";
        return new State(
                text(answer, ".result.status", ""),
                Integer.parseInt(text(answer, vectors + ".size", "0")),
                text(answer, vectors + ".distance", ""),
                Long.parseLong(text(answer, ".result.points_count", "0")));
    }

    private static String text(HttpAnswer answer, String path, String usual) {
        return answer.field(FieldPath.parse(path)).orElse(usual);
    }
}
