package dev.plumbline.simulation.system.prometheus.promql;

import dev.plumbline.simulation.system.prometheus.promql.Value.Matrix;
import java.util.List;
import java.util.OptionalDouble;

/** How Prometheus guesses the change over a whole range from the samples inside it. */
final class Extrapolation {

    /** A gap to the edge of up to this many mean distances is taken for one that a sample would have filled. */
    private static final double BRIDGED = 1.1;

    private Extrapolation() {}

    /**
     * @param counter whether a fall is a reset to zero
     * @param perSecond whether the result is divided by the range
     */
    static OptionalDouble increase(List<Point> points, Matrix range, boolean counter, boolean perSecond) {
        if (points.size() < 2) {
            return OptionalDouble.empty();
        }
        Point first = points.get(0);
        Point last = points.get(points.size() - 1);
        double change = last.value() - first.value() + (counter ? resets(points) : 0);
        double sampled = (last.time() - first.time()) / 1000.0;
        double mean = sampled / (points.size() - 1);
        double toStart = (first.time() - range.from()) / 1000.0;
        double toEnd = (range.to() - last.time()) / 1000.0;
        if (toStart >= mean * BRIDGED) {
            toStart = mean / 2;
        }
        if (counter && change > 0 && first.value() >= 0) {
            toStart = Math.min(toStart, sampled * (first.value() / change));
        }
        if (toEnd >= mean * BRIDGED) {
            toEnd = mean / 2;
        }
        double whole = change * ((sampled + toStart + toEnd) / sampled);
        return OptionalDouble.of(perSecond ? whole / ((range.to() - range.from()) / 1000.0) : whole);
    }

    private static double resets(List<Point> points) {
        double added = 0;
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).value() < points.get(i - 1).value()) {
                added += points.get(i - 1).value();
            }
        }
        return added;
    }

    /** The change between the last two samples; for a counter by the second. */
    static OptionalDouble lastStep(List<Point> points, boolean counter) {
        if (points.size() < 2) {
            return OptionalDouble.empty();
        }
        Point before = points.get(points.size() - 2);
        Point last = points.get(points.size() - 1);
        boolean reset = counter && last.value() < before.value();
        double change = reset ? last.value() : last.value() - before.value();
        double seconds = (last.time() - before.time()) / 1000.0;
        return OptionalDouble.of(counter ? change / seconds : change);
    }
}
