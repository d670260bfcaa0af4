package dev.plumbline.action;

import dev.plumbline.cluster.ObjectRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes off an object what a change by hand left on it: fields that nobody has set since, and the name in managedFields,
 * which would say to whoever comes next that somebody writes by hand.
 */
final class HandMarks {

    /** Between our look and our write a controller may write. */
    private static final int ATTEMPTS = 10;

    private final Written written;

    HandMarks(Written written) {
        this.written = written;
    }

    void takeOff(ObjectRef ref, GenericKubernetesResource before) {
        for (int attempt = 1; ; attempt++) {
            try {
                written.objects()
                        .read(ref)
                        .filter(now -> isTheSame(before, now)
                                && by(now).isPresent()
                                && by(before).isEmpty())
                        .ifPresent(now -> write(ref, before, now));
                return;
            } catch (KubernetesClientException e) {
                boolean changed = e.getCode() == HttpURLConnection.HTTP_CONFLICT
                        || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
                if (!changed || attempt == ATTEMPTS) {
                    throw Refusals.judged("taking back what was changed by hand of", ref, e);
                }
            }
        }
    }

    private static boolean isTheSame(GenericKubernetesResource before, GenericKubernetesResource now) {
        return before.getMetadata().getUid().equals(now.getMetadata().getUid())
                && now.getMetadata().getDeletionTimestamp() == null;
    }

    private static Optional<ManagedFieldsEntry> by(GenericKubernetesResource object) {
        return entries(object).stream()
                .filter(entry -> ChangeObject.MANAGER.equals(entry.getManager()))
                .findFirst();
    }

    private static List<ManagedFieldsEntry> entries(GenericKubernetesResource object) {
        return Optional.ofNullable(object.getMetadata().getManagedFields()).orElse(List.of());
    }

    private void write(ObjectRef ref, GenericKubernetesResource before, GenericKubernetesResource now) {
        GenericKubernetesResource back = OwnFields.putBack(before, now, Set.of(ChangeObject.MANAGER));
        back.getMetadata().setResourceVersion(now.getMetadata().getResourceVersion());
        back.getMetadata()
                .setManagedFields(entries(now).stream()
                        .filter(entry -> !ChangeObject.MANAGER.equals(entry.getManager()))
                        .toList());
        GenericKubernetesResource after = written.write(
                Written.undo(ref, Optional.of(before)),
                () -> written.objects().handle(ref, back).update());
        written.awaitSeen(ref, after);
    }
}
