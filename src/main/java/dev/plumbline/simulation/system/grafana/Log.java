package dev.plumbline.simulation.system.grafana;

import dev.plumbline.timing.Clock;

/** What the server wrote, in its own format. */
final class Log {

    private final Clock clock;
    private final StringBuilder text = new StringBuilder();

    Log(Clock clock) {
        this.clock = clock;
    }

    synchronized void line(String logger, String level, String rest) {
        text.append("logger=").append(logger).append(" t=").append(clock.instant());
        text.append(" level=").append(level).append(' ').append(rest).append('\n');
    }

    synchronized String text() {
        return text.toString();
    }
}
