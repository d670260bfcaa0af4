package dev.plumbline.simulation.api;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One HTTP request, read whole. */
record Call(
        String method,
        List<String> path,
        String rawPath,
        Map<String, String> query,
        String rawQuery,
        Map<String, String> headers,
        byte[] body) {

    static Call read(HttpExchange exchange) throws IOException {
        String rawPath = exchange.getRequestURI().getRawPath();
        String rawQuery = exchange.getRequestURI().getRawQuery();
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        List<String> path = new ArrayList<>();
        Arrays.stream(rawPath.split("/")).filter(step -> !step.isEmpty()).forEach(step -> path.add(decoded(step)));
        return new Call(
                exchange.getRequestMethod(),
                List.copyOf(path),
                rawPath,
                query(rawQuery),
                rawQuery == null ? "" : rawQuery,
                headers,
                exchange.getRequestBody().readAllBytes());
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw != null) {
            for (String part : raw.split("&")) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                query.putIfAbsent(decoded(name), equals < 0 ? "" : decoded(part.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    boolean flag(String name) {
        String value = parameter(name);
        return value.equals("true") || value.equals("1");
    }

    long number(String name, long otherwise) {
        String value = parameter(name);
        try {
            return value.isEmpty() ? otherwise : Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw Refusal.badRequest(name + ": Invalid value: \"" + value + "\": strconv.ParseInt: parsing \"" + value
                    + "\": invalid syntax");
        }
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The writer as the server names it: the parameter, or what the client calls itself. */
    String manager() {
        String given = parameter("fieldManager");
        String agent = header("user-agent");
        int slash = agent.indexOf('/');
        String name = slash < 0 ? agent : agent.substring(0, slash);
        return given.isEmpty() ? (name.isEmpty() ? "unknown" : name) : given;
    }

    Options options(String subresource) {
        String validation = parameter("fieldValidation");
        return new Options(
                manager(),
                subresource,
                parameter("dryRun").equals("All"),
                flag("force"),
                validation.isEmpty() ? "Warn" : validation);
    }
}
