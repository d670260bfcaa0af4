package dev.plumbline.simulation.system.velero;

import dev.plumbline.simulation.system.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A cron expression of five fields in UTC, a name such as {@code @daily}, or {@code @every 6h}. */
final class Cron {

    private static final Map<String, String> NAMES = Map.of(
            "@yearly",
            "0 0 1 1 *",
            "@annually",
            "0 0 1 1 *",
            "@monthly",
            "0 0 1 * *",
            "@weekly",
            "0 0 * * 0",
            "@daily",
            "0 0 * * *",
            "@midnight",
            "0 0 * * *",
            "@hourly",
            "0 * * * *");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int FARTHEST_DAYS = 5 * 366;

    private final Optional<Duration> every;
    private final List<BitSet> fields;
    private final boolean anyDay;
    private final boolean anyWeekday;

    private Cron(Optional<Duration> every, List<BitSet> fields, boolean anyDay, boolean anyWeekday) {
        this.every = every;
        this.fields = fields;
        this.anyDay = anyDay;
        this.anyWeekday = anyWeekday;
    }

    /** @throws IllegalArgumentException saying which field is wrong */
    static Cron parse(String text) {
        if (text.startsWith("@every ")) {
            Duration every = GoDuration.parse(text.substring(7).strip());
            return new Cron(Optional.of(every), List.of(), true, true);
        }
        String[] parts = NAMES.getOrDefault(text.strip(), text.strip()).split("\\s+");
        if (parts.length != 5) {
            throw new IllegalArgumentException(
                    "invalid schedule: expected exactly 5 fields, found " + parts.length + ": " + text);
        }
        List<BitSet> fields = List.of(
                field(parts[0], 0, 59),
                field(parts[1], 0, 23),
                field(parts[2], 1, 31),
                field(parts[3], 1, 12),
                field(weekdays(parts[4]), 0, 7));
        return new Cron(Optional.empty(), fields, parts[2].equals("*"), parts[4].equals("*"));
    }

    private static String weekdays(String text) {
        String result = text.toUpperCase(Locale.ROOT);
        for (String day : WEEKDAYS) {
            result = result.replace(day, String.valueOf(WEEKDAYS.indexOf(day)));
        }
        return result;
    }

    private static BitSet field(String text, int least, int most) {
        BitSet allowed = new BitSet();
        for (String part : text.split(",")) {
            String[] stepped = part.split("/", 2);
            String[] range = stepped[0].equals("*") ? new String[] {"" + least, "" + most} : stepped[0].split("-", 2);
            try {
                int from = Integer.parseInt(range[0]);
                int to = range.length > 1 ? Integer.parseInt(range[1]) : stepped.length > 1 ? most : from;
                int step = stepped.length > 1 ? Integer.parseInt(stepped[1]) : 1;
                if (from < least || to > most || from > to || step < 1) {
                    throw new IllegalArgumentException(
                            "invalid schedule: \"" + part + "\" is not within " + least + "-" + most);
                }
                for (int value = from; value <= to; value += step) {
                    allowed.set(value);
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("invalid schedule: failed to parse int from \"" + part + "\"", e);
            }
        }
        return allowed;
    }

    /** The first time after another. */
    Instant after(Instant last) {
        if (every.isPresent()) {
            return last.plus(every.get());
        }
        ZonedDateTime time =
                last.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        ZonedDateTime farthest = time.plusDays(FARTHEST_DAYS);
        while (time.isBefore(farthest)) {
            if (!isDay(time)) {
                time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!fields.get(1).get(time.getHour())) {
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!fields.get(0).get(time.getMinute())) {
                time = time.plusMinutes(1);
            } else {
                return time.toInstant();
            }
        }
        return farthest.toInstant();
    }

    /** As in cron: where both a day of the month and a weekday are given, either will do. */
    private boolean isDay(ZonedDateTime time) {
        if (!fields.get(3).get(time.getMonthValue())) {
            return false;
        }
        boolean day = fields.get(2).get(time.getDayOfMonth());
        int number = time.getDayOfWeek().getValue() % 7;
        boolean weekday =
                fields.get(4).get(number) || (number == 0 && fields.get(4).get(7));
        return anyDay || anyWeekday ? day && weekday : day || weekday;
    }
}
