package dev.plumbline.simulation.system.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From when to when, in milliseconds. */
record TimeRange(long from, long to) {

    private static final Pattern RELATIVE = Pattern.compile("now(?:([-+])([0-9]+)([smhdwMy]))?(?:/([mhd]))?");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS,
            "w", ChronoUnit.WEEKS,
            "M", ChronoUnit.MONTHS,
            "y", ChronoUnit.YEARS);

    /** Empty when one of the two is no time. */
    static Optional<TimeRange> of(JsonNode request, Instant now) {
        Optional<Long> from = time(request.path("from").asText("now-6h"), now);
        Optional<Long> to = time(request.path("to").asText("now"), now);
        return from.isPresent() && to.isPresent() ? Optional.of(new TimeRange(from.get(), to.get())) : Optional.empty();
    }

    private static Optional<Long> time(String text, Instant now) {
        if (text.matches("[0-9]{1,18}")) {
            return Optional.of(Long.parseLong(text));
        }
        Matcher matcher = RELATIVE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        ZonedDateTime time = now.atZone(ZoneOffset.UTC);
        if (matcher.group(1) != null) {
            long amount = Long.parseLong(matcher.group(2)) * (matcher.group(1).equals("-") ? -1 : 1);
            time = time.plus(amount, UNITS.getOrDefault(matcher.group(3), ChronoUnit.SECONDS));
        }
        if (matcher.group(4) != null) {
            time = time.truncatedTo(UNITS.getOrDefault(matcher.group(4), ChronoUnit.SECONDS));
        }
        return Optional.of(time.toInstant().toEpochMilli());
    }

    long length() {
        return to - from;
    }
}
