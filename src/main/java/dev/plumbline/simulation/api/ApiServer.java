package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The HTTP side of the API: plain HTTP on a free port of the loopback address. */
public final class ApiServer implements AutoCloseable {

    private final Api api;
    private final Discovery discovery;
    private final Reads reads;
    private final Writes writes;
    private final Connect connect;
    private final HttpServer server;
    private final ExecutorService threads;

    /** Listens at once. */
    public ApiServer(Api api, Workloads workloads) {
        this.api = api;
        this.discovery = new Discovery(api.resources());
        this.reads = new Reads(api);
        this.writes = new Writes(api);
        this.connect = new Connect(api, workloads);
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "simulated-api");
            thread.setDaemon(true);
            return thread;
        });
        this.server = listen();
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Without this property the JDK's server waits 40 ms before each chunk of a watch. */
    private static HttpServer listen() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // And hangs up after 30 seconds of silence, at times on a write that comes just then; clients keep connections
        // for 20 minutes.
        System.setProperty("sun.net.httpserver.idleInterval", "3600");
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated API server found no free port on the loopback address", e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = Call.read(exchange);
            Optional<Route> route = Route.of(call.path(), api.resources());
            if (route.isPresent() && watches(route.get(), call)) {
                watch(exchange, route.get(), call);
            } else {
                send(exchange, answer(route.orElse(null), call));
            }
        }
    }

    private static boolean watches(Route route, Call call) {
        return call.method().equals("GET")
                && call.flag("watch")
                && route.subresource().isEmpty();
    }

    private void watch(HttpExchange exchange, Route route, Call call) throws IOException {
        WatchStream stream;
        try {
            stream = new WatchStream(api, route, call);
        } catch (KubernetesClientException e) {
            send(exchange, refused(e));
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.flush();
            stream.writeTo(out);
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        boolean empty = answer.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
        if (!empty) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    private Answer answer(@Nullable Route route, Call call) {
        try {
            return route == null ? described(call) : resource(route, call);
        } catch (KubernetesClientException e) {
            return refused(e);
        }
    }

    private Answer described(Call call) {
        Optional<Answer> answer = discovery.answer(call.path());
        if (answer.isPresent() && !call.method().equals("GET")) {
            throw Refusal.methodNotAllowed();
        }
        return answer.orElseThrow(Refusal::unknownPath);
    }

    private static Answer refused(KubernetesClientException refusal) {
        ObjectNode status = Json.MAPPER.valueToTree(Objects.requireNonNull(refusal.getStatus()));
        return Answer.json(refusal.getCode(), status);
    }

    private Answer resource(Route route, Call call) {
        if (Connect.proxies(route)) {
            return connect.proxy(route, call);
        }
        if (route.resource().has("review") && !call.method().equals("POST")) {
            throw Refusal.methodNotAllowed();
        }
        return switch (call.method()) {
            case "GET" -> get(route, call);
            case "POST" -> writes.create(route, call);
            case "PUT" -> writes.update(named(route), call);
            case "PATCH" -> writes.patch(named(route), call);
            case "DELETE" -> route.collection() ? writes.deleteCollection(route, call) : writes.delete(route, call);
            default -> throw Refusal.methodNotAllowed();
        };
    }

    private Answer get(Route route, Call call) {
        if (route.collection()) {
            return reads.list(route, call);
        }
        boolean log = route.resource().is("Pod") && route.subresource().equals("log");
        return log ? connect.log(route, call) : reads.get(route);
    }

    private static Route named(Route route) {
        if (route.collection()) {
            throw Refusal.methodNotAllowed();
        }
        return route;
    }

    @Override
    public void close() {
        api.store().close();
        server.stop(0);
        threads.shutdownNow();
    }
}
