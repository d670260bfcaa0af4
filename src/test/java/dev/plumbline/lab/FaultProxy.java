package dev.plumbline.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;

/** An API server that is not well: it stands before a good one, and answers as it was told. Reads only. */
public final class FaultProxy implements AutoCloseable {

    private final HttpServer entrance;
    private final Relay wire;
    private final HttpClient upstream;
    private final URI server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<OutputStream> watches = new CopyOnWriteArrayList<>();
    private volatile Fault fault = Fault.NONE;
    private volatile boolean deaf;

    /** Method and address of all requests that came. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /** How a request ends. */
    private enum End {
        ANSWERED,
        CLOSED,
        RESET
    }

    /** What happens to a request; a status of 0 lets it through. */
    private record Fault(int status, String retryAfter, Duration delay, End end) {
        static final Fault NONE = new Fault(0, "", Duration.ZERO, End.ANSWERED);
    }

    public FaultProxy(URI server, SSLContext tls) throws IOException {
        this.server = server;
        this.upstream = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .build();
        this.entrance = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        entrance.setExecutor(threads);
        entrance.createContext("/", this::answer);
        entrance.start();
        this.wire = new Relay("127.0.0.1", entrance.getAddress().getPort());
    }

    public String address() {
        return "http://127.0.0.1:" + wire.port() + "/";
    }

    public void well() {
        fault = Fault.NONE;
        deaf = false;
    }

    public void refuse(int status) {
        fault = new Fault(status, "", Duration.ZERO, End.ANSWERED);
    }

    public void refuse(int status, Duration retryAfter) {
        fault = new Fault(status, String.valueOf(retryAfter.toSeconds()), Duration.ZERO, End.ANSWERED);
    }

    public void slow(Duration delay) {
        fault = new Fault(0, "", delay, End.ANSWERED);
    }

    /** Every connection is closed without an answer. */
    public void lose() {
        fault = new Fault(0, "", Duration.ZERO, End.CLOSED);
    }

    /** Every connection is reset (TCP RST) as soon as something is asked over it, and those that are open at once. */
    public void reset() {
        fault = new Fault(0, "", Duration.ZERO, End.RESET);
        wire.reset();
    }

    /** Resets the open connections, watches among them; new ones are well. */
    public void resetOnce() {
        wire.reset();
    }

    /** Events of open watches are swallowed; the watches stay open. */
    public void swallowEvents() {
        deaf = true;
    }

    /** Ends all open watches, not cleanly. */
    public void breakWatches() {
        endWatches("{\"type\":");
    }

    /** Ends all open watches as a server does that has forgotten the version they began at. */
    public void expireWatches() {
        endWatches("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"message\":\"too old\"}}\n");
    }

    private void endWatches(String last) {
        for (OutputStream watch : watches) {
            try (watch) {
                watch.write(last.getBytes(StandardCharsets.UTF_8));
            } catch (IOException goneAlready) {
                // its client was reset, or is closed
            }
        }
        watches.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Fault now = fault;
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        LockSupport.parkNanos(now.delay().toNanos());
        try (exchange) {
            if (now.end() == End.RESET) {
                wire.reset();
            }
            if (now.end() != End.ANSWERED) {
                return;
            }
            if (now.status() != 0) {
                if (!now.retryAfter().isEmpty()) {
                    exchange.getResponseHeaders().add("Retry-After", now.retryAfter());
                }
                byte[] body = "{\"kind\":\"Status\",\"message\":\"told to\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(now.status(), body.length);
                exchange.getResponseBody().write(body);
                return;
            }
            forward(exchange);
        }
    }

    private void forward(HttpExchange exchange) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(
                        server.resolve(exchange.getRequestURI().toString()))
                .header("Accept", "application/json")
                .build();
        try {
            HttpResponse<InputStream> response = upstream.send(request, HttpResponse.BodyHandlers.ofInputStream());
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(response.statusCode(), 0);
            boolean watch = String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true");
            pump(response.body(), exchange.getResponseBody(), watch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(InputStream from, OutputStream to, boolean watch) throws IOException {
        if (watch) {
            to.flush();
            watches.add(to);
        }
        byte[] buffer = new byte[65536];
        try (from) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                if (!watch || !deaf) {
                    to.write(buffer, 0, read);
                    to.flush();
                }
            }
        } finally {
            watches.remove(to);
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
        entrance.stop(0);
        threads.shutdownNow();
    }
}
