package dev.plumbline.simulation.controller;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Keeps PersistentVolumes: available, bound, and when their claim is gone released or deleted. */
final class Volumes {

    private static final String PROTECTION = "kubernetes.io/pv-protection";

    private final State state;
    private final Queue queue;

    Volumes(State state, VirtualClock clock) {
        this.state = state.as("kube-controller-manager");
        this.queue = new Queue(clock, this::reconcile);
    }

    void start() {
        queue.watch(state, "v1", "PersistentVolume");
        state.onRawChange((type, ref, object, before) -> {
            String volume = object.path("spec").path("volumeName").asText("");
            if (ref.kind().kind().equals("PersistentVolumeClaim") && !volume.isEmpty()) {
                state.kind("v1", "PersistentVolume").ifPresent(kind -> queue.add(new ObjectRef(kind, null, volume)));
            }
        });
    }

    private void reconcile(ObjectRef ref) {
        Optional<PersistentVolume> found = state.get(PersistentVolume.class, null, ref.name());
        if (found.isEmpty()) {
            return;
        }
        PersistentVolume volume = found.get();
        Optional<PersistentVolumeClaim> claim = claim(volume);
        if (Pods.dying(volume)) {
            if (claim.isEmpty()) {
                unprotect(ref);
            }
        } else if (volume.getSpec().getClaimRef() == null) {
            phase(ref, "Available");
        } else if (claim.isPresent()) {
            phase(ref, "Bound");
        } else if ("Delete".equals(volume.getSpec().getPersistentVolumeReclaimPolicy())
                && volume.getSpec().getClaimRef().getUid() != null) {
            phase(ref, "Released");
            state.delete(ref);
        } else {
            phase(ref, volume.getSpec().getClaimRef().getUid() == null ? "Available" : "Released");
        }
    }

    private Optional<PersistentVolumeClaim> claim(PersistentVolume volume) {
        ObjectReference reference = volume.getSpec().getClaimRef();
        return reference == null || reference.getUid() == null
                ? Optional.empty()
                : state.get(PersistentVolumeClaim.class, reference.getNamespace(), reference.getName())
                        .filter(claim -> claim.getMetadata().getUid().equals(reference.getUid()));
    }

    private void unprotect(ObjectRef ref) {
        state.edit(PersistentVolume.class, null, ref.name(), live -> {
            live.getMetadata().getFinalizers().remove(PROTECTION);
            return live;
        });
    }

    private void phase(ObjectRef ref, String phase) {
        state.editStatus(PersistentVolume.class, null, ref.name(), live -> {
            live.setStatus(new PersistentVolumeStatusBuilder(live.getStatus())
                    .withPhase(phase)
                    .build());
            return live;
        });
    }

    static BigDecimal size(PersistentVolume volume) {
        return amount(volume.getSpec().getCapacity());
    }

    private static BigDecimal amount(Map<String, Quantity> sizes) {
        Quantity storage = sizes.get("storage");
        return storage == null ? BigDecimal.ZERO : storage.getNumericalAmount();
    }

    static boolean fits(PersistentVolume volume, PersistentVolumeClaim claim) {
        ObjectReference reference = volume.getSpec().getClaimRef();
        if (reference != null) {
            return Objects.equals(reference.getName(), claim.getMetadata().getName())
                    && Objects.equals(
                            reference.getNamespace(), claim.getMetadata().getNamespace())
                    && (reference.getUid() == null
                            || reference.getUid().equals(claim.getMetadata().getUid()));
        }
        String wanted = claim.getSpec().getVolumeName();
        if (wanted != null && !wanted.isEmpty()) {
            return wanted.equals(volume.getMetadata().getName());
        }
        return text(volume.getSpec().getStorageClassName())
                        .equals(text(claim.getSpec().getStorageClassName()))
                && volume.getSpec().getAccessModes().containsAll(claim.getSpec().getAccessModes())
                && size(volume).compareTo(amount(claim.getSpec().getResources().getRequests())) >= 0;
    }

    private static String text(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }

    static ObjectReference reference(PersistentVolumeClaim claim) {
        return new ObjectReferenceBuilder()
                .withApiVersion("v1")
                .withKind("PersistentVolumeClaim")
                .withNamespace(claim.getMetadata().getNamespace())
                .withName(claim.getMetadata().getName())
                .withUid(claim.getMetadata().getUid())
                .build();
    }

    static void bind(State state, PersistentVolumeClaim claim, PersistentVolume volume) {
        String name = volume.getMetadata().getName();
        state.edit(PersistentVolume.class, null, name, live -> {
            live.getSpec().setClaimRef(reference(claim));
            return live;
        });
        String namespace = claim.getMetadata().getNamespace();
        state.edit(PersistentVolumeClaim.class, namespace, claim.getMetadata().getName(), live -> {
            Map<String, String> annotations = new LinkedHashMap<>();
            if (live.getMetadata().getAnnotations() != null) {
                annotations.putAll(live.getMetadata().getAnnotations());
            }
            annotations.put("pv.kubernetes.io/bind-completed", "yes");
            live.getMetadata().setAnnotations(annotations);
            live.getSpec().setVolumeName(name);
            return live;
        });
        state.editStatus(
                PersistentVolumeClaim.class, namespace, claim.getMetadata().getName(), live -> {
                    live.getStatus().setPhase("Bound");
                    live.getStatus().setAccessModes(volume.getSpec().getAccessModes());
                    live.getStatus().setCapacity(volume.getSpec().getCapacity());
                    return live;
                });
    }
}
