package dev.plumbline.simulation.system.prometheus.promql;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them: {@code 1h30m}. */
public final class Durations {

    private static final Pattern PART = Pattern.compile("([0-9]+)(ms|[smhdwy])");
    private static final Pattern WHOLE = Pattern.compile("(?:[0-9]+(?:ms|[smhdwy]))+|0");
    private static final Map<String, Long> MILLIS = Map.of(
            "ms",
            1L,
            "s",
            1000L,
            "m",
            60_000L,
            "h",
            3_600_000L,
            "d",
            86_400_000L,
            "w",
            604_800_000L,
            "y",
            31_536_000_000L);

    private Durations() {}

    /**
     * @return milliseconds
     * @throws QueryError when it is no duration
     */
    public static long millis(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw QueryError.badData("not a valid duration string: \"" + text + "\"");
        }
        long millis = 0;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            millis += Long.parseLong(part.group(1)) * MILLIS.getOrDefault(part.group(2), 0L);
        }
        return millis;
    }
}
