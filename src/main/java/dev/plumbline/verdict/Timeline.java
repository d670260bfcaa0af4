package dev.plumbline.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a wait saw over its time: each stretch of equal looks once, with its first and last moment. */
public final class Timeline {

    /** The most stretches kept; the first and the latest survive, what is dropped between them is counted. */
    static final int MOST = 200;

    private final List<Stretch> stretches = new ArrayList<>();
    private int looks;
    private int dropped;

    /** A time in which every look saw the same. */
    public record Stretch(Observation<?> seen, Instant from, Instant to, int looks) {
        private boolean continues(Observation<?> next) {
            return seen.getClass() == next.getClass() && seen.toString().equals(next.toString());
        }
    }

    /** Adds one look. */
    public synchronized void add(Observation<?> seen) {
        looks++;
        int last = stretches.size() - 1;
        if (last >= 0 && stretches.get(last).continues(seen)) {
            Stretch before = stretches.get(last);
            stretches.set(last, new Stretch(seen, before.from(), seen.at(), before.looks() + 1));
            return;
        }
        if (stretches.size() == MOST) {
            stretches.remove(MOST / 2);
            dropped++;
        }
        stretches.add(new Stretch(seen, seen.at(), seen.at(), 1));
    }

    /** A copy in which each observation is replaced; stretches, looks and gaps stay as they are. */
    public synchronized Timeline map(UnaryOperator<Observation<?>> change) {
        Timeline copy = new Timeline();
        stretches.forEach(stretch -> copy.stretches.add(
                new Stretch(change.apply(stretch.seen()), stretch.from(), stretch.to(), stretch.looks())));
        copy.looks = looks;
        copy.dropped = dropped;
        return copy;
    }

    public synchronized List<Stretch> stretches() {
        return List.copyOf(stretches);
    }

    public synchronized int looks() {
        return looks;
    }

    /** Stretches that were dropped from the middle to keep the timeline readable. */
    public synchronized int dropped() {
        return dropped;
    }

    /** The latest stretch. */
    public synchronized Optional<Stretch> last() {
        return stretches.isEmpty() ? Optional.empty() : Optional.of(stretches.get(stretches.size() - 1));
    }

    /** The time over which nothing could be observed, summed. */
    public synchronized Duration gaps() {
        return stretches.stream()
                .filter(stretch -> stretch.seen() instanceof Observation.Unreachable<?>)
                .map(stretch -> Duration.between(stretch.from(), stretch.to()))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
