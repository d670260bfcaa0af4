package dev.plumbline.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a feed knows: the objects, whether they are fresh, and how far the listeners have been told. */
final class Mirror {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final NavigableMap<Key, GenericKubernetesResource> objects = new TreeMap<>();
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
    record Failed(int code, String why) implements State {}

    void replace(List<GenericKubernetesResource> items, String version) {
        inLock(() -> {
            objects.clear();
            items.forEach(item -> objects.put(Key.of(item), item));
            resourceVersion = version;
        });
    }

    /** @param type as a watch says it; a bookmark only moves the resource version */
    void update(String type, GenericKubernetesResource object) {
        inLock(() -> {
            resourceVersion = object.getMetadata().getResourceVersion();
            if (type.equals("DELETED")) {
                objects.remove(Key.of(object));
            } else if (!type.equals("BOOKMARK")) {
                objects.put(Key.of(object), object);
            }
        });
    }

    /** The listeners have been told of everything up to the current resource version. */
    void delivered() {
        inLock(() -> delivered = number(resourceVersion));
    }

    void become(State next) {
        inLock(() -> state = next);
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

    Optional<GenericKubernetesResource> get(Key key) {
        lock.lock();
        try {
            return Optional.ofNullable(objects.get(key));
        } finally {
            lock.unlock();
        }
    }

    List<GenericKubernetesResource> list(@Nullable String namespace) {
        lock.lock();
        try {
            List<GenericKubernetesResource> found = new ArrayList<>();
            objects.forEach((key, object) -> {
                if (namespace == null || namespace.equals(key.namespace())) {
                    found.add(object);
                }
            });
            return List.copyOf(found);
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
