package dev.plumbline.simulation.system.prometheus.promql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The samples of one series as they were when it was selected, in order of time. */
public final class Series {

    private final Labels labels;
    private final long[] times;
    private final double[] values;
    private final int size;

    /** The arrays are not copied: their first {@code size} entries must never change. */
    public Series(Labels labels, long[] times, double[] values, int size) {
        this.labels = labels;
        this.times = times;
        this.values = values;
        this.size = size;
    }

    public static Series of(Labels labels, List<Point> points) {
        long[] times = points.stream().mapToLong(Point::time).toArray();
        double[] values = points.stream().mapToDouble(Point::value).toArray();
        return new Series(labels, times, values, times.length);
    }

    public Labels labels() {
        return labels;
    }

    /** The newest sample at or before a time, unless it is older than the look-back or says that the series ended. */
    Optional<Point> latest(long time, long lookback) {
        int index = firstAfter(time) - 1;
        if (index < 0 || times[index] < time - lookback || Point.isStale(values[index])) {
            return Optional.empty();
        }
        return Optional.of(new Point(times[index], values[index]));
    }

    /** The samples from one time to another, both included, without the marks of an end. */
    List<Point> window(long from, long to) {
        List<Point> points = new ArrayList<>();
        for (int i = firstAfter(from - 1); i < size && times[i] <= to; i++) {
            if (!Point.isStale(values[i])) {
                points.add(new Point(times[i], values[i]));
            }
        }
        return points;
    }

    /** Whether it has a sample in this time. */
    public boolean hasSampleIn(long from, long to) {
        int index = firstAfter(to) - 1;
        return index >= 0 && times[index] >= from;
    }

    private int firstAfter(long time) {
        int index = Arrays.binarySearch(times, 0, size, time);
        return index >= 0 ? index + 1 : -index - 1;
    }
}
