package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Value.Sample;
import dev.plumbline.simulation.system.prometheus.promql.Value.Vector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Quantiles of histograms with {@code le} buckets. */
final class Histograms {

    private static final String BOUND = "le";

    private Histograms() {}

    static Vector quantile(double quantile, List<Sample> samples) {
        Map<Labels, SortedMap<Double, Double>> histograms = new LinkedHashMap<>();
        for (Sample sample : samples) {
            if (!sample.labels().get(BOUND).isEmpty()) {
                Labels key = sample.labels().without(Set.of(Labels.NAME, BOUND));
                histograms
                        .computeIfAbsent(key, k -> new TreeMap<>())
                        .merge(bound(sample.labels().get(BOUND)), sample.value(), Double::sum);
            }
        }
        List<Sample> result = new ArrayList<>();
        histograms.forEach((labels, buckets) -> result.add(new Sample(labels, of(quantile, buckets))));
        return new Vector(result);
    }

    private static double bound(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private static double of(double quantile, SortedMap<Double, Double> buckets) {
        if (buckets.size() < 2 || buckets.lastKey() != Double.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        if (Double.isNaN(quantile) || quantile < 0 || quantile > 1) {
            return quantile < 0 ? Double.NEGATIVE_INFINITY : quantile > 1 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        double observations = buckets.getOrDefault(Double.POSITIVE_INFINITY, 0.0);
        if (observations == 0) {
            return Double.NaN;
        }
        return interpolated(quantile * observations, buckets);
    }

    private static double interpolated(double rank, SortedMap<Double, Double> buckets) {
        double lower = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
            double upper = bucket.getKey();
            if (bucket.getValue() >= rank) {
                if (Double.isInfinite(upper)) {
                    return lower;
                }
                if (below == 0 && upper <= 0) {
                    return upper;
                }
                return lower + (upper - lower) * ((rank - below) / (bucket.getValue() - below));
            }
            lower = upper;
            below = bucket.getValue();
        }
        return Double.NaN;
    }
}
