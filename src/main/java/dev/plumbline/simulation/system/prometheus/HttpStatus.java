package dev.plumbline.simulation.system.prometheus;

import java.util.Map;

/** The words of HTTP statuses as Go prints them. */
final class HttpStatus {

    private static final Map<Integer, String> PHRASES = Map.of(
            400, "Bad Request",
            401, "Unauthorized",
            403, "Forbidden",
            404, "Not Found",
            405, "Method Not Allowed",
            500, "Internal Server Error",
            502, "Bad Gateway",
            503, "Service Unavailable");

    private HttpStatus() {}

    static String phrase(int status) {
        return PHRASES.getOrDefault(status, "");
    }
}
