package dev.plumbline.simulation.api;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The changes of one kind, for watches. Used under the store's lock. The oldest are forgotten. */
final class History {

    private static final int KEPT = 4000;

    private final List<Store.Changed> changes = new ArrayList<>();
    private final Condition grown;
    private long newest;
    private long forgotten;

    History(ReentrantLock lock) {
        this.grown = lock.newCondition();
    }

    void add(Store.Changed change) {
        if (changes.size() == 2 * KEPT) {
            forgotten = changes.get(KEPT - 1).version();
            changes.subList(0, KEPT).clear();
        }
        changes.add(change);
        newest = change.version();
        grown.signalAll();
    }

    long newest() {
        return newest;
    }

    void wake() {
        grown.signalAll();
    }

    long await(long nanos) throws InterruptedException {
        return grown.awaitNanos(nanos);
    }

    /** @throws io.fabric8.kubernetes.client.KubernetesClientException 410 when some of these are forgotten */
    List<Store.Changed> after(long version) {
        if (version < forgotten) {
            throw Refusal.gone(version, forgotten);
        }
        int from = changes.size();
        while (from > 0 && changes.get(from - 1).version() > version) {
            from--;
        }
        return List.copyOf(changes.subList(from, changes.size()));
    }
}
