package dev.plumbline.report;

import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** How numbers, times and verdicts are said to people; the same words on every surface. */
final class Phrases {

    /** What a simulated run speaks of, in the words that each of its reports begins with. */
    static final String SIMULATED =
            "This run speaks of the manifests and the scenarios. No cluster was looked at: the API, its controllers and"
                    + " the systems are models, and time is virtual.";

    private static final Map<String, String> OPERATORS =
            Map.of("<=", "at most", "<", "under", ">=", "at least", ">", "over", "==", "exactly");

    private Phrases() {}

    /** {@code 412 ms}, {@code 5.1 s}, {@code 5 min 03 s}. */
    static String duration(Duration duration) {
        if (duration.toMillis() < 1000) {
            return duration.toMillis() + " ms";
        }
        double seconds = duration.toMillis() / 1000.0;
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        if (duration.toHours() == 0) {
            return String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
        }
        return String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
    }

    /** Four significant digits, no exponent. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(4, RoundingMode.HALF_UP));
        BigDecimal exact = rounded.scale() < 0 ? rounded.setScale(0) : rounded;
        return exact.signum() == 0 ? "0" : plain(exact.stripTrailingZeros());
    }

    private static String plain(BigDecimal value) {
        return value.scale() < 0 ? value.setScale(0).toPlainString() : value.toPlainString();
    }

    /** {@code 62.1 s}, {@code 97 percent}. */
    static String quantity(double value, String unit) {
        return number(value) + (unit.isEmpty() ? "" : " " + (unit.equals("seconds") ? "s" : unit));
    }

    /** {@code waited 62.1 s, at most 300 s (virtual)}. */
    static String measured(Measurement measurement) {
        String value = measurement.name() + " " + quantity(measurement.value(), measurement.unit());
        return value + limit(measurement) + (measurement.clock().equals("virtual") ? " (virtual)" : "");
    }

    private static String limit(Measurement measurement) {
        Measurement.Limit limit = measurement.limit();
        return limit == null ? "" : ", " + operator(limit.op()) + " " + quantity(limit.value(), measurement.unit());
    }

    static String operator(String op) {
        return OPERATORS.getOrDefault(op, op);
    }

    /** {@code not applicable} for {@code NOT_APPLICABLE}. */
    static String verdict(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What an exit code says. */
    static String exit(RunRecord run) {
        return switch (run.exitCode()) {
            case 0 ->
                run.conformance() == Conformance.CONFORMANT
                        ? "every active criterion holds"
                        : "what could be measured holds; some is blocked or unproven";
            case 1 -> failed(run);
            case 3 -> run.broken().orElse("something could not be measured, nothing failed");
            case 4 -> "nothing was measured";
            case 5 -> "objects of the run remain on the cluster";
            case 130 -> "interrupted";
            case 137 -> "killed, or still going on";
            case 143 -> "terminated";
            default -> "ended by a signal";
        };
    }

    private static String failed(RunRecord run) {
        int count = run.counts().getOrDefault(Verdict.FAIL, 0) + run.counts().getOrDefault(Verdict.FLAKY, 0);
        return plural(count, "criterion") + (count == 1 ? " does" : " do") + " not hold";
    }

    static String plural(int count, String noun) {
        return count + " " + (count == 1 ? noun : noun.endsWith("criterion") ? "criteria" : noun + "s");
    }
}
