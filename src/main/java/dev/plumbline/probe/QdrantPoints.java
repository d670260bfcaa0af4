package dev.plumbline.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** All points of a Qdrant collection: how many, and a checksum over their ids, vectors and payloads in any order. */
public final class QdrantPoints implements Probe<QdrantPoints.Content> {

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
    private static final int PAGE = 500;

    private final Http http;
    private final String collection;

    public QdrantPoints(Target target, String namespace, String service, int port, String collection) {
        this.http = new Http(target, namespace, service, port);
        this.collection = collection;
    }

    /** @param checksum SHA-256, equal exactly when the same points are there */
    public record Content(long count, String checksum) {
        @Override
        public String toString() {
            return count + " points, checksum " + checksum.substring(0, 12);
        }
    }

    @Override
    public String subject() {
        return "points of Qdrant collection \"" + collection + "\"";
    }

    @Override
    public List<About> about() {
        return http.about();
    }

    @Override
    public Observation<Content> look() {
        Set<String> points = new TreeSet<>();
        return read(point -> points.add(canonical(point))).map(all -> new Content(points.size(), sha256(points)));
    }

    /** The vectors of the points whose ids are numbers. */
    public Observation<Map<Long, List<Float>>> vectors() {
        Map<Long, List<Float>> vectors = new TreeMap<>();
        return read(point -> {
                    List<Float> vector = new ArrayList<>();
                    point.path("vector").forEach(number -> vector.add(number.floatValue()));
                    vectors.put(point.path("id").asLong(), vector);
                })
                .map(all -> vectors);
    }

    private Observation<Boolean> read(Consumer<JsonNode> each) {
        ObjectNode ask = JSON.createObjectNode()
                .put("limit", PAGE)
                .put("with_vector", true)
                .put("with_payload", true);
        try {
            while (true) {
                JsonNode page = page(ask);
                page.path("points").forEach(each);
                JsonNode next = page.path("next_page_offset");
                if (next.isMissingNode() || next.isNull()) {
                    return new Observation.Seen<>(true, subject(), http.now());
                }
                ask.set("offset", next);
            }
        } catch (NotSeen e) {
            return e.as(subject());
        }
    }

    /** A scroll is a POST that only reads. */
    private JsonNode page(ObjectNode ask) throws NotSeen {
        HttpAnswer answer =
                NotSeen.unlessSeen(http.post("/collections/" + collection + "/points/scroll", ask.toString()));
        if (answer.status() == 404) {
            throw new NotSeen(new Observation.Absent<>("no such collection: " + answer.body(), subject(), http.now()));
        }
        if (answer.status() != 200) {
            throw new NotSeen(new Observation.Unreachable<>("Qdrant answered " + answer, subject(), http.now()));
        }
        try {
            return JSON.readTree(answer.body()).path("result");
        } catch (JsonProcessingException e) {
            throw new NotSeen(
                    new Observation.Unreachable<>("Qdrant's answer is no JSON: " + answer, subject(), http.now()));
        }
    }

    private static String canonical(JsonNode point) {
        ObjectNode kept = JSON.createObjectNode();
        for (String part : new String[] {"id", "vector", "payload"}) {
            kept.set(part, point.path(part));
        }
        try {
            return JSON.writeValueAsString(JSON.treeToValue(kept, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree does not print as JSON", e);
        }
    }

    private static String sha256(Set<String> lines) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            lines.forEach(line -> digest.update((line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
