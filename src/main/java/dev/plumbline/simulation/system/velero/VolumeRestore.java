package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Fills one volume of a restored pod with stored files, once the pod waits for them on a node that has a node-agent. */
final class VolumeRestore {

    private final VeleroServer server;
    private final World world;
    private final GenericKubernetesResource restore;
    private final RestoredPod pod;
    private final GenericKubernetesResource stored;
    private final ObjectRef ref;

    VolumeRestore(
            VeleroServer server, GenericKubernetesResource restore, RestoredPod pod, GenericKubernetesResource stored) {
        this.server = server;
        this.world = server.world();
        this.restore = restore;
        this.pod = pod;
        this.stored = stored;
        this.ref = new ObjectRef(
                Velero.VOLUME_RESTORE, server.namespace(), restore.getMetadata().getName() + "-" + server.newId(""));
    }

    String words() {
        return volume() + " of pod " + pod.namespace() + "/" + pod.name();
    }

    private String volume() {
        return Objects.requireNonNull(stored.<String>get("spec", "volume"));
    }

    /** Creates the PodVolumeRestore. */
    void announce() {
        Map<String, String> labels = new LinkedHashMap<>(Map.of(
                Velero.RESTORE_NAME,
                restore.getMetadata().getName(),
                Velero.RESTORE_UID,
                restore.getMetadata().getUid()));
        String claim = stored.get("spec", "tags", "pvc-uid");
        if (claim != null) {
            labels.put("velero.io/pvc-uid", claim);
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("pod", Map.of("kind", "Pod", "namespace", pod.namespace(), "name", pod.name()));
        spec.put("volume", volume());
        spec.put("backupStorageLocation", stored.get("spec", "backupStorageLocation"));
        spec.put("repoIdentifier", "");
        spec.put("uploaderType", "kopia");
        spec.put("snapshotID", stored.get("status", "snapshotID"));
        spec.put("sourceNamespace", pod.sourceNamespace());
        world.state().create(Velero.object(Velero.VOLUME_RESTORE, server.namespace(), ref.name(), labels, spec));
        Velero.status(world, ref, Map.of("phase", "New"));
    }

    /** Fills the volume if the pod is there and waits; whether this restore is over, for good or ill. */
    boolean look(ObjectStore store) {
        Optional<Pod> waiting = world.state()
                .get(Pod.class, pod.namespace(), pod.name())
                .filter(it -> server.agentRunsOn(it.getSpec().getNodeName()))
                .filter(it -> world.program(it, WaitContainer.NAME).isPresent());
        Optional<Files> files = waiting.flatMap(it -> world.files(it, WaitContainer.NAME));
        files.ifPresent(it -> fill(it, store));
        return files.isPresent();
    }

    private void fill(Files files, ObjectStore store) {
        String start = Velero.now(world).toString();
        Map<String, Object> status = new LinkedHashMap<>(Map.of("startTimestamp", start, "completionTimestamp", start));
        try {
            String snapshot = String.valueOf(stored.<Object>get("status", "snapshotID"));
            byte[] content = store.get(BackupFiles.volumeKey(pod.sourceNamespace(), snapshot))
                    .orElseThrow(() -> new StoreFailure("unable to find snapshot with id " + snapshot));
            String root = WaitContainer.MOUNTS + volume() + "/";
            Map<String, byte[]> all = Archive.unpack(content);
            all.forEach((path, bytes) -> files.write(root + path, bytes));
            files.write(root + ".velero/" + restore.getMetadata().getUid(), new byte[0]);
            long size = all.values().stream().mapToLong(it -> it.length).sum();
            status.put("phase", "Completed");
            status.put("progress", Map.of("totalBytes", size, "bytesDone", size));
        } catch (StoreFailure e) {
            status.put("phase", "Failed");
            status.put("message", String.valueOf(e.getMessage()));
        }
        Velero.status(world, ref, status);
    }
}
