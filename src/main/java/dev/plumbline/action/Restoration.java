package dev.plumbline.action;

import dev.plumbline.cluster.Guard;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.timing.Deadline;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/**
 * Makes an object what it was before the run. Where somebody else wrote to it since, only the fields that are still the
 * run's go back, and the others keep what they were given.
 */
final class Restoration {

    private static final int ATTEMPTS = 10;

    private final LiveObjects objects;
    private final Deadline deadline;

    Restoration(LiveObjects objects, Deadline deadline) {
        this.objects = objects;
        this.deadline = deadline;
    }

    /** Controllers write to the object, too, so that a conflict is tried again from what it is then. */
    void restore(Undo.Restore undo) throws InterruptedException {
        GenericKubernetesResource original = undo.original();
        if (original == null) {
            throw new IllegalStateException(
                    "what it was stood in the cluster's copy of the ledger only, which is gone");
        }
        for (int attempt = 1; ; attempt++) {
            try {
                putBack(undo.ref(), original);
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void putBack(ObjectRef ref, GenericKubernetesResource original) throws InterruptedException {
        Optional<GenericKubernetesResource> now = objects.read(ref);
        if (now.isPresent() && now.get().getMetadata().getDeletionTimestamp() != null) {
            new Removal(objects, deadline, Optional.empty())
                    .awaitGone(ref, now.get().getMetadata().getUid());
            now = objects.read(ref);
        }
        if (now.isEmpty()) {
            recreate(ref, original);
            return;
        }
        GenericKubernetesResource back = OwnFields.othersWroteSince(original, now.get())
                ? OwnFields.putBack(original, now.get())
                : LiveObjects.bare(original);
        if (!LiveObjects.bare(back).equals(LiveObjects.bare(now.get()))) {
            back.getMetadata().setResourceVersion(now.get().getMetadata().getResourceVersion());
            objects.handle(ref, back).update();
        }
    }

    /** What another run had made, and has removed by now, is not missed; what has a controller, it has made again. */
    private void recreate(ObjectRef ref, GenericKubernetesResource original) {
        ObjectMeta metadata = original.getMetadata();
        boolean ofARun = metadata.getLabels() != null && metadata.getLabels().containsKey(Guard.RUN_LABEL);
        boolean controlled = metadata.getOwnerReferences() != null
                && metadata.getOwnerReferences().stream().anyMatch(owner -> Boolean.TRUE.equals(owner.getController()));
        if (!ofARun && !controlled) {
            objects.handle(ref, LiveObjects.bare(original)).create();
        }
    }
}
