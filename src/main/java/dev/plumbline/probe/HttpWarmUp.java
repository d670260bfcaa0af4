package dev.plumbline.probe;

import io.restassured.RestAssured;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Makes the first request of a run early and beside other work: REST Assured needs a second or two of processor time for
 * its first one and milliseconds from then on.
 */
public final class HttpWarmUp implements Runnable {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
                    .getBytes(StandardCharsets.US_ASCII);

    private HttpWarmUp() {}

    /** Starts it; nobody has to wait for it, and nothing depends on how it ends. */
    public static Thread start() {
        Thread thread = new Thread(new HttpWarmUp(), "http-warm-up");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void run() {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(TIMEOUT_MILLIS);
            Thread answering = new Thread(() -> answer(server), "http-warm-up-answer");
            answering.setDaemon(true);
            answering.start();
            request(server.getLocalPort());
        } catch (IOException e) {
            // The first real request is slow then, that is all.
        }
    }

    private static void request(int port) {
        var patient = HttpClientConfig.httpClientConfig()
                .setParam("http.connection.timeout", TIMEOUT_MILLIS)
                .setParam("http.socket.timeout", TIMEOUT_MILLIS);
        RestAssured.given()
                .config(RestAssuredConfig.config().httpClient(patient))
                .get("http://127.0.0.1:" + port + "/")
                .asByteArray();
    }

    private static void answer(ServerSocket server) {
        try (Socket socket = server.accept()) {
            var request = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = request.readLine();
            while (line != null && !line.isEmpty()) {
                line = request.readLine();
            }
            socket.getOutputStream().write(ANSWER);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // As above.
        }
    }
}
