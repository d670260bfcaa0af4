package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.simulation.ClusterState.Change.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All objects and their history, under one lock. What is stored is never changed in place. Listeners hear of each change
 * in order, outside the lock, before the outermost {@link #atomically} returns to a thread that is alone.
 */
final class Store {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, TreeMap<String, ObjectNode>> objects = new HashMap<>();
    private final Map<String, History> histories = new HashMap<>();
    private final Deque<Changed> untold = new ArrayDeque<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private long version = 100;
    private long bookmark;
    private boolean telling;
    private boolean closed;

    <T> T atomically(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
            if (!lock.isHeldByCurrentThread()) {
                tell();
            }
        }
    }

    /** One thread tells at a time, so that all hear the changes in order; whoever comes meanwhile leaves it to that one. */
    private void tell() {
        if (!startTelling()) {
            return;
        }
        boolean done = false;
        try {
            for (Changed change = next(); change != null; change = next()) {
                for (Listener listener : listeners) {
                    listener.changed(change);
                }
            }
            done = true;
        } finally {
            if (!done) {
                stopTelling();
            }
        }
    }

    private boolean startTelling() {
        lock.lock();
        try {
            boolean mine = !telling && !untold.isEmpty();
            telling |= mine;
            return mine;
        } finally {
            lock.unlock();
        }
    }

    private void stopTelling() {
        lock.lock();
        try {
            telling = false;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Changed next() {
        lock.lock();
        try {
            Changed next = untold.poll();
            telling = next != null;
            return next;
        } finally {
            lock.unlock();
        }
    }

    AutoCloseable listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void unlisten(Listener listener) {
        listeners.remove(listener);
    }

    @Nullable
    ObjectNode get(Resource resource, @Nullable String namespace, String name) {
        return atomically(() -> of(resource).get(key(namespace, name)));
    }

    /** Those of a namespace or, without one, all; in order of namespace and name. */
    List<ObjectNode> list(Resource resource, @Nullable String namespace) {
        return atomically(() -> {
            TreeMap<String, ObjectNode> all = of(resource);
            return namespace == null
                    ? List.copyOf(all.values())
                    : List.copyOf(all.subMap(namespace + "/", namespace + "0").values());
        });
    }

    void put(Resource resource, ObjectNode object) {
        lock.lock();
        try {
            version++;
            Json.metadata(object).put("resourceVersion", Long.toString(version));
            String namespace = resource.kind().namespaced() ? Json.namespace(object) : null;
            ObjectNode before = of(resource).put(key(namespace, Json.name(object)), object);
            remember(new Changed(before == null ? Type.ADDED : Type.MODIFIED, resource, object, before, version));
        } finally {
            lock.unlock();
        }
    }

    void remove(Resource resource, ObjectNode object) {
        lock.lock();
        try {
            String namespace = resource.kind().namespaced() ? Json.namespace(object) : null;
            if (of(resource).remove(key(namespace, Json.name(object))) != null) {
                version++;
                ObjectNode last = object.deepCopy();
                Json.metadata(last).put("resourceVersion", Long.toString(version));
                remember(new Changed(Type.DELETED, resource, last, object, version));
            }
        } finally {
            lock.unlock();
        }
    }

    private void remember(Changed change) {
        history(change.resource()).add(change);
        untold.add(change);
    }

    private TreeMap<String, ObjectNode> of(Resource resource) {
        return objects.computeIfAbsent(resource.id(), id -> new TreeMap<>());
    }

    private History history(Resource resource) {
        return histories.computeIfAbsent(resource.id(), id -> new History(lock));
    }

    private static String key(@Nullable String namespace, String name) {
        return namespace == null ? name : namespace + "/" + name;
    }

    long version() {
        return atomically(() -> version);
    }

    /** The version of the last change of a kind, 0 without any. */
    long newest(Resource resource) {
        return atomically(() -> history(resource).newest());
    }

    /** Tells those who watch that there was nothing else up to now. */
    void bookmark() {
        atomically(() -> {
            bookmark = version;
            histories.values().forEach(History::wake);
            return version;
        });
    }

    /**
     * The changes of a kind after a version; waits for some up to a time in nanoseconds, or for a bookmark.
     *
     * @return null when the store was closed
     */
    @Nullable
    News newsAfter(Resource resource, long after, long marked, long nanos) throws InterruptedException {
        lock.lock();
        try {
            History history = history(resource);
            long left = nanos;
            while (!closed && left > 0 && history.newest() <= after && bookmark <= marked) {
                left = history.await(left);
            }
            return closed ? null : new News(history.after(after), Math.max(bookmark, marked), left);
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            histories.values().forEach(History::wake);
        } finally {
            lock.unlock();
        }
    }

    /** Hears of changes. It must not block. */
    interface Listener {
        void changed(Changed change);
    }

    /** One change; {@code before} is what was there. */
    record Changed(
            Type type,
            Resource resource,
            ObjectNode object,
            @Nullable ObjectNode before,
            long version) {}

    /** What a watch has to tell: changes, up to which version all was told, and the nanoseconds that it did not wait. */
    record News(List<Changed> changes, long bookmark, long left) {
        News {
            changes = new ArrayList<>(changes);
        }
    }
}
