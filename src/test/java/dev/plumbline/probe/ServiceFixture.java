package dev.plumbline.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.cluster.Access;
import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Feeds;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.Kinds;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.ServiceAddress;
import dev.plumbline.cluster.Target;
import dev.plumbline.timing.Clock;
import dev.plumbline.timing.VirtualClock;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Recording;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A target with one service behind it, whose answers a test writes down, and a handful of objects. */
final class ServiceFixture implements Target, Feeds, Kinds {

    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final HttpServer server;
    private final Map<String, Function<String, HttpAnswer>> routes = new TreeMap<>();
    private final List<GenericKubernetesResource> objects = new ArrayList<>();
    private final VirtualClock clock = new VirtualClock(NOW, () -> {});
    private Access access = Access.THROWAWAY;
    final List<String> requests = new CopyOnWriteArrayList<>();

    ServiceFixture() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.start();
    }

    /** @param request method and path without query, as {@code GET /healthz} */
    ServiceFixture answers(String request, int status, String body) {
        return answers(request, asked -> new HttpAnswer(status, "application/json", body));
    }

    /** @param answer from the query string, or the body of a POST */
    ServiceFixture answers(String request, Function<String, HttpAnswer> answer) {
        routes.put(request, answer);
        return this;
    }

    ServiceFixture readOnly() {
        access = Access.READ_ONLY;
        return this;
    }

    ServiceFixture holds(String yaml) {
        objects.add(Serialization.unmarshal("---\n" + yaml, GenericKubernetesResource.class));
        return this;
    }

    private void serve(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = exchange.getRequestURI().getQuery();
        String asked = body.isEmpty() ? (query == null ? "" : query) : body;
        requests.add(request + " " + asked);
        HttpAnswer answer = routes.getOrDefault(request, any -> new HttpAnswer(404, "text/plain", "no such route"))
                .apply(asked);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", answer.contentType());
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public ServiceAddress service(String namespace, String name, int port) {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new ServiceAddress(base, Optional.empty(), Map.of("X-Credential", "held"));
    }

    @Override
    public Observation<GenericKubernetesResource> get(ObjectRef ref) {
        if (ref.kind().kind().equals("Namespace")) {
            return new Observation.Seen<>(new GenericKubernetesResource(), ref.toString(), NOW);
        }
        return objects.stream()
                .filter(object -> object.getKind().equals(ref.kind().kind())
                        && object.getMetadata().getName().equals(ref.name()))
                .findFirst()
                .<Observation<GenericKubernetesResource>>map(
                        object -> new Observation.Seen<>(object, ref.toString(), NOW))
                .orElseGet(() -> new Observation.Absent<>("not there", ref.toString(), NOW));
    }

    @Override
    public void awaitSeen(java.util.function.ToLongFunction<Kind> newestResourceVersion) {}

    @Override
    public void awaitSeen(ObjectRef ref, long resourceVersion) {}

    @Override
    public Observation<List<GenericKubernetesResource>> list(Kind kind, @Nullable String namespace) {
        return new Observation.Seen<>(
                objects.stream()
                        .filter(object -> object.getKind().equals(kind.kind())
                                && (namespace == null
                                        || namespace.equals(object.getMetadata().getNamespace())))
                        .toList(),
                kind.toString(),
                NOW);
    }

    @Override
    public Recording<GenericKubernetesResource> record(ObjectRef ref, @Nullable Instant from, Runnable changed) {
        return Recording.of(() -> get(ref), () -> {});
    }

    @Override
    public Kind named(String word) {
        String name = word.contains(".") ? word.substring(0, word.indexOf('.')) : word;
        String group = word.contains(".") ? word.substring(word.indexOf('.') + 1) : "";
        return new Kind(group, "v1", name, name.toLowerCase(Locale.ROOT) + "s", true);
    }

    @Override
    public Kind of(String apiVersion, String kind) {
        return named(kind);
    }

    @Override
    public Probe.Subscription onChange(Kind kind, Runnable changed) {
        return () -> {};
    }

    @Override
    public Feeds feeds() {
        return this;
    }

    @Override
    public void teach(dev.plumbline.verdict.Mask mask) {}

    @Override
    public Kinds kinds() {
        return this;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public String name() {
        return "fixture";
    }

    @Override
    public boolean simulated() {
        return true;
    }

    @Override
    public String description() {
        return "a fixture";
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public Observation<Boolean> offers(String capability) {
        return new Observation.Seen<>(false, "a fixture", now());
    }

    @Override
    public KubernetesClient client() {
        throw new UnsupportedOperationException("probes read through feeds");
    }

    @Override
    public CommandResult run(String namespace, String pod, String command, Duration atMost) {
        throw new UnsupportedOperationException("probes run no commands");
    }

    @Override
    public dev.plumbline.cluster.Tunnel forward(String namespace, String pod, int port) {
        throw new UnsupportedOperationException("no pods are behind this service");
    }

    @Override
    public String hostForPods() {
        return "127.0.0.1";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
