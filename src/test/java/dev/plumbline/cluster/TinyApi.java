package dev.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lists and watches ConfigMaps as an API server does, and answers other paths with what it was told. */
final class TinyApi implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> objects = new TreeMap<>();
    private final TreeMap<Long, String> log = new TreeMap<>();
    private final List<OutputStream> watches = new CopyOnWriteArrayList<>();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Map<String, String> creations = new ConcurrentHashMap<>();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    private final Semaphore watching = new Semaphore(0);
    private volatile CountDownLatch hanging = new CountDownLatch(0);
    private HttpServer server;
    private long version = 10;

    TinyApi() throws IOException {
        server = listen(0);
    }

    private HttpServer listen(int port) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
        return http;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    KubernetesClient client() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(address())
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Answers a path with a JSON document. */
    TinyApi serves(String path, String json) {
        documents.put(path, json);
        return this;
    }

    /** Answers a write to a path as one that created. */
    TinyApi created(String path, String json) {
        creations.put(path, json);
        return this;
    }

    /** Refuses a path with a status; 200 takes it back. */
    TinyApi refuses(String path, int status) {
        refusals.put(path, status);
        return this;
    }

    /** Writes a ConfigMap and tells the watchers; returns its resource version. */
    synchronized long put(String namespace, String name, String value) throws IOException {
        String json = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"namespace\":\"" + namespace
                + "\",\"name\":\"" + name + "\",\"resourceVersion\":\"" + ++version + "\"},\"data\":{\"k\":\"" + value
                + "\"}}";
        boolean was = objects.put(namespace + "/" + name, json) != null;
        tell(was ? "MODIFIED" : "ADDED", json);
        return version;
    }

    /** Writes several values one right after another. */
    synchronized void putAtOnce(String namespace, String name, String... values) throws IOException {
        for (String value : values) {
            put(namespace, name, value);
        }
    }

    /** Returns when a watch is open. */
    void awaitWatch() throws InterruptedException {
        assertThat(watching.tryAcquire(10, TimeUnit.SECONDS)).as("a watch").isTrue();
    }

    /** From now on the open watches stay open but say nothing, as behind a proxy that lost the other end. */
    synchronized void swallowEvents() {
        watches.clear();
    }

    synchronized long delete(String namespace, String name) throws IOException {
        String json = Objects.requireNonNull(objects.remove(namespace + "/" + name))
                .replaceFirst("\"resourceVersion\":\"\\d+\"", "\"resourceVersion\":\"" + ++version + "\"");
        tell("DELETED", json);
        return version;
    }

    /** Ends all watches with an event of its own. */
    synchronized void endWatches(int errorCode) throws IOException {
        tell("ERROR", "{\"kind\":\"Status\",\"code\":" + errorCode + ",\"message\":\"told to\"}");
        closeWatches();
    }

    synchronized void closeWatches() throws IOException {
        for (OutputStream watch : watches) {
            watch.close();
        }
        watches.clear();
    }

    private void tell(String type, String json) throws IOException {
        String line = "{\"type\":\"" + type + "\",\"object\":" + json + "}\n";
        if (!type.equals("ERROR")) {
            log.put(version, line);
        }
        for (OutputStream watch : watches) {
            send(watch, line);
        }
    }

    private static void send(OutputStream watch, String line) throws IOException {
        watch.write(line.getBytes(StandardCharsets.UTF_8));
        watch.flush();
    }

    /** From now on requests get no answer; open watches stay open. */
    void hang() {
        hanging = new CountDownLatch(1);
    }

    void goOn() {
        hanging.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            hanging.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        int status = refusals.getOrDefault(path, 200);
        if (status != 200) {
            reply(exchange, status, "{\"kind\":\"Status\",\"message\":\"refused by the test\"}");
        } else if (documents.containsKey(path)) {
            reply(exchange, 200, documents.get(path));
        } else if (creations.containsKey(path) && exchange.getRequestMethod().equals("PATCH")) {
            reply(exchange, 201, creations.get(path));
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            reply(exchange, 200, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}");
        } else if (path.endsWith("/configmaps") && query.contains("watch=true")) {
            watch(exchange);
        } else if (path.endsWith("/configmaps")) {
            reply(exchange, 200, list(path));
        } else {
            reply(exchange, 404, "{\"kind\":\"Status\",\"code\":404,\"message\":\"no such path\"}");
        }
    }

    private synchronized void watch(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        String query = exchange.getRequestURI().getQuery();
        long from = Long.parseLong(query.replaceFirst(".*resourceVersion=", ""));
        for (String line : log.tailMap(from, false).values()) {
            send(exchange.getResponseBody(), line);
        }
        watches.add(exchange.getResponseBody());
        watching.release();
    }

    private synchronized String list(String path) {
        String namespace = path.contains("/namespaces/") ? path.split("/")[4] : "";
        List<String> items = new ArrayList<>();
        objects.forEach((key, json) -> {
            if (key.startsWith(namespace)) {
                items.add(json.replace("\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",", ""));
            }
        });
        return "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"" + version
                + "\"},\"items\":[" + String.join(",", items) + "]}";
    }

    static void reply(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** The server is gone; connections are cut. */
    void stop() {
        server.stop(0);
        watches.clear();
    }

    void startAgain() throws IOException {
        server = listen(server.getAddress().getPort());
    }

    @Override
    public void close() {
        goOn();
        server.stop(0);
        threads.shutdownNow();
    }
}
