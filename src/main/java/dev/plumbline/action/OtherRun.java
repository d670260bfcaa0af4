package dev.plumbline.action;

import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.RunOwner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of another run, from its journals and from what it has in the cluster. */
final class OtherRun {

    private final String id;
    private final SortedMap<Integer, Undo> entries = new TreeMap<>();
    private final Set<String> namespaces = new TreeSet<>();
    private final List<Page> pages = new ArrayList<>();
    private @Nullable Path file;
    private @Nullable RunOwner owner;
    private Instant sign = Instant.EPOCH;
    private boolean kept;

    OtherRun(String id) {
        this.id = id;
    }

    /** A Secret with a part of the journal. */
    record Page(String namespace, String name, Set<Integer> numbers) {}

    void isOf(Optional<RunOwner> found, Instant lastSign, boolean onPurpose) {
        owner = found.orElse(owner);
        sign = lastSign.isAfter(sign) ? lastSign : sign;
        kept |= onPurpose;
    }

    void has(String namespace) {
        namespaces.add(namespace);
    }

    void has(Page page) {
        pages.add(page);
    }

    void has(Path journal) {
        file = journal;
    }

    /** Of two copies of an entry the one that knows the original wins. */
    void has(int number, Undo undo) {
        entries.merge(
                number,
                undo,
                (one, two) -> one instanceof Undo.Restore restore && restore.original() == null ? two : one);
    }

    String id() {
        return id;
    }

    boolean kept() {
        return kept;
    }

    boolean isOwned() {
        return owner != null;
    }

    boolean isDead(Instant now) {
        return owner != null && owner.isGone(Duration.between(sign, now));
    }

    Set<String> namespaces() {
        return namespaces;
    }

    List<Page> pages() {
        return pages;
    }

    Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** The entries, and below them the namespaces that no entry speaks of, so that these go last. */
    SortedMap<Integer, Undo> undos(Kind namespaceKind) {
        SortedMap<Integer, Undo> all = new TreeMap<>(entries);
        int number = 0;
        for (String namespace : namespaces) {
            Undo gone = new Undo.Remove(new ObjectRef(namespaceKind, null, namespace));
            if (!all.containsValue(gone)) {
                number--;
                all.put(number, gone);
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return "run " + id + (owner == null ? "" : ", whose process " + owner.pid() + " is gone");
    }
}
