package dev.plumbline.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Collects what one command in a container sends back, until its status has come. */
final class Exec implements WebSocket.Listener {

    /** The protocol in which each message starts with the number of its channel, and the status is JSON. */
    static final String PROTOCOL = "v4.channel.k8s.io";

    private static final int OUT = 1;
    private static final int ERR = 2;
    private static final int STATUS = 3;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<CommandResult> result = new CompletableFuture<>();

    /** Completes with the result, or with an {@link IOException} when none came. */
    CompletableFuture<CommandResult> result() {
        return result;
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer bytes) {
        if (bytes.hasRemaining()) {
            int channel = bytes.get();
            byte[] content = new byte[bytes.remaining()];
            bytes.get(content);
            switch (channel) {
                case OUT -> out.writeBytes(content);
                case ERR -> err.writeBytes(content);
                case STATUS -> ended(content);
                default -> {
                    // nothing that we asked for
                }
            }
        }
        socket.request();
    }

    private void ended(byte[] status) {
        try {
            JsonNode tree = new ObjectMapper().readTree(status);
            if (tree.path("status").asText().equals("Success")) {
                complete(0);
                return;
            }
            for (JsonNode cause : tree.path("details").path("causes")) {
                if (cause.path("reason").asText().equals("ExitCode")) {
                    complete(cause.path("message").asInt());
                    return;
                }
            }
            result.completeExceptionally(new IOException(tree.path("message").asText()));
        } catch (IOException e) {
            result.completeExceptionally(e);
        }
    }

    private void complete(int exitCode) {
        result.complete(new CommandResult(
                exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8)));
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason) {
        result.completeExceptionally(new IOException("the connection was closed before the command ended: " + reason));
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        result.completeExceptionally(error);
    }
}
