package dev.plumbline.simulation.system.prometheus.promql;

import java.util.List;
import java.util.OptionalDouble;

/** Least squares over samples. */
final class Regression {

    private Regression() {}

    /** The slope by the second. */
    static OptionalDouble slope(List<Point> points) {
        return points.size() < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(fit(points, points.get(0).time()).slope());
    }

    static OptionalDouble predict(List<Point> points, long now, double seconds) {
        if (points.size() < 2) {
            return OptionalDouble.empty();
        }
        Line line = fit(points, now);
        return OptionalDouble.of(line.slope() * seconds + line.intercept());
    }

    private static Line fit(List<Point> points, long origin) {
        double sumX = 0;
        double sumY = 0;
        double sumXy = 0;
        double sumXx = 0;
        for (Point point : points) {
            double x = (point.time() - origin) / 1000.0;
            sumX += x;
            sumY += point.value();
            sumXy += x * point.value();
            sumXx += x * x;
        }
        int n = points.size();
        double covariance = sumXy - sumX * sumY / n;
        double variance = sumXx - sumX * sumX / n;
        double slope = covariance / variance;
        return new Line(slope, sumY / n - slope * sumX / n);
    }

    private record Line(double slope, double intercept) {}
}
