package dev.plumbline.action;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Every write of a run, noted before it is made, with what takes it back. Undone last first; what could not be taken back
 * is a leftover and named.
 */
public final class Ledger {

    private final Deque<Undo> undos = new ArrayDeque<>();

    /** Call before the write. */
    public synchronized void note(Undo undo) {
        undos.push(undo);
    }

    /** Whether an undo of that name is noted. */
    public synchronized boolean holds(String what) {
        return undos.stream().anyMatch(undo -> undo.what().equals(what));
    }

    /** Forgets everything, for a target that is removed as a whole. */
    public synchronized void forget() {
        undos.clear();
    }

    /** Takes everything back; one that fails does not keep the others. Returns what is left, one line each. */
    public List<String> undoAll() throws InterruptedException {
        List<String> left = new ArrayList<>();
        for (Undo undo = next(); undo != null; undo = next()) {
            try {
                undo.work().run();
            } catch (KubernetesClientException e) {
                left.add(undo.what() + ": " + Refusals.message(e));
            } catch (IllegalStateException e) {
                left.add(undo.what() + ": " + e.getMessage());
            }
        }
        return left;
    }

    private synchronized @org.jspecify.annotations.Nullable Undo next() {
        return undos.poll();
    }
}
