package dev.plumbline.simulation.system.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.simulation.system.prometheus.promql.Durations;
import java.time.Duration;

/**
 * The step of a query and what Grafana's own variables come to with it.
 *
 * @param millis between two points
 * @param scrape how often the data come, in milliseconds
 */
record Step(long millis, long scrape, TimeRange range) {

    private static final long MOST_POINTS = 11_000;

    /** @throws dev.plumbline.simulation.system.prometheus.promql.QueryError for an interval that is no duration */
    static Step of(JsonNode query, Datasource datasource, TimeRange range) {
        long scrape = Durations.millis(datasource.scrapeInterval());
        String own = query.path("interval").asText("").replaceFirst("^>=?", "");
        boolean plain = own.isEmpty() || own.contains("$");
        long least = plain ? query.path("intervalMs").asLong(scrape) : Durations.millis(own);
        long points = Math.max(1, query.path("maxDataPoints").asLong(100));
        long wanted = Math.max(range.length() / points, Math.max(least, 1));
        long safe = range.length() / MOST_POINTS;
        long factor = Math.max(1, query.path("intervalFactor").asLong(1));
        return new Step(Math.max(Math.max(wanted, scrapeAtLeast(plain, scrape)), safe) * factor, scrape, range);
    }

    /** Without an interval of its own a query is never finer than the scrapes. */
    private static long scrapeAtLeast(boolean plain, long scrape) {
        return plain ? scrape : 1;
    }

    /** The expression with Grafana's own variables replaced. */
    String filled(String expression) {
        long rate = Math.max(millis + scrape, 4 * scrape);
        String result = expression;
        result = replaced(result, "__rate_interval_ms", Long.toString(rate));
        result = replaced(result, "__rate_interval", text(rate));
        result = replaced(result, "__interval_ms", Long.toString(millis));
        result = replaced(result, "__interval", text(millis));
        result = replaced(result, "__range_ms", Long.toString(range.length()));
        result = replaced(result, "__range_s", Long.toString(range.length() / 1000));
        return replaced(result, "__range", range.length() / 1000 + "s");
    }

    private static String replaced(String text, String name, String value) {
        return text.replace("${" + name + "}", value).replaceAll("\\$" + name + "\\b", value);
    }

    static String text(long millis) {
        Duration duration = Duration.ofMillis(millis);
        if (duration.toMillisPart() != 0) {
            return millis + "ms";
        }
        StringBuilder text = new StringBuilder();
        text.append(duration.toHours() > 0 ? duration.toHours() + "h" : "");
        text.append(duration.toMinutesPart() > 0 ? duration.toMinutesPart() + "m" : "");
        text.append(duration.toSecondsPart() > 0 || text.isEmpty() ? duration.toSecondsPart() + "s" : "");
        return text.toString();
    }
}
