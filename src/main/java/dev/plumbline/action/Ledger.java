package dev.plumbline.action;

import dev.plumbline.cluster.KubeconfigTarget;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.RunOwner;
import dev.plumbline.cluster.Target;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every write of a run, noted before it is made, with what takes it back. Undone last first; what could not be taken back
 * is a leftover and named. On a cluster that outlives the run the notes outlive it, too, in its journals.
 */
public final class Ledger implements AutoCloseable {

    private final SortedMap<Integer, Undo> entries = new TreeMap<>();
    private final List<Journal> journals;
    private final Optional<RunOwner> owner;
    private final Optional<Heartbeat> heartbeat;
    private final Set<Integer> leftovers = new HashSet<>();
    private int last;

    /** For a target that goes with the run. */
    public Ledger() {
        this(Optional.empty(), List.of(), Optional.empty());
    }

    Ledger(Optional<RunOwner> owner, List<Journal> journals, Optional<Heartbeat> heartbeat) {
        this.owner = owner;
        this.journals = List.copyOf(journals);
        this.heartbeat = heartbeat;
    }

    /**
     * For a cluster that outlives the run: kept there and on this machine, so that another process can take back what a
     * killed one cannot.
     *
     * @param folder where this machine's runs keep their ledgers
     */
    public static Ledger lasting(KubeconfigTarget target, String runId, Path folder) {
        RunOwner owner = RunOwner.thisProcess(runId);
        ClusterJournal inCluster = new ClusterJournal(target, owner);
        // forgotten in this order, so that the file names what the cluster still holds
        List<Journal> journals = List.of(inCluster, new LocalJournal(folder, owner, target.uid()));
        return new Ledger(Optional.of(owner), journals, Optional.of(new Heartbeat(inCluster)));
    }

    /** Call before the write. Returns when the note would outlive this process. */
    public synchronized void note(Undo undo) {
        last++;
        for (Journal journal : journals) {
            journal.write(last, undo);
        }
        entries.put(last, undo);
    }

    /**
     * Notes it unless there is one for the same object. The first write of a run decides: what it made goes, what it
     * changed gets back what it was before, whatever later writes found there.
     */
    synchronized void noteFirst(Undo undo) {
        if (undo.object().filter(this::holds).isEmpty() && !entries.containsValue(undo)) {
            note(undo);
        }
    }

    synchronized boolean holds(ObjectRef ref) {
        return entries.values().stream()
                .anyMatch(undo -> undo.object().filter(ref::equals).isPresent());
    }

    synchronized boolean holds(Undo undo) {
        return entries.containsValue(undo);
    }

    /** The process whose objects outlive it; absent where they go with the target. */
    Optional<RunOwner> owner() {
        return owner;
    }

    /** Forgets everything, for a target that is removed as a whole. What stays on purpose is left to a sweep. */
    public synchronized void forget() {
        journals.forEach(Journal::keep);
        entries.clear();
    }

    /** Takes everything back; one that fails does not keep the others. Returns what is left, one line each. */
    public List<String> undoAll(Target target) throws InterruptedException {
        SortedMap<Integer, Undo> now = take();
        TakeBack takeBack = new TakeBack(target, owner.map(RunOwner::runId));
        SortedMap<Integer, String> left = takeBack.all(now);
        leftovers.addAll(left.keySet());
        List<String> lines = new ArrayList<>(left.values());
        try {
            journals.forEach(journal -> journal.retain(leftovers));
        } catch (KubernetesClientException e) {
            lines.add("the ledger of the run: " + Refusals.message(e));
        }
        return lines;
    }

    /** Says no longer that the run is alive. */
    @Override
    public void close() {
        heartbeat.ifPresent(Heartbeat::close);
    }

    private synchronized SortedMap<Integer, Undo> take() {
        SortedMap<Integer, Undo> now = new TreeMap<>(entries);
        entries.clear();
        return now;
    }
}
