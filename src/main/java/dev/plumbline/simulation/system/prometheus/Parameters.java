package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.Program.Request;
import dev.plumbline.simulation.system.prometheus.promql.Durations;
import dev.plumbline.simulation.system.prometheus.promql.QueryError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a request, from its query and, for a form, its body. */
final class Parameters {

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    Parameters(Request request) {
        int question = request.path().indexOf('?');
        if (request.headers().getOrDefault("content-type", "").startsWith("application/x-www-form-urlencoded")) {
            read(new String(request.body(), StandardCharsets.UTF_8));
        }
        read(question < 0 ? "" : request.path().substring(question + 1));
    }

    private void read(String query) {
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (!parts[0].isEmpty()) {
                String value = parts.length == 2 ? parts[1] : "";
                values.computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>())
                        .add(decoded(value));
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw QueryError.badData("error parsing form values: invalid URL escape in \"" + text + "\"");
        }
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    String text(String name) {
        return values.getOrDefault(name, List.of("")).get(0);
    }

    /** Milliseconds since the epoch. */
    long time(String name, Instant otherwise) {
        return text(name).isEmpty() ? otherwise.toEpochMilli() : time(name);
    }

    long time(String name) {
        String text = text(name);
        try {
            return Math.round(Double.parseDouble(text) * 1000);
        } catch (NumberFormatException noNumber) {
            return date(name, text);
        }
    }

    private static long date(String name, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeParseException e) {
            throw wrong(name, "cannot parse \"" + text + "\" to a valid timestamp");
        }
    }

    /** Milliseconds. */
    long duration(String name) {
        String text = text(name);
        try {
            return Math.round(Double.parseDouble(text) * 1000);
        } catch (NumberFormatException noNumber) {
            return words(name, text);
        }
    }

    private static long words(String name, String text) {
        try {
            return Durations.millis(text);
        } catch (QueryError e) {
            throw wrong(name, "cannot parse \"" + text + "\" to a valid duration");
        }
    }

    static QueryError wrong(String name, String why) {
        return QueryError.badData("invalid parameter \"" + name + "\": " + why);
    }
}
