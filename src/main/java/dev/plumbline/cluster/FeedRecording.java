package dev.plumbline.cluster;

import dev.plumbline.timing.Clock;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Recording;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a feed's journal at its own pace: a replica of the objects it is about, moved on entry by entry. */
final class FeedRecording<T> implements Recording<T> {

    private final Feed feed;
    private final Sight<T> sight;
    private final Clock clock;
    private final Duration lately;
    private Duration good;
    private final Runnable closed;
    private final NavigableMap<Mirror.Key, GenericKubernetesResource> replica = new TreeMap<>();
    private final List<Observation<T>> looks = new ArrayList<>();
    private long next;
    private boolean begun;

    /**
     * @param from null is now
     * @param first how long ago the server may have been asked for the first answer to be good
     * @param lately the same for all later ones
     */
    FeedRecording(
            Feed feed,
            Sight<T> sight,
            @Nullable Instant from,
            Clock clock,
            Duration first,
            Duration lately,
            Runnable closed) {
        this.feed = feed;
        this.sight = sight;
        this.clock = clock;
        this.good = first;
        this.lately = lately;
        this.closed = closed;
        feed.mirror().read((objects, journal, state) -> {
            begin(objects, journal, from);
            return this;
        });
    }

    /** What a recording is about, and how it is said. */
    interface Sight<T> {
        boolean wants(Mirror.Key key);

        /** Whether the objects are known never to have been otherwise when this is all that is known of them. */
        boolean provenBy(Collection<GenericKubernetesResource> first);

        Observation<T> of(Collection<GenericKubernetesResource> objects, Instant at);

        Observation<T> absent(String why, Instant at);

        Observation<T> unreachable(String why, Instant at);

        /** Whether a gap over which these changed is one for it. */
        boolean touched(Journal.Gap gap, Collection<GenericKubernetesResource> before);
    }

    private void begin(
            NavigableMap<Mirror.Key, GenericKubernetesResource> objects, Journal journal, @Nullable Instant from) {
        next = journal.end();
        Instant since = journal.since();
        begun = since != null;
        if (since == null || from == null) {
            restart(objects, List.of());
            return;
        }
        List<Journal.Entry> past = journal.from(from);
        restart(objects, past);
        Instant begin = since.isAfter(from) ? since : from;
        if (since.isAfter(from) && !sight.provenBy(replica.values())) {
            looks.add(sight.unreachable("not recorded before " + since, from));
        }
        looks.add(sight.of(List.copyOf(replica.values()), begin));
        past.forEach(this::replay);
    }

    /** The objects as they were before these entries. */
    private void restart(NavigableMap<Mirror.Key, GenericKubernetesResource> objects, List<Journal.Entry> takenBack) {
        replica.clear();
        objects.forEach(this::put);
        for (int i = takenBack.size() - 1; i >= 0; i--) {
            if (takenBack.get(i) instanceof Journal.Change change) {
                put(change.key(), change.before());
            }
        }
    }

    private boolean put(Mirror.Key key, @Nullable GenericKubernetesResource object) {
        if (!sight.wants(key)) {
            return false;
        }
        if (object == null) {
            replica.remove(key);
        } else {
            replica.put(key, object);
        }
        return true;
    }

    private void replay(Journal.Entry entry) {
        if (entry instanceof Journal.Change change && put(change.key(), change.after())) {
            looks.add(sight.of(List.copyOf(replica.values()), entry.at()));
        } else if (entry instanceof Journal.Gap gap && sight.touched(gap, replica.values())) {
            looks.add(sight.unreachable(gap.why(), gap.at()));
        }
    }

    @Override
    public List<Observation<T>> looks() {
        boolean asked = feed.verify(good);
        good = lately;
        return take(asked);
    }

    @Override
    public List<Observation<T>> confirmed(Instant moment) {
        Duration ago = Duration.between(moment, clock.instant());
        Duration atMost = ago.compareTo(lately) < 0 ? ago : lately;
        return take(feed.verify(atMost.isNegative() ? Duration.ZERO : atMost));
    }

    private List<Observation<T>> take(boolean asked) {
        feed.state();
        return feed.mirror().read((objects, journal, state) -> {
            if (!begun && journal.since() != null) {
                restart(objects, journal.from(next));
                begun = true;
            }
            if (journal.reaches(next)) {
                journal.from(next).forEach(this::replay);
            } else {
                looks.add(sight.unreachable(
                        "more than " + Journal.MOST + " changes came between two looks", clock.instant()));
                restart(objects, List.of());
            }
            next = journal.end();
            looks.add(asked ? now(state) : sight.unreachable("interrupted while asking", clock.instant()));
            List<Observation<T>> all = List.copyOf(looks);
            looks.clear();
            return all;
        });
    }

    private Observation<T> now(Mirror.State state) {
        Instant at = clock.instant();
        if (state instanceof Mirror.Live) {
            return sight.of(List.copyOf(replica.values()), at);
        }
        if (state instanceof Mirror.Failed failed) {
            return failed.code() == 404 ? sight.absent(failed.why(), at) : sight.unreachable(failed.why(), at);
        }
        return sight.unreachable("the API server did not answer in time", at);
    }

    @Override
    public void close() {
        closed.run();
    }
}
