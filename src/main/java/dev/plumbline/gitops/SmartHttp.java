package dev.plumbline.gitops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** The two requests of Git's smart HTTP protocol that a fetch needs, in protocol versions 0 and 2. */
final class SmartHttp implements HttpHandler {
    private static final Pattern PATH = Pattern.compile("/([^/]+)\\.git/(info/refs|git-upload-pack|git-receive-pack)");

    private final Function<String, Optional<GitServer.Served>> repositories;

    SmartHttp(Function<String, Optional<GitServer.Served>> repositories) {
        this.repositories = repositories;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
            Optional<GitServer.Served> served = path.matches() ? repositories.apply(path.group(1)) : Optional.empty();
            String header = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .orElse("");
            if (served.isEmpty()) {
                refuse(exchange, 404, "no such repository or request");
            } else if (served.get().credentials().isPresent()
                    && !served.get().credentials().get().accepts(header)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                refuse(exchange, 401, "this repository wants a user and a password");
            } else {
                answer(exchange, served.get().store(), path.group(2));
            }
        }
    }

    private static void answer(HttpExchange exchange, Repository store, String path) throws IOException {
        String request = exchange.getRequestMethod() + " " + path;
        String query = exchange.getRequestURI().getQuery();
        if (path.equals("git-receive-pack") || "service=git-receive-pack".equals(query)) {
            refuse(exchange, 403, "this server is read-only: nobody may push");
        } else if (request.equals("GET info/refs") && "service=git-upload-pack".equals(query)) {
            advertise(exchange, store);
        } else if (request.equals("POST git-upload-pack")) {
            upload(exchange, store);
        } else {
            refuse(exchange, 404, "no such request");
        }
    }

    private static void advertise(HttpExchange exchange, Repository store) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        PacketLineOut lines = new PacketLineOut(body);
        try (UploadPack pack = pack(exchange, store)) {
            pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines), "git-upload-pack");
        }
        head(exchange, "application/x-git-upload-pack-advertisement", body.size());
        exchange.getResponseBody().write(body.toByteArray());
    }

    private static void upload(HttpExchange exchange, Repository store) throws IOException {
        // JGit skips to the end of the request, which the JDK's server would wait for for ever: hand it all of it
        InputStream request = new ByteArrayInputStream(body(exchange));
        head(exchange, "application/x-git-upload-pack-result", 0);
        try (UploadPack pack = pack(exchange, store);
                OutputStream response = exchange.getResponseBody()) {
            pack.upload(request, response, null);
        }
    }

    private static UploadPack pack(HttpExchange exchange, Repository store) {
        UploadPack pack = new UploadPack(store);
        pack.setBiDirectionalPipe(false);
        // a fetch by commit, as Flux makes it, asks for what is no branch's head any more
        pack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
        String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
        if (protocol != null) {
            pack.setExtraParameters(Arrays.asList(protocol.split(":")));
        }
        return pack;
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        InputStream body = exchange.getRequestBody();
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream plain = gzip ? new GZIPInputStream(body) : body) {
            return plain.readAllBytes();
        }
    }

    /** @param length 0 for a body of unknown length */
    private static void head(HttpExchange exchange, String type, long length) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        exchange.sendResponseHeaders(200, length);
    }

    private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        byte[] body = why.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
