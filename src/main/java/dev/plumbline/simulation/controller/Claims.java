package dev.plumbline.simulation.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState.Change.Type;
import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.LocalVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Binds PersistentVolumeClaims: to volumes that fit, or to new ones of the local-path provisioner. */
final class Claims {

    static final String PROVISIONER = "rancher.io/local-path";
    private static final String PROTECTION = "kubernetes.io/pvc-protection";

    private final State state;
    private final VirtualClock clock;
    private final Queue queue;

    Claims(State state, VirtualClock clock) {
        this.state = state.as("kube-controller-manager");
        this.clock = clock;
        this.queue = new Queue(clock, this::reconcile);
    }

    void start() {
        queue.watch(state, "v1", "PersistentVolumeClaim");
        state.onRawChange(this::changed);
    }

    /** A pod that goes may free a claim that is being deleted; a new volume may fit one that waits. */
    private void changed(Type type, ObjectRef ref, ObjectNode object, @Nullable ObjectNode before) {
        boolean podGone = ref.kind().kind().equals("Pod") && type == Type.DELETED;
        boolean newVolume = ref.kind().kind().equals("PersistentVolume") && type == Type.ADDED;
        if (podGone || newVolume) {
            var kind = state.kind("v1", "PersistentVolumeClaim").orElseThrow();
            state.raw(kind, podGone ? ref.namespace() : null)
                    .forEach(claim -> queue.add(new ObjectRef(
                            kind,
                            claim.path("metadata").path("namespace").asText(),
                            claim.path("metadata").path("name").asText())));
        }
    }

    static Optional<StorageClass> storageClass(State state, PersistentVolumeClaim claim) {
        String name = claim.getSpec().getStorageClassName();
        return name == null || name.isEmpty() ? Optional.empty() : state.get(StorageClass.class, null, name);
    }

    static boolean waitsForConsumer(State state, PersistentVolumeClaim claim) {
        return storageClass(state, claim)
                .filter(found -> "WaitForFirstConsumer".equals(found.getVolumeBindingMode()))
                .isPresent();
    }

    private void reconcile(ObjectRef ref) {
        Optional<PersistentVolumeClaim> found = state.get(PersistentVolumeClaim.class, ref.namespace(), ref.name());
        if (found.isEmpty()) {
            return;
        }
        PersistentVolumeClaim claim = found.get();
        if (Pods.dying(claim)) {
            release(ref, claim);
        } else if (!"Bound".equals(claim.getStatus().getPhase())) {
            bind(ref, claim);
        }
    }

    private void release(ObjectRef ref, PersistentVolumeClaim claim) {
        boolean used = state.list(Pod.class, ref.namespace()).stream()
                .filter(pod -> !Pods.over(pod))
                .flatMap(pod -> pod.getSpec().getVolumes().stream())
                .anyMatch(volume -> volume.getPersistentVolumeClaim() != null
                        && volume.getPersistentVolumeClaim().getClaimName().equals(ref.name()));
        if (!used && claim.getMetadata().getFinalizers().contains(PROTECTION)) {
            state.edit(PersistentVolumeClaim.class, ref.namespace(), ref.name(), live -> {
                live.getMetadata().getFinalizers().remove(PROTECTION);
                return live;
            });
        }
    }

    private void bind(ObjectRef ref, PersistentVolumeClaim claim) {
        Optional<PersistentVolume> fitting = state.list(PersistentVolume.class, null).stream()
                .filter(volume -> Volumes.fits(volume, claim))
                .min(Comparator.comparing(Volumes::size)
                        .thenComparing(volume -> volume.getMetadata().getName()));
        Optional<StorageClass> storageClass = storageClass(state, claim);
        boolean selected = claim.getMetadata().getAnnotations() != null
                && claim.getMetadata().getAnnotations().containsKey(Scheduler.SELECTED);
        if (waitsForConsumer(state, claim) && !selected) {
            String message = "waiting for first consumer to be created before binding";
            state.event(claim, "Normal", "WaitForFirstConsumer", message, "persistentvolume-controller");
        } else if (fitting.isPresent()) {
            Volumes.bind(state, claim, fitting.get());
        } else if (storageClass.isPresent()) {
            provision(ref, claim, storageClass.get());
        } else if (claim.getSpec().getStorageClassName() != null
                && !claim.getSpec().getStorageClassName().isEmpty()) {
            String message = "storageclass.storage.k8s.io \"" + claim.getSpec().getStorageClassName() + "\" not found";
            state.event(claim, "Warning", "ProvisioningFailed", message, "persistentvolume-controller");
        } else {
            String message = "no persistent volumes available for this claim and no storage class is set";
            state.event(claim, "Normal", "FailedBinding", message, "persistentvolume-controller");
        }
    }

    private void provision(ObjectRef ref, PersistentVolumeClaim claim, StorageClass storageClass) {
        if (!storageClass.getProvisioner().equals(PROVISIONER)) {
            String message = "Waiting for a volume to be created either by the external provisioner '"
                    + storageClass.getProvisioner() + "' or manually by the system administrator. If volume creation is"
                    + " delayed, please verify that the provisioner is running and correctly registered.";
            state.event(claim, "Normal", "ExternalProvisioning", message, "persistentvolume-controller");
            return;
        }
        String name = "pvc-" + claim.getMetadata().getUid();
        if (state.get(PersistentVolume.class, null, name).isPresent()) {
            return;
        }
        clock.after(Duration.ofMillis(500), () -> {
            boolean there = state.get(PersistentVolumeClaim.class, ref.namespace(), ref.name())
                    .filter(live -> live.getMetadata()
                            .getUid()
                            .equals(claim.getMetadata().getUid()))
                    .isPresent();
            if (there && state.get(PersistentVolume.class, null, name).isEmpty()) {
                create(claim, storageClass, name);
            }
        });
    }

    private void create(PersistentVolumeClaim claim, StorageClass storageClass, String name) {
        String node = annotation(claim, Scheduler.SELECTED, "");
        PersistentVolume volume = new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToAnnotations("pv.kubernetes.io/provisioned-by", PROVISIONER)
                .endMetadata()
                .withNewSpec()
                .withCapacity(Map.of(
                        "storage", claim.getSpec().getResources().getRequests().get("storage")))
                .withAccessModes(claim.getSpec().getAccessModes())
                .withVolumeMode(claim.getSpec().getVolumeMode())
                .withPersistentVolumeReclaimPolicy(storageClass.getReclaimPolicy())
                .withStorageClassName(storageClass.getMetadata().getName())
                .withNewNodeAffinity()
                .withNewRequired()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey("kubernetes.io/hostname")
                .withOperator("In")
                .withValues(node)
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequired()
                .endNodeAffinity()
                .withClaimRef(Volumes.reference(claim))
                .endSpec()
                .build();
        String path = "/var/lib/simulated/" + name;
        String type = annotation(claim, "volumeType", annotation(storageClass, "defaultVolumeType", "hostPath"));
        if (type.equals("local")) {
            volume.getSpec().setLocal(new LocalVolumeSource(null, path));
        } else {
            volume.getSpec().setHostPath(new HostPathVolumeSource(path, "DirectoryOrCreate"));
        }
        state.create(volume);
        String message = "Successfully provisioned volume " + name;
        state.event(claim, "Normal", "ProvisioningSucceeded", message, PROVISIONER);
    }

    private static String annotation(HasMetadata object, String key, String otherwise) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? otherwise : annotations.getOrDefault(key, otherwise);
    }
}
