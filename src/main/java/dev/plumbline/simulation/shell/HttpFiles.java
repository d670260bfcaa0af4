package dev.plumbline.simulation.shell;

import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.Program;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Serves the files of a directory over HTTP. */
public final class HttpFiles {

    private static final Map<String, String> TYPES = Map.of(
            "html",
            "text/html",
            "htm",
            "text/html",
            "txt",
            "text/plain",
            "json",
            "application/json",
            "css",
            "text/css",
            "js",
            "application/javascript",
            "svg",
            "image/svg+xml",
            "xml",
            "text/xml");

    private final Files files;
    private final String root;

    public HttpFiles(Files files, String root) {
        this.files = files;
        this.root = root;
    }

    /** The file of a path without its query, or the index of a directory; absent when there is neither. */
    public Optional<Program.Reply> find(String path) {
        String plain = path.replaceAll("\\?.*", "");
        String file = plain.endsWith("/") ? plain + "index.html" : plain;
        Optional<byte[]> content = files.read(root + file);
        if (content.isEmpty() && !plain.endsWith("/")) {
            content = files.read(root + plain + "/index.html");
        }
        String type = TYPES.getOrDefault(
                file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT), "application/octet-stream");
        return content.map(body -> new Program.Reply(200, type, body));
    }

    /** As {@link #find}, or 404; 405 for what is no read. */
    public Program.Reply answer(Program.Request request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return text(405, "Method Not Allowed");
        }
        return find(request.path()).orElseGet(() -> text(404, "404 Not Found\n"));
    }

    static Program.Reply text(int status, String text) {
        return new Program.Reply(status, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }
}
