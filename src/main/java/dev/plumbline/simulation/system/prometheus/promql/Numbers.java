package dev.plumbline.simulation.system.prometheus.promql;

import java.math.BigDecimal;

/** Numbers as Prometheus writes and reads them. */
public final class Numbers {

    private static final double LEAST_PLAIN = 1e-6;
    private static final double LEAST_EXPONENT = 1e21;

    private Numbers() {}

    public static String text(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE / 2.0) {
            return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
        }
        double size = Math.abs(value);
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (size >= LEAST_PLAIN && size < LEAST_EXPONENT) {
            return exact.toPlainString();
        }
        int exponent = exact.precision() - exact.scale() - 1;
        String digits = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : Integer.toString(Math.abs(exponent));
        return exact.scaleByPowerOfTen(-exponent).toPlainString() + (exponent < 0 ? "e-" : "e+") + digits;
    }

    /** @throws NumberFormatException when it is none */
    public static double parse(String text) {
        return switch (text) {
            case "+Inf", "Inf", "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
            case "NaN", "nan" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }
}
