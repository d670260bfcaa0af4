package dev.plumbline.action;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.verdict.Concern;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.Verdict;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** The one way in which a run writes: the undo is in the ledger first, and a write that has begun is not broken off. */
final class Written {

    private static final Duration SEEN = Duration.ofSeconds(10);

    private final Target target;
    private final Ledger ledger;
    private final LiveObjects objects;

    Written(Target target, Ledger ledger) {
        this.target = target;
        this.ledger = ledger;
        this.objects = new LiveObjects(target);
    }

    LiveObjects objects() {
        return objects;
    }

    /** How to take back a write to this object, from what is there now. */
    static Undo undo(ObjectRef ref, Optional<GenericKubernetesResource> before) {
        return before.<Undo>map(original -> new Undo.Restore(ref, OwnFields.forLedger(original)))
                .orElseGet(() -> new Undo.Remove(ref));
    }

    /**
     * Notes the undo, then sends the write. Both are done on a thread that nobody interrupts: a request that is given up
     * may still arrive, after the undo that it was noted for.
     */
    <T> T write(Undo undo, Supplier<T> request) {
        CompletableFuture<T> done = CompletableFuture.supplyAsync(
                () -> {
                    ledger.noteFirst(undo);
                    return request.get();
                },
                task -> {
                    Thread thread = new Thread(task, "plumbline-write");
                    thread.setContextClassLoader(getClass().getClassLoader());
                    thread.setDaemon(true);
                    thread.start();
                });
        try {
            return done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException itsOwn) {
                throw itsOwn;
            }
            if (e.getCause() instanceof Error judged) {
                throw judged; // a refusal for cause is a failure of the scenario
            }
            throw e;
        }
    }

    /** Returns when looks see this write; they would else judge the state before it. */
    void awaitSeen(ObjectRef ref, GenericKubernetesResource written) {
        target.feeds().awaitSeen(ref, Long.parseLong(written.getMetadata().getResourceVersion()));
    }

    /** Returns when looks see that this very object is gone, replaced or, unless it must be gone, under deletion. */
    void awaitDeletionSeen(ObjectRef ref, String uid, Duration limit, boolean going) throws InterruptedException {
        Gone gone = new Gone(target, ref, uid, going);
        Judgement seen =
                new Eventually(target.clock(), Limits.DEFAULT).within(limit, gone, Expectation.isTrue("deleted"));
        if (seen.verdict() != Verdict.PASS) {
            throw new NotMeasured(
                    "the deletion of " + ref + " was accepted but not seen: " + seen.reason(),
                    null,
                    Concern.with(gone, seen));
        }
    }

    void awaitDeletionSeen(ObjectRef ref, String uid) throws InterruptedException {
        awaitDeletionSeen(ref, uid, SEEN, true);
    }
}
