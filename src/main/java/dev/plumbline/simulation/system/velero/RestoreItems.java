package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Creates the objects of a backup again; pods whose volumes have stored files get the init container that waits for them. */
final class RestoreItems {

    private final VeleroServer server;
    private final ClusterState state;
    private final GenericKubernetesResource restore;
    private final List<GenericKubernetesResource> volumes;
    private final UnaryOperator<String> target;
    private final List<String> errors;
    private final List<String> warnings;
    private final List<RestoredPod> pods = new ArrayList<>();
    private List<Item> all = List.of();

    RestoreItems(
            VeleroServer server,
            GenericKubernetesResource restore,
            List<GenericKubernetesResource> volumes,
            UnaryOperator<String> target,
            List<String> errors,
            List<String> warnings) {
        this.server = server;
        this.state = server.world().state();
        this.restore = restore;
        this.volumes = volumes;
        this.target = target;
        this.errors = errors;
        this.warnings = warnings;
    }

    /** The pods that were created with volumes to fill. */
    List<RestoredPod> pods() {
        return pods;
    }

    void create(List<Item> items) {
        all = items;
        items.forEach(this::create);
    }

    private void create(Item item) {
        Optional<Kind> kind = state.kind(item.kind().apiVersion(), item.kind().kind());
        if (kind.isEmpty()) {
            errors.add("error restoring " + item.words() + ": no matches for kind \""
                    + item.kind().kind() + "\"");
            return;
        }
        if (item.is("PersistentVolume") && !isKept(item)) {
            return;
        }
        GenericKubernetesResource object =
                Cleaning.clean(item, Boolean.TRUE.equals(restore.get("spec", "preserveNodePorts")));
        place(item, object);
        if (item.is("PersistentVolumeClaim") && !keepsVolume(item)) {
            Cleaning.unbind(object);
        }
        List<GenericKubernetesResource> stored = item.is("Pod") ? storedVolumes(item) : List.of();
        if (!stored.isEmpty()) {
            new WaitContainer(server.version())
                    .addTo(object, restore.getMetadata().getUid(), stored);
        }
        if (write(item, kind.get(), object) && !stored.isEmpty()) {
            pods.add(new RestoredPod(object.getMetadata().getNamespace(), item.name(), item.namespace(), stored));
        }
    }

    private void place(Item item, GenericKubernetesResource object) {
        if (item.kind().namespaced()) {
            object.getMetadata().setNamespace(target.apply(item.namespace()));
        } else if (item.is("Namespace")) {
            object.getMetadata().setName(target.apply(item.name()));
        }
        Map<String, String> labels = object.getMetadata().getLabels();
        labels.put(Velero.BACKUP_NAME, String.valueOf(restore.<Object>get("spec", "backupName")));
        labels.put(Velero.RESTORE_NAME, restore.getMetadata().getName());
    }

    /** A volume is only restored as it was when nothing makes it anew: it is kept on release and its files are not stored. */
    private boolean isKept(Item volume) {
        String policy = volume.object().get("spec", "persistentVolumeReclaimPolicy");
        boolean refilled = all.stream()
                .filter(it -> it.is("PersistentVolumeClaim"))
                .filter(it -> volume.name().equals(it.object().get("spec", "volumeName")))
                .anyMatch(this::hasStoredFiles);
        return "Retain".equals(policy) && !refilled;
    }

    private boolean keepsVolume(Item claim) {
        String volume = claim.object().get("spec", "volumeName");
        return all.stream()
                .filter(it -> it.is("PersistentVolume") && it.name().equals(volume))
                .anyMatch(this::isKept);
    }

    private boolean hasStoredFiles(Item claim) {
        String uid = String.valueOf(claim.object().getMetadata().getUid());
        return volumes.stream().anyMatch(it -> uid.equals(it.get("spec", "tags", "pvc-uid")));
    }

    private List<GenericKubernetesResource> storedVolumes(Item pod) {
        return volumes.stream()
                .filter(it -> Velero.phase(it).equals("Completed"))
                .filter(it -> pod.name().equals(it.get("spec", "pod", "name"))
                        && pod.namespace().equals(it.get("spec", "pod", "namespace")))
                .toList();
    }

    private boolean write(Item item, Kind kind, GenericKubernetesResource object) {
        ObjectRef ref = new ObjectRef(
                kind,
                kind.namespaced() ? object.getMetadata().getNamespace() : null,
                object.getMetadata().getName());
        try {
            Optional<GenericKubernetesResource> present = state.get(ref);
            if (present.isEmpty()) {
                state.create(object);
                return true;
            }
            merge(item, ref, object, present.get());
        } catch (KubernetesClientException e) {
            errors.add("error restoring " + item.words() + ": " + e.getMessage());
        }
        return false;
    }

    private void merge(Item item, ObjectRef ref, GenericKubernetesResource object, GenericKubernetesResource present) {
        if (item.is("Namespace") || item.is("ServiceAccount") || isSame(object, present)) {
            return;
        }
        if ("update".equals(restore.get("spec", "existingResourcePolicy"))) {
            state.edit(ref, live -> {
                object.getAdditionalProperties().forEach(live::setAdditionalProperty);
                live.getMetadata().setLabels(object.getMetadata().getLabels());
                live.getMetadata().setAnnotations(object.getMetadata().getAnnotations());
                return live;
            });
            return;
        }
        warnings.add("could not restore, " + item.words() + " already exists. Warning: the in-cluster version is"
                + " different than the backed-up version");
    }

    private static boolean isSame(GenericKubernetesResource object, GenericKubernetesResource present) {
        Map<String, Object> mine = new LinkedHashMap<>(object.getAdditionalProperties());
        Map<String, Object> theirs = new LinkedHashMap<>(present.getAdditionalProperties());
        mine.remove("status");
        theirs.remove("status");
        return mine.equals(theirs);
    }
}
