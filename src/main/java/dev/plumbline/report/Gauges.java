package dev.plumbline.report;

import dev.plumbline.verdict.Measurement;
import java.util.Locale;

/** Draws a number against its limit: how far it is filled, where the limit stands, and what margin is left. */
final class Gauges {

    /** The larger of value and limit ends here, so that an overshoot and the mark both stay visible. */
    private static final double FULL = 0.86;

    private Gauges() {}

    static Page.Gauge of(Measurement measurement) {
        Measurement.Limit limit = measurement.limit();
        String value = Phrases.quantity(measurement.value(), measurement.unit());
        boolean virtual = measurement.clock().equals("virtual");
        if (limit == null) {
            return new Page.Gauge(measurement.name(), value, "", "", "free", "0", "0", virtual);
        }
        double scale = Math.max(Math.abs(measurement.value()), Math.abs(limit.value())) / FULL;
        return new Page.Gauge(
                measurement.name(),
                value,
                Phrases.operator(limit.op()) + " " + Phrases.quantity(limit.value(), measurement.unit()),
                margin(measurement.value(), limit),
                met(measurement.value(), limit) ? "met" : "missed",
                PageBuilder.share(measurement.value(), scale),
                PageBuilder.share(limit.value(), scale),
                virtual);
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
        double share = 100 * Math.abs(limit.value() - value) / Math.abs(limit.value());
        String percent = String.format(Locale.ROOT, share < 10 ? "%.1f %%" : "%.0f %%", share);
        return percent + (met(value, limit) ? " margin" : " beyond the limit");
    }
}
