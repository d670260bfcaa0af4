package dev.plumbline.timing;

import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Timeline;
import java.time.Duration;
import java.util.Locale;

/** How times and values are said in a reason. */
final class Words {

    private static final int LONGEST_VALUE = 300;

    private Words() {}

    static String duration(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        if (seconds < 60) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
        }
        return String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
    }

    static String brief(Observation<?> seen) {
        String text = seen.toString().strip();
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    }

    static String gaps(Timeline timeline) {
        return timeline.hasGap() ? ", not observable for " + duration(timeline.gaps()) : "";
    }
}
