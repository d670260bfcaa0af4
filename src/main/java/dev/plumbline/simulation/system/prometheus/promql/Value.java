package dev.plumbline.simulation.system.prometheus.promql;

import java.util.List;

/** What an expression is worth at a moment. */
public sealed interface Value {

    /** A number without labels. */
    record Scalar(double value) implements Value {}

    /** A string. */
    record Text(String value) implements Value {}

    /** One number for each label set. */
    record Vector(List<Sample> samples) implements Value {}

    /** The samples of a span of time for each label set. */
    record Matrix(List<Range> ranges, long from, long to) implements Value {}

    /** A labelled number; {@code time} is that of the sample it came from. */
    record Sample(Labels labels, double value, long time) {

        public Sample(Labels labels, double value) {
            this(labels, value, Long.MIN_VALUE);
        }
    }

    /** A labelled span of samples. */
    record Range(Labels labels, List<Point> points) {}
}
