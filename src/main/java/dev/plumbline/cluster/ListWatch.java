package dev.plumbline.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The two requests behind a feed, over the client's HTTP and so under its guard and credentials. fabric8's own watch
 * reconnects in silence, so that nobody can tell old state from fresh; this one says when it ends.
 */
final class ListWatch {

    private static final Duration LIST_TIMEOUT = Duration.ofSeconds(10);

    /** The server ends a watch after this time; one that it does not end by then is dead. */
    private static final Duration WATCH = Duration.ofMinutes(5);

    private static final Duration WATCH_DEAD = WATCH.plusSeconds(30);

    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();
    private final Kind kind;
    private final URI path;
    private volatile @Nullable AsyncBody open;
    private volatile boolean closed;

    ListWatch(KubernetesClient client, Kind kind, @Nullable String namespace) {
        this.http = client.newClient(
                        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                                .withRequestRetryBackoffLimit(0)
                                .build())
                .getHttpClient();
        this.kind = kind;
        String prefix = kind.group().isEmpty() ? "api/" : "apis/";
        String inside = namespace == null ? "" : "namespaces/" + namespace + "/";
        this.path = URI.create(withSlash(client.getMasterUrl().toString()) + prefix + kind.apiVersion() + "/" + inside
                + kind.plural());
    }

    private static String withSlash(String url) {
        return url.endsWith("/") ? url : url + "/";
    }

    /** Lists the kind as it is now; fails with {@link Refused} or an I/O error. */
    CompletableFuture<GenericKubernetesResourceList> list() {
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(path)
                .timeout(LIST_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .build();
        return http.sendAsync(request, byte[].class)
                .thenApply(response -> {
                    if (response.code() != 200) {
                        throw new Refused(response.code(), message(response.body()), retryAfter(response));
                    }
                    return parseList(response.body());
                })
                .orTimeout(LIST_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    /** One object; empty when it is not there, or cannot be read. */
    Optional<GenericKubernetesResource> one(String name, Duration atMost) {
        HttpRequest request =
                http.newHttpRequestBuilder().uri(URI.create(path + "/" + name)).build();
        try {
            HttpResponse<byte[]> response =
                    http.sendAsync(request, byte[].class).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return response.code() == 200
                    ? Optional.of(json.readValue(response.body(), GenericKubernetesResource.class))
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException | IOException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** In seconds, as API servers say it; a date, which proxies may send, is taken for the usual pause. */
    private static Duration retryAfter(HttpResponse<?> response) {
        String seconds = response.header("Retry-After");
        boolean digits = seconds != null && seconds.matches("\\d{1,6}");
        return digits ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    private GenericKubernetesResourceList parseList(byte[] body) {
        try {
            GenericKubernetesResourceList list = json.readValue(body, GenericKubernetesResourceList.class);
            list.getItems().forEach(this::nameKind);
            return list;
        } catch (IOException e) {
            throw new Refused(200, "the list of " + kind + " is not readable: " + e.getMessage(), Duration.ZERO);
        }
    }

    /** Items of a list do not say what they are; those of a watch do. */
    private void nameKind(GenericKubernetesResource item) {
        item.setApiVersion(kind.apiVersion());
        item.setKind(kind.kind());
    }

    /**
     * Watches from a resource version on. The future completes when the server ends the watch, and fails with
     * {@link Refused} (410: list again) or an I/O error.
     *
     * @param opened runs when the server has accepted
     * @param event gets the type and the object, one at a time
     */
    CompletableFuture<Void> watch(
            String resourceVersion, Runnable opened, BiConsumer<String, GenericKubernetesResource> event) {
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(URI.create(path + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=" + WATCH.toSeconds()
                        + "&resourceVersion=" + resourceVersion))
                .forStreaming()
                .build();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        CompletableFuture<HttpResponse<AsyncBody>> answer = http.consumeBytes(request, (buffers, body) -> {
            split(buffers, line, event);
            body.consume();
        });
        return answer.copy()
                .orTimeout(LIST_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((response, failure) -> endWhatComesTooLate(answer, failure))
                .thenCompose(response -> {
                    AsyncBody body = response.body();
                    if (response.code() != 200) {
                        body.cancel();
                        throw new Refused(response.code(), "HTTP " + response.code(), retryAfter(response));
                    }
                    open = body;
                    if (closed) {
                        body.cancel();
                    }
                    opened.run();
                    body.consume();
                    return body.done().orTimeout(WATCH_DEAD.toSeconds(), TimeUnit.SECONDS);
                });
    }

    private static void endWhatComesTooLate(
            CompletableFuture<HttpResponse<AsyncBody>> answer, @Nullable Throwable failure) {
        if (failure != null) {
            answer.thenAccept(response -> response.body().cancel());
        }
    }

    private void split(
            List<ByteBuffer> buffers, ByteArrayOutputStream line, BiConsumer<String, GenericKubernetesResource> event)
            throws IOException {
        for (ByteBuffer buffer : buffers) {
            while (buffer.hasRemaining()) {
                byte next = buffer.get();
                if (next != '\n') {
                    line.write(next);
                } else if (line.size() > 0) {
                    JsonNode tree = json.readTree(line.toByteArray());
                    line.reset();
                    deliver(tree, event);
                }
            }
        }
    }

    private void deliver(JsonNode tree, BiConsumer<String, GenericKubernetesResource> event) throws IOException {
        String type = tree.path("type").asText();
        JsonNode object = tree.path("object");
        if (type.equals("ERROR")) {
            throw new Refused(
                    object.path("code").asInt(), object.path("message").asText(), Duration.ZERO);
        }
        event.accept(type, json.treeToValue(object, GenericKubernetesResource.class));
    }

    private String message(byte[] body) {
        try {
            String said = json.readTree(body).path("message").asText();
            return said.isEmpty() ? "no reason given" : said;
        } catch (IOException e) {
            return new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8).strip();
        }
    }

    void close() {
        closed = true;
        cancel();
    }

    /** Ends the open watch. */
    void cancel() {
        AsyncBody body = open;
        if (body != null) {
            body.cancel();
        }
    }

    /** The server answered, but not with what was asked for. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int code;
        private final Duration retryAfter;

        Refused(int code, String message, Duration retryAfter) {
            super(message);
            this.code = code;
            this.retryAfter = retryAfter;
        }

        /** How long the server wants to be left alone; zero when it does not say. */
        Duration retryAfter() {
            return retryAfter;
        }

        /** Whether it answers so because it is busy or not well, and not because of what it was asked. */
        boolean passing() {
            return code == 429 || code >= 500;
        }

        int code() {
            return code;
        }
    }
}
