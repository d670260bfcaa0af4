package dev.plumbline.parity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.plumbline.timing.Bell;
import dev.plumbline.timing.Clock;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One of the two clusters that are compared. A call of a case is a map with one of
 *
 * <ul>
 *   <li>{@code GET}, {@code POST}, {@code PUT}, {@code PATCH}, {@code DELETE}: a path. {@code apps/v1/deployments/web} is in
 *       the case's namespace, {@code /api/v1/namespaces/NS} is taken as it is. With {@code body}, {@code as} (the kind of
 *       patch), {@code type} (a content type), {@code show} (fields, {@code [*]} for all items), {@code text: true}
 *   <li>{@code until}: fields and their values. The GET is repeated until they are so, for a minute of the cluster's time;
 *       {@code until: 404} waits for the status
 *   <li>{@code watch}: a path, with {@code during}, calls that make the events, their number {@code events}, and {@code show}
 *   <li>{@code run}: a command, {@code in} a pod
 *   <li>{@code pass}: seconds
 * </ul>
 *
 * @param exec runs a command in the first container of a pod
 */
record Side(KubernetesClient client, Clock clock, Exec exec) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int ANSWERS = 30;
    private static final Set<String> VERBS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final Map<String, String> PATCHES = Map.of(
            "merge", "application/merge-patch+json",
            "json", "application/json-patch+json",
            "strategic", "application/strategic-merge-patch+json",
            "apply", "application/apply-patch+yaml");
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    /** The standard output, or what went wrong. */
    interface Exec {
        String run(String namespace, String pod, String command) throws InterruptedException;
    }

    /** What came of a case, one line a call. The namespace is left as it is. */
    List<String> outcome(Case one, String namespace) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        try (var presence = clock.enter()) {
            send("POST", "/api/v1/namespaces", "application/json", Map.of("metadata", Map.of("name", namespace)));
            await(namespace, Map.of("GET", "v1/serviceaccounts/default"), 200);
            for (Map<String, Object> call : one.calls()) {
                String line = new Normal(namespace).apply(line(namespace, call));
                if (!line.isEmpty()) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    /** Deletes the namespace without waiting for its end. */
    void leave(String namespace) throws InterruptedException {
        try (var presence = clock.enter()) {
            send("DELETE", "/api/v1/namespaces/" + namespace, "application/json", Map.of());
        }
    }

    private String line(String namespace, Map<String, Object> call) throws InterruptedException {
        if (call.containsKey("watch")) {
            return watched(namespace, call);
        }
        if (call.containsKey("run")) {
            String pod = text(call, "in");
            return "run " + text(call, "run") + " in " + pod + ": "
                    + exec.run(namespace, pod, text(call, "run")).strip();
        }
        if (call.get("pass") instanceof Integer seconds) {
            pause(Duration.ofSeconds(seconds));
            return "";
        }
        boolean waits = call.containsKey("until");
        Object wanted = waits ? Objects.requireNonNull(call.get("until")) : "";
        Reply reply = waits ? await(namespace, call, wanted) : reply(namespace, call);
        String never = waits && !reply.is(wanted) ? " (never so)" : "";
        return verb(call) + " " + text(call, verb(call)) + ": " + reply.said(call) + never;
    }

    private Reply await(String namespace, Map<String, Object> call, Object wanted) throws InterruptedException {
        Instant end = clock.instant().plus(PATIENCE);
        Reply reply = reply(namespace, call);
        while (!reply.is(wanted) && clock.instant().isBefore(end)) {
            pause(PAUSE);
            reply = reply(namespace, call);
        }
        return reply;
    }

    private void pause(Duration time) throws InterruptedException {
        clock.await(new Bell(), clock.instant().plus(time));
    }

    private Reply reply(String namespace, Map<String, Object> call) throws InterruptedException {
        String verb = verb(call);
        String patch = PATCHES.get(String.valueOf(call.getOrDefault("as", "merge")));
        String type = verb.equals("PATCH") ? String.valueOf(patch) : "application/json";
        Object body = call.containsKey("body") ? inNamespace(namespace, Objects.requireNonNull(call.get("body"))) : "";
        return send(verb, path(namespace, text(call, verb)), String.valueOf(call.getOrDefault("type", type)), body);
    }

    private static Object inNamespace(String namespace, Object body) {
        try {
            return JSON.readValue(JSON.writeValueAsString(body).replace("NS", namespace), Object.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + body, e);
        }
    }

    private static String verb(Map<String, Object> call) {
        return call.keySet().stream()
                .filter(VERBS::contains)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no call: " + call));
    }

    private static String text(Map<String, Object> call, String key) {
        return Optional.ofNullable(call.get(key))
                .map(String::valueOf)
                .orElseThrow(() -> new IllegalArgumentException("no " + key + " in " + call));
    }

    private static String path(String namespace, String path) {
        if (path.startsWith("/")) {
            return path.replace("NS", namespace);
        }
        boolean core = path.startsWith("v1/");
        int resource = core ? 3 : path.indexOf('/', path.indexOf('/') + 1) + 1;
        return (core ? "/api/" : "/apis/") + path.substring(0, resource) + "namespaces/" + namespace + "/"
                + path.substring(resource);
    }

    private Reply send(String verb, String path, String type, Object body) throws InterruptedException {
        HttpRequest.Builder request = http().newHttpRequestBuilder().uri(uri(path));
        boolean empty = body.equals("");
        if (!verb.equals("GET")) {
            request.method(verb, type, empty ? "" : json(body));
        }
        try {
            HttpResponse<byte[]> answer =
                    http().sendAsync(request.build(), byte[].class).get(ANSWERS, TimeUnit.SECONDS);
            return new Reply(answer.code(), new String(answer.body(), StandardCharsets.UTF_8));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(verb + " " + path, e);
        }
    }

    private URI uri(String path) {
        return URI.create(client.getMasterUrl().toString().replaceFirst("/$", "") + path);
    }

    private HttpClient http() {
        return client.getHttpClient();
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + value, e);
        }
    }

    /** Both servers tell a watcher what happened since a version, so the events can be made before they are read. */
    @SuppressWarnings("unchecked") // the cases are ours
    private String watched(String namespace, Map<String, Object> call) throws InterruptedException {
        String path = path(namespace, text(call, "watch"));
        String version = Reply.field(send("GET", path, "", "").json(), ".metadata.resourceVersion");
        for (Map<String, Object> each : (List<Map<String, Object>>) Objects.requireNonNull(call.get("during"))) {
            line(namespace, each);
        }
        String query = (path.contains("?") ? "&" : "?") + "watch=true&timeoutSeconds=5&resourceVersion="
                + version.replace("\"", "");
        return "watch " + text(call, "watch") + ": "
                + String.join(", ", events(uri(path + query), (Integer) call.getOrDefault("events", 1), call));
    }

    private List<String> events(URI uri, int count, Map<String, Object> call) throws InterruptedException {
        List<String> events = new ArrayList<>();
        HttpRequest request = http().newHttpRequestBuilder().uri(uri).build();
        try (InputStream stream = http().sendAsync(request, InputStream.class)
                        .get(ANSWERS, TimeUnit.SECONDS)
                        .body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String line;
            while (events.size() < count && (line = lines.readLine()) != null) {
                Object event = JSON.readValue(line, Object.class);
                String about = Reply.field(event, ".object.metadata.name");
                events.add(Reply.field(event, ".type") + " " + about
                        + Reply.fields(((Map<?, ?>) event).get("object"), call));
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("watch of " + uri, e);
        }
        return events;
    }

    static Object read(String json) {
        try {
            return JSON.readValue(json, Object.class);
        } catch (IOException e) {
            return Map.of();
        }
    }
}
