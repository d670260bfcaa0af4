package dev.plumbline.simulation.system.qdrant;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.Program.Reply;
import dev.plumbline.simulation.Program.Request;
import dev.plumbline.timing.Clock;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Snapshots of a collection: files below the snapshots path. */
final class SnapshotsApi {

    private static final DateTimeFormatter IN_NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss").withZone(ZoneOffset.UTC);
    private static final Pattern OWN_ADDRESS = Pattern.compile("https?://[^/]+/collections/([^/]+)/snapshots/([^/?]+)");
    private static final String SUFFIX = ".snapshot";

    private final Files files;
    private final Collections collections;
    private final String root;
    private final Clock clock;
    private int taken;

    SnapshotsApi(Files files, Collections collections, String root, Clock clock) {
        this.files = files;
        this.collections = collections;
        this.root = root;
        this.clock = clock;
    }

    Optional<Reply> answer(String name, Route route, Request request) {
        String path = route.inCollection();
        if (path.equals("PUT /snapshots/recover")) {
            return Optional.of(
                    recover(name, Answers.body(request).path("location").asText("")));
        }
        if (path.matches("(GET|DELETE) /snapshots/[^/]+")) {
            return Optional.of(one(name, route));
        }
        return switch (path) {
            case "POST /snapshots" -> Optional.of(create(collections.get(name)));
            case "GET /snapshots" -> Optional.of(list(collections.get(name)));
            default -> Optional.empty();
        };
    }

    private Reply create(Collection collection) {
        Instant now = clock.instant();
        taken++;
        String snapshot = collection.name() + "-" + Math.abs(collection.name().hashCode()) + taken + "-"
                + IN_NAME.format(now) + SUFFIX;
        ObjectNode content = collection.json().put("created", now.getEpochSecond());
        files.write(path(collection.name(), snapshot), Answers.bytes(content));
        return Answers.ok(described(path(collection.name(), snapshot)));
    }

    private Reply list(Collection collection) {
        ArrayNode snapshots = Answers.array();
        for (String path : files.list(root + "/" + collection.name())) {
            if (path.endsWith(SUFFIX)) {
                snapshots.add(described(path));
            }
        }
        return Answers.ok(snapshots);
    }

    private ObjectNode described(String path) {
        byte[] content = files.read(path).orElse(new byte[0]);
        Instant created =
                Instant.ofEpochSecond(Answers.parse(content).path("created").asLong());
        return Answers.object()
                .put("name", path.substring(path.lastIndexOf('/') + 1))
                .put(
                        "creation_time",
                        created.atOffset(ZoneOffset.UTC).toLocalDateTime().toString())
                .put("size", content.length)
                .put("checksum", checksum(content));
    }

    private Reply one(String name, Route route) {
        String path = path(collections.get(name).name(), route.word(3));
        byte[] content =
                files.read(path).orElseThrow(() -> Refusal.notFound("Snapshot " + route.word(3) + " not found"));
        if (route.method().equals("GET")) {
            return new Reply(200, "application/octet-stream", content);
        }
        files.delete(path);
        return Answers.ok(true);
    }

    private Reply recover(String name, String location) {
        Matcher own = OWN_ADDRESS.matcher(location);
        String path = own.matches()
                ? path(own.group(1), own.group(2))
                : location.startsWith("file://") ? location.substring("file://".length()) : location;
        byte[] content =
                files.read(path).orElseThrow(() -> Refusal.badRequest("Snapshot file \"" + path + "\" does not exist"));
        collections.put(Collection.read(name, Answers.parse(content)));
        return Answers.ok(true);
    }

    private String path(String collection, String snapshot) {
        return root + "/" + collection + "/" + snapshot;
    }

    private static String checksum(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
