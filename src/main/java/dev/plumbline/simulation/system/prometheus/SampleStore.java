package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.system.prometheus.promql.Labels;
import dev.plumbline.simulation.system.prometheus.promql.Matcher;
import dev.plumbline.simulation.system.prometheus.promql.Series;
import dev.plumbline.simulation.system.prometheus.promql.SeriesSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The samples of a Prometheus in memory. Scrapes write while queries read, so each call is one step. */
final class SampleStore implements SeriesSource {

    /** A real server keeps 15 days; this is what panels and alerts look at, and it keeps long virtual times small. */
    private static final long KEPT = Duration.ofHours(6).toMillis();

    private final Map<String, Map<Labels, Stored>> byName = new HashMap<>();
    private long appended;

    /** Adds a sample; one that is not newer than the last of its series is left out, as a real server does. */
    synchronized void append(Labels labels, long time, double value) {
        byName.computeIfAbsent(labels.name(), name -> new HashMap<>())
                .computeIfAbsent(labels, Stored::new)
                .append(time, value);
        appended++;
    }

    /** How many samples it ever took. */
    synchronized long appended() {
        return appended;
    }

    @Override
    public synchronized List<Series> select(List<Matcher> matchers) {
        return candidates(matchers).stream()
                .flatMap(group -> group.values().stream())
                .filter(series -> matchers.stream().allMatch(matcher -> matcher.matches(series.labels)))
                .sorted(Comparator.comparing((Stored series) -> series.labels))
                .map(Stored::view)
                .toList();
    }

    private Collection<Map<Labels, Stored>> candidates(List<Matcher> matchers) {
        return matchers.stream()
                .filter(matcher -> matcher.label().equals(Labels.NAME) && matcher.isEquality())
                .findFirst()
                .map(matcher ->
                        (Collection<Map<Labels, Stored>>) List.of(byName.getOrDefault(matcher.value(), Map.of())))
                .orElse(byName.values());
    }

    synchronized int seriesCount() {
        return byName.values().stream().mapToInt(Map::size).sum();
    }

    /** Hands each series with its samples to the writer of a snapshot. */
    synchronized void forEach(BiConsumer<Labels, List<SampleAt>> reader) {
        for (Map<Labels, Stored> group : byName.values()) {
            group.values().forEach(series -> reader.accept(series.labels, series.samples()));
        }
    }

    /** A time in milliseconds and a value. */
    record SampleAt(long time, double value) {}

    /** The arrays are replaced, never changed, below the size that a view was given. */
    private static final class Stored {
        private final Labels labels;
        private long[] times = new long[16];
        private double[] values = new double[16];
        private int size;

        Stored(Labels labels) {
            this.labels = labels;
        }

        void append(long time, double value) {
            if (size > 0 && times[size - 1] >= time) {
                return;
            }
            if (size == times.length) {
                makeRoom(time - KEPT);
            }
            times[size] = time;
            values[size] = value;
            size++;
        }

        private void makeRoom(long oldest) {
            int from = 0;
            while (from < size && times[from] < oldest) {
                from++;
            }
            int left = size - from;
            int room = Math.max(16, left * 2);
            times = Arrays.copyOf(Arrays.copyOfRange(times, from, size), room);
            values = Arrays.copyOf(Arrays.copyOfRange(values, from, size), room);
            size = left;
        }

        Series view() {
            return new Series(labels, times, values, size);
        }

        List<SampleAt> samples() {
            List<SampleAt> samples = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                samples.add(new SampleAt(times[i], values[i]));
            }
            return samples;
        }
    }
}
