package dev.plumbline.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a feed knows: the objects, whether they are fresh, and how far the listeners have been told. */
final class Mirror {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final NavigableMap<Key, GenericKubernetesResource> objects = new TreeMap<>();
    private final Map<Key, Long> goneSinceAsked = new HashMap<>();
    private final Journal journal = new Journal();
    private State state = new Starting();
    private String resourceVersion = "";
    private long delivered;

    /** Whether the objects can be trusted. */
    sealed interface State {}

    /** Asked, and no answer yet. */
    record Starting() implements State {}

    /** The watch is open. */
    record Live() implements State {}

    /** The server cannot be asked or does not answer; the objects are out of date. Code 0 is no answer at all. */
    record Failed(int code, String why) implements State {
        /** Whether the server said no, and did not merely fail to answer. */
        boolean lasting() {
            return code >= 400 && code < 500 && code != 429;
        }
    }

    /**
     * Takes over a list. What changed and was not told by an event is in a gap: of the states between nobody knows.
     *
     * @param proven the last moment at which the objects were known to be what the server has
     */
    void replace(List<GenericKubernetesResource> items, String version, Instant at, Instant proven) {
        inLock(() -> {
            Map<Key, GenericKubernetesResource> before = new TreeMap<>(objects);
            objects.clear();
            items.forEach(item -> objects.put(Key.of(item), item));
            if (journal.since() == null) {
                journal.begin(at);
            } else {
                noteDifferences(before, at, proven);
            }
            resourceVersion = version;
        });
    }

    private void noteDifferences(Map<Key, GenericKubernetesResource> before, Instant at, Instant proven) {
        Set<Key> changed = new TreeSet<>(before.keySet());
        changed.addAll(objects.keySet());
        changed.removeIf(key -> version(before.get(key)).equals(version(objects.get(key))));
        journal.add(
                new Journal.Gap(proven, "changes may have been missed until the list of " + at, Set.copyOf(changed)));
        changed.forEach(key -> journal.add(new Journal.Change(at, key, before.get(key), objects.get(key))));
    }

    /** @param type as a watch says it; a bookmark only moves the resource version */
    void update(String type, GenericKubernetesResource object, Instant at) {
        inLock(() -> {
            resourceVersion = object.getMetadata().getResourceVersion();
            Key key = Key.of(object);
            if (type.equals("DELETED")) {
                journal.add(new Journal.Change(at, key, objects.remove(key), null));
                goneSinceAsked.put(key, number(resourceVersion));
            } else if (!type.equals("BOOKMARK")) {
                journal.add(new Journal.Change(at, key, objects.put(key, object), object));
            }
        });
    }

    /** The server is about to be asked for a list that {@link #agrees} will compare. */
    void beingCompared() {
        inLock(goneSinceAsked::clear);
    }

    /** Whether the events have told what the server lists; waits for those that are still under way. */
    boolean agrees(List<GenericKubernetesResource> items, String version, Duration atMost) {
        lock.lock();
        try {
            return await(() -> agrees(items, number(version)), atMost);
        } finally {
            lock.unlock();
        }
    }

    /** An object here may be newer than in the list, or gone since; one that is older or missing was not told. */
    private boolean agrees(List<GenericKubernetesResource> items, long version) {
        Set<Key> listed = new HashSet<>();
        for (GenericKubernetesResource item : items) {
            Key key = Key.of(item);
            listed.add(key);
            GenericKubernetesResource mine = objects.get(key);
            long here = mine == null ? goneSinceAsked.getOrDefault(key, -1L) : number(version(mine));
            if (here < number(version(item))) {
                return false;
            }
        }
        return objects.entrySet().stream()
                .allMatch(mine -> listed.contains(mine.getKey()) || number(version(mine.getValue())) > version);
    }

    private static String version(@Nullable GenericKubernetesResource object) {
        return object == null ? "" : object.getMetadata().getResourceVersion();
    }

    /** From a moment on nothing is known; the gap is noted once, however often the reason changes. */
    void lost(Instant from, Failed why) {
        inLock(() -> {
            if (!(state instanceof Failed) && why.code() != 404 && journal.since() != null) {
                journal.add(new Journal.Gap(from, why.why(), null));
            }
            state = why;
        });
    }

    /** Runs with the objects, the journal and the state as they are at one moment. */
    <T> T read(Reader<T> reader) {
        lock.lock();
        try {
            return reader.read(Collections.unmodifiableNavigableMap(objects), journal, state);
        } finally {
            lock.unlock();
        }
    }

    /** Reads all at once. */
    interface Reader<T> {
        T read(NavigableMap<Key, GenericKubernetesResource> objects, Journal journal, State state);
    }

    /** The listeners have been told of everything up to the current resource version. */
    void delivered() {
        inLock(() -> delivered = number(resourceVersion));
    }

    void become(State next) {
        inLock(() -> state = next);
    }

    State state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    String resourceVersion() {
        lock.lock();
        try {
            return resourceVersion;
        } finally {
            lock.unlock();
        }
    }

    /** The state, once it is no longer {@link Starting} or the time is over. */
    State settled(Duration atMost) {
        lock.lock();
        try {
            await(() -> !(state instanceof Starting), atMost);
            return state;
        } finally {
            lock.unlock();
        }
    }

    /** Whether everything up to this version has been delivered; waits for it while the feed lives. */
    boolean seen(long version, Duration atMost) {
        lock.lock();
        try {
            return await(() -> delivered >= version, atMost);
        } finally {
            lock.unlock();
        }
    }

    private void inLock(Runnable change) {
        lock.lock();
        try {
            change.run();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits in wall time. An interrupt ends the wait and stays set, so that the caller's own wait ends too. */
    private boolean await(BooleanSupplier condition, Duration atMost) {
        long nanos = atMost.toNanos();
        try {
            while (!condition.getAsBoolean() && nanos > 0) {
                nanos = moved.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return condition.getAsBoolean();
    }

    private static long number(String resourceVersion) {
        boolean digits = !resourceVersion.isEmpty() && resourceVersion.chars().allMatch(Character::isDigit);
        return digits ? Long.parseLong(resourceVersion) : 0;
    }

    /** Where an object is; the namespace is empty for cluster-scoped kinds. */
    record Key(String namespace, String name) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::namespace).thenComparing(Key::name);

        static Key of(GenericKubernetesResource object) {
            return of(object.getMetadata().getNamespace(), object.getMetadata().getName());
        }

        static Key of(@Nullable String namespace, String name) {
            return new Key(namespace == null ? "" : namespace, name);
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
