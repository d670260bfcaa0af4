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
    private boolean everUnseen;
    private Duration droppedGaps = Duration.ZERO;

    /** A time in which every look saw the same. */
    public record Stretch(Observation<?> seen, Instant from, Instant to, int looks) {
        private boolean continues(Observation<?> next) {
            return seen.getClass() == next.getClass() && seen.toString().equals(next.toString());
        }

        private boolean unseen() {
            return seen instanceof Observation.Unreachable<?>;
        }

        private Stretch endingBy(Instant end) {
            return to.isAfter(end) ? new Stretch(seen, from, end.isBefore(from) ? from : end, looks) : this;
        }
    }

    /**
     * Adds one look. A gap that is found out late begins when something was heard last, and takes that time from what was
     * believed to be seen then.
     */
    public synchronized void add(Observation<?> seen) {
        looks++;
        everUnseen |= seen instanceof Observation.Unreachable<?>;
        int last = stretches.size() - 1;
        Instant from = seen.at();
        if (last >= 0) {
            Stretch before = stretches.get(last);
            if (before.continues(seen)) {
                Instant to = from.isAfter(before.to()) ? from : before.to();
                stretches.set(last, new Stretch(seen, before.from(), to, before.looks() + 1));
                return;
            }
            from = from.isAfter(before.from()) ? from : before.from();
            stretches.set(last, before.endingBy(from));
        }
        if (stretches.size() == MOST) {
            drop(MOST / 2);
        }
        stretches.add(new Stretch(seen, from, from, 1));
    }

    private void drop(int index) {
        droppedGaps = droppedGaps.plus(gap(index));
        stretches.remove(index);
        dropped++;
    }

    /** A timeline as it was stored: what was kept of it, and what is known of the rest. */
    public static Timeline of(List<Stretch> stretches, int looks, int dropped, Duration gaps) {
        Timeline stored = new Timeline();
        stored.stretches.addAll(stretches);
        stored.looks = looks;
        stored.dropped = dropped;
        stored.everUnseen = !gaps.isZero() || stretches.stream().anyMatch(Stretch::unseen);
        stored.droppedGaps = gaps.minus(stored.gaps());
        return stored;
    }

    /** A copy in which each observation is replaced; stretches, looks and gaps stay as they are. */
    public synchronized Timeline map(UnaryOperator<Observation<?>> change) {
        Timeline copy = new Timeline();
        stretches.forEach(stretch -> copy.stretches.add(
                new Stretch(change.apply(stretch.seen()), stretch.from(), stretch.to(), stretch.looks())));
        copy.looks = looks;
        copy.dropped = dropped;
        copy.everUnseen = everUnseen;
        copy.droppedGaps = droppedGaps;
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

    /** Whether there was a time, however short, in which nothing could be observed. */
    public synchronized boolean hasGap() {
        return everUnseen;
    }

    /** Whether a moment lies in a gap. */
    public synchronized boolean unseenAt(Instant moment) {
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            boolean begun = !stretch.from().isAfter(moment);
            boolean over =
                    i + 1 < stretches.size() && !stretches.get(i + 1).from().isAfter(moment);
            if (begun && !over) {
                return stretch.unseen();
            }
        }
        return false;
    }

    /** The time over which nothing could be observed, summed: each gap lasts until the next sight. */
    public synchronized Duration gaps() {
        Duration sum = droppedGaps;
        for (int i = 0; i < stretches.size(); i++) {
            sum = sum.plus(gap(i));
        }
        return sum;
    }

    private Duration gap(int index) {
        Stretch stretch = stretches.get(index);
        if (!stretch.unseen()) {
            return Duration.ZERO;
        }
        Instant end = index + 1 < stretches.size() ? stretches.get(index + 1).from() : stretch.to();
        return Duration.between(stretch.from(), end);
    }
}
