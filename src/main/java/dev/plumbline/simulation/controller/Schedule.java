package dev.plumbline.simulation.controller;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A cron schedule of five fields. */
record Schedule(
        TreeSet<Integer> minutes,
        TreeSet<Integer> hours,
        TreeSet<Integer> days,
        TreeSet<Integer> months,
        TreeSet<Integer> weekdays,
        boolean anyDay,
        boolean anyWeekday) {

    private static final Map<String, String> NAMED = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    private static final String WEEKDAYS = "SUNMONTUEWEDTHUFRISAT";
    private static final String MONTHS = "XXXJANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

    /** Absent when it makes no sense. */
    static Optional<Schedule> parse(String text) {
        String[] fields = NAMED.getOrDefault(text.trim(), text.trim()).split("\\s+");
        if (fields.length != 5) {
            return Optional.empty();
        }
        try {
            TreeSet<Integer> weekdays = field(numbers(fields[4], WEEKDAYS), 0, 7);
            if (weekdays.remove(7)) {
                weekdays.add(0);
            }
            return Optional.of(new Schedule(
                    field(fields[0], 0, 59),
                    field(fields[1], 0, 23),
                    field(fields[2], 1, 31),
                    field(numbers(fields[3], MONTHS), 1, 12),
                    weekdays,
                    fields[2].startsWith("*"),
                    fields[4].startsWith("*")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String numbers(String field, String names) {
        String result = field.toUpperCase(java.util.Locale.ROOT);
        for (int i = 0; i < names.length(); i += 3) {
            result = result.replace(names.substring(i, i + 3), Integer.toString(i / 3));
        }
        return result;
    }

    private static TreeSet<Integer> field(String field, int least, int most) {
        TreeSet<Integer> values = new TreeSet<>();
        for (String part : field.split(",")) {
            String[] stepped = part.split("/", 2);
            int step = stepped.length == 2 ? Integer.parseInt(stepped[1]) : 1;
            String[] range = stepped[0].split("-", 2);
            boolean all = stepped[0].equals("*") || stepped[0].equals("?");
            int from = all ? least : Integer.parseInt(range[0]);
            int open = stepped.length == 2 ? most : from;
            int to = all ? most : range.length == 2 ? Integer.parseInt(range[1]) : open;
            if (step < 1 || from < least || to > most) {
                throw new NumberFormatException(part);
            }
            for (int value = from; value <= to; value += step) {
                values.add(value);
            }
        }
        return values;
    }

    /** The first time after a moment; absent when there is none within five years. */
    Optional<Instant> after(Instant moment, ZoneId zone) {
        ZonedDateTime time = moment.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        ZonedDateTime end = time.plusYears(5);
        while (time.isBefore(end)) {
            if (!months.contains(time.getMonthValue()) || !day(time)) {
                time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hours.contains(time.getHour())) {
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.contains(time.getMinute())) {
                time = time.plusMinutes(1);
            } else {
                return Optional.of(time.toInstant());
            }
        }
        return Optional.empty();
    }

    private boolean day(ZonedDateTime time) {
        int weekday = time.getDayOfWeek() == DayOfWeek.SUNDAY
                ? 0
                : time.getDayOfWeek().getValue();
        boolean byDay = days.contains(time.getDayOfMonth());
        boolean byWeekday = weekdays.contains(weekday);
        return anyDay || anyWeekday ? byDay && byWeekday : byDay || byWeekday;
    }
}
