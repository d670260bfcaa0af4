package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.timing.Clock;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** What the server wrote, in its own format. */
final class Log {

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final Clock clock;
    private final StringBuilder text = new StringBuilder();

    Log(Clock clock) {
        this.clock = clock;
    }

    synchronized void info(String caller, String rest) {
        line(caller, "info", rest);
    }

    synchronized void error(String caller, String rest) {
        line(caller, "error", rest);
    }

    private void line(String caller, String level, String rest) {
        text.append("ts=").append(MILLIS.format(clock.instant()));
        text.append(" caller=").append(caller).append(" level=").append(level);
        text.append(' ').append(rest).append('\n');
    }

    synchronized String text() {
        return text.toString();
    }

    static String quoted(String message) {
        return '"' + message.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
