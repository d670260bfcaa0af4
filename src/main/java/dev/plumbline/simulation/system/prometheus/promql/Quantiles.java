package dev.plumbline.simulation.system.prometheus.promql;

import java.util.List;

/** Quantiles and deviation of plain numbers. */
final class Quantiles {

    private Quantiles() {}

    /** By linear interpolation between the two nearest ranks. */
    static double quantile(double quantile, List<Double> values) {
        if (values.isEmpty() || Double.isNaN(quantile)) {
            return Double.NaN;
        }
        if (quantile < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (quantile > 1) {
            return Double.POSITIVE_INFINITY;
        }
        List<Double> sorted = values.stream().sorted().toList();
        double rank = quantile * (sorted.size() - 1);
        int lower = (int) Math.floor(rank);
        int upper = Math.min(sorted.size() - 1, lower + 1);
        double weight = rank - lower;
        return sorted.get(lower) * (1 - weight) + sorted.get(upper) * weight;
    }

    /** The deviation of the whole population. */
    static double deviation(List<Double> values) {
        return Math.sqrt(variance(values));
    }

    static double variance(List<Double> values) {
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        return values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .average()
                .orElse(Double.NaN);
    }
}
