package dev.plumbline.report;

import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Draws a number against its limit: how far it is filled, where the limit stands, and what margin is left. */
final class Gauges {

    /** The larger of value and limit ends here, so that an overshoot and the mark both stay visible. */
    private static final double FULL = 0.86;

    private Gauges() {}

    /** The numbers of the last attempts, each judged as its step was: a wait that ran out stands at its limit and is missed. */
    static List<Page.Gauge> of(CriterionResult result) {
        return result.judgements().stream()
                .flatMap(judgement -> judgement.measurements().stream().map(measurement -> of(measurement, judgement)))
                .toList();
    }

    /**
     * The one number that stands for all: of a criterion that holds, the one with the least margin; of one that does not, one
     * that was missed or could not be measured. A number of an earlier step that was met says nothing of what failed.
     */
    static List<Page.Gauge> glance(List<Page.Gauge> all, Verdict verdict) {
        Stream<Page.Gauge> limited = all.stream().filter(gauge -> !gauge.state().equals("free"));
        if (verdict != Verdict.PASS) {
            return limited.filter(gauge -> !gauge.state().equals("met"))
                    .limit(1)
                    .toList();
        }
        return limited.max(Comparator.comparingDouble(Gauges::used)).stream().toList();
    }

    /** How much of the way to its mark a bar is filled; of a number that has to be at least so much, the other way round. */
    private static double used(Page.Gauge gauge) {
        double fill = Double.parseDouble(gauge.fill());
        double mark = Double.parseDouble(gauge.mark());
        boolean least = gauge.limit().startsWith(Phrases.operator(">="))
                || gauge.limit().startsWith(Phrases.operator(">"));
        double share = least ? mark / Math.max(fill, 1e-9) : fill / Math.max(mark, 1e-9);
        return gauge.limit().startsWith(Phrases.operator("==")) ? 0 : share;
    }

    private static Page.Gauge of(Measurement measurement, Judgement judgement) {
        Measurement.Limit limit = measurement.limit();
        String value = Phrases.quantity(measurement.value(), measurement.unit());
        boolean virtual = measurement.clock().equals("virtual");
        if (limit == null) {
            return new Page.Gauge(measurement.name(), value, "", "", "free", "0", "0", virtual);
        }
        double scale = Math.max(Math.abs(measurement.value()), Math.abs(limit.value())) / FULL;
        boolean met = met(measurement.value(), limit);
        return new Page.Gauge(
                measurement.name(),
                value,
                Phrases.operator(limit.op()) + " " + Phrases.quantity(limit.value(), measurement.unit()),
                met && judgement.verdict() != Verdict.PASS
                        ? unmet(judgement.verdict())
                        : margin(measurement.value(), limit),
                state(met, judgement.verdict()),
                PageBuilder.share(measurement.value(), scale),
                PageBuilder.share(limit.value(), scale),
                virtual);
    }

    private static String state(boolean met, Verdict verdict) {
        if (verdict == Verdict.INCONCLUSIVE || verdict == Verdict.BLOCKED) {
            return "unmeasured";
        }
        return met && verdict == Verdict.PASS ? "met" : "missed";
    }

    private static String unmet(Verdict verdict) {
        return verdict == Verdict.FAIL ? "not met by then" : Phrases.verdict(verdict);
    }

    static boolean met(double value, Measurement.Limit limit) {
        return switch (limit.op()) {
            case "<=" -> value <= limit.value();
            case "<" -> value < limit.value();
            case ">=" -> value >= limit.value();
            case ">" -> value > limit.value();
            default -> value == limit.value();
        };
    }

    private static String margin(double value, Measurement.Limit limit) {
        if (limit.op().equals("==")) {
            return met(value, limit) ? "as expected" : "off by " + Phrases.number(Math.abs(value - limit.value()));
        }
        if (limit.value() == 0 || !Double.isFinite(value)) {
            return met(value, limit) ? "within" : "beyond the limit";
        }
        if (value == limit.value()) {
            return "at the limit";
        }
        double share = 100 * Math.abs(limit.value() - value) / Math.abs(limit.value());
        String percent = String.format(Locale.ROOT, share < 10 ? "%.1f %%" : "%.0f %%", share);
        return percent + (met(value, limit) ? " margin" : " beyond the limit");
    }
}
