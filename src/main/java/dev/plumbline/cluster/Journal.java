package dev.plumbline.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What came over a feed, in order: the latest of it, so that a look that comes late can still read every state. */
final class Journal {

    /** The most entries kept. Objects are shared with the mirror, so this bounds the memory of the states between. */
    static final int MOST = 500;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long end;
    private @Nullable Instant since;

    /** Something that happened. */
    sealed interface Entry {
        Instant at();
    }

    /** An object came, changed or went; null is not there. */
    record Change(
            Instant at,
            Mirror.Key key,
            @Nullable GenericKubernetesResource before,
            @Nullable GenericKubernetesResource after)
            implements Entry {}

    /**
     * A time from which on nothing can be said; it ends with what comes next.
     *
     * @param changed the objects that are not the same after it; null while it lasts, when nobody knows
     */
    record Gap(Instant at, String why, @Nullable Set<Mirror.Key> changed) implements Entry {}

    /** Everything from this moment on is kept. */
    void begin(Instant at) {
        if (since == null) {
            since = at;
        }
    }

    void add(Entry entry) {
        if (entries.size() == MOST) {
            since = entries.remove().at();
        }
        entries.add(entry);
        end++;
    }

    /** The number that the next entry will have. */
    long end() {
        return end;
    }

    /** Whether all entries from a number on are still here. */
    boolean reaches(long number) {
        return end - entries.size() <= number;
    }

    List<Entry> from(long number) {
        return entries.stream()
                .skip(Math.max(0, number - (end - entries.size())))
                .toList();
    }

    List<Entry> from(Instant moment) {
        return entries.stream().filter(entry -> !entry.at().isBefore(moment)).toList();
    }

    /** Since when the journal is complete; null before anything was seen. */
    @Nullable
    Instant since() {
        return since;
    }
}
