package dev.plumbline.action;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Verdict;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes single objects, each write noted in the ledger with its undo first. */
final class Written {

    /** Long enough for a namespace with volumes to empty. */
    private static final Duration GONE = Duration.ofMinutes(2);

    private static final Duration SEEN = Duration.ofSeconds(10);
    private static final int RESTORE_ATTEMPTS = 5;

    private final Target target;
    private final Ledger ledger;

    Written(Target target, Ledger ledger) {
        this.target = target;
        this.ledger = ledger;
    }

    Resource<GenericKubernetesResource> handle(ObjectRef ref) {
        var all = target.client().genericKubernetesResources(ref.kind().context());
        return ref.kind().namespaced()
                ? all.inNamespace(ref.namespace()).withName(ref.name())
                : all.withName(ref.name());
    }

    Optional<GenericKubernetesResource> read(ObjectRef ref) {
        return Optional.ofNullable(handle(ref).get());
    }

    /**
     * Notes how to undo a write to this object, from what is there now. The first write of a run decides: what it made
     * goes, what it changed gets back what it was before, whatever later writes found there.
     */
    void noteUndo(ObjectRef ref, Optional<GenericKubernetesResource> before) {
        String restored = ref + " as it was";
        if (ledger.holds(ref.toString()) || ledger.holds(restored)) {
            return;
        }
        ledger.note(before.map(original -> new Undo(restored, () -> restore(ref, original)))
                .orElseGet(() -> new Undo(ref.toString(), () -> remove(ref))));
    }

    /** Deletes and waits until it is gone. What a refused write never made is not asked to go. */
    void remove(ObjectRef ref) throws InterruptedException {
        if (read(ref).isEmpty()) {
            return;
        }
        handle(ref).delete();
        Judgement gone = new Eventually(target.clock(), Limits.DEFAULT)
                .within(GONE, new Deleted(ref, null), Expectation.isTrue("gone"));
        if (gone.verdict() != Verdict.PASS) {
            throw new IllegalStateException("still there after " + GONE.toSeconds() + " s"
                    + read(ref).map(Written::blockers).orElse(""));
        }
    }

    private static String blockers(GenericKubernetesResource left) {
        var finalizers = left.getMetadata().getFinalizers();
        return finalizers == null || finalizers.isEmpty() ? "" : ", held by finalizers " + finalizers;
    }

    /** Controllers write to the object, too, so that a conflict is tried again from what it is then. */
    private void restore(ObjectRef ref, GenericKubernetesResource original) {
        for (int attempt = 1; ; attempt++) {
            try {
                putBack(ref, bare(original));
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == RESTORE_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void putBack(ObjectRef ref, GenericKubernetesResource back) {
        Optional<GenericKubernetesResource> now = read(ref);
        if (now.map(Written::bare).filter(back::equals).isPresent()) {
            return;
        }
        if (now.isPresent()) {
            back.getMetadata().setResourceVersion(now.get().getMetadata().getResourceVersion());
            handle(ref, back).update();
        } else {
            handle(ref, back).create();
        }
    }

    Resource<GenericKubernetesResource> handle(ObjectRef ref, GenericKubernetesResource object) {
        var all = target.client().genericKubernetesResources(ref.kind().context());
        return ref.kind().namespaced() ? all.inNamespace(ref.namespace()).resource(object) : all.resource(object);
    }

    /** Returns when looks see this write; they would else judge the state before it. */
    void awaitSeen(ObjectRef ref, GenericKubernetesResource written) {
        long version = Long.parseLong(written.getMetadata().getResourceVersion());
        target.feeds().awaitSeen(kind -> kind.equals(ref.kind()) ? version : 0);
    }

    /** Returns when looks see that this very object is gone, replaced or under deletion. */
    void awaitDeletionSeen(ObjectRef ref, String uid) throws InterruptedException {
        Judgement seen = new Eventually(target.clock(), Limits.DEFAULT)
                .within(SEEN, new Deleted(ref, uid), Expectation.isTrue("deleted"));
        if (seen.verdict() != Verdict.PASS) {
            throw new NotMeasured("the deletion of " + ref + " was accepted but not seen: " + seen.reason());
        }
    }

    /** The object without what the server sets. */
    static GenericKubernetesResource bare(GenericKubernetesResource object) {
        var copy = io.fabric8.kubernetes.client.utils.Serialization.clone(object);
        var metadata = copy.getMetadata();
        metadata.setResourceVersion(null);
        metadata.setUid(null);
        metadata.setCreationTimestamp(null);
        metadata.setGeneration(null);
        metadata.setManagedFields(null);
        metadata.setDeletionTimestamp(null);
        metadata.setDeletionGracePeriodSeconds(null);
        copy.getAdditionalProperties().remove("status");
        return copy;
    }

    /** Whether an object is gone; with a UID also whether it is another one by now, or under deletion. */
    private final class Deleted implements Probe<Boolean> {

        private final ObjectRef ref;
        private final @Nullable String uid;

        Deleted(ObjectRef ref, @Nullable String uid) {
            this.ref = ref;
            this.uid = uid;
        }

        @Override
        public String subject() {
            return ref.toString();
        }

        @Override
        public Observation<Boolean> look() {
            var seen = target.feeds().get(ref);
            return seen instanceof Observation.Absent
                    ? new Observation.Seen<>(true, ref.toString(), seen.at())
                    : seen.map(object -> uid != null
                            && (!uid.equals(object.getMetadata().getUid())
                                    || object.getMetadata().getDeletionTimestamp() != null));
        }

        @Override
        public Optional<Subscription> onChange(Runnable changed) {
            return Optional.of(target.feeds().onChange(ref.kind(), changed));
        }
    }
}
