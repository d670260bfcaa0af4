package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.World;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The files of one volume of a pod, read through a container that mounts it and stored as one object. */
final class VolumeBackup {

    private static final Duration START = Duration.ofMillis(500);
    private static final long BYTES_A_SECOND = 40_000_000;

    private final VeleroServer server;
    private final World world;
    private final GenericKubernetesResource backup;
    private final Pod pod;
    private final Volume volume;
    private final Optional<PersistentVolumeClaim> claim;

    VolumeBackup(
            VeleroServer server,
            GenericKubernetesResource backup,
            Pod pod,
            Volume volume,
            Optional<PersistentVolumeClaim> claim) {
        this.server = server;
        this.world = server.world();
        this.backup = backup;
        this.pod = pod;
        this.volume = volume;
        this.claim = claim;
    }

    /** Creates the PodVolumeBackup, does it, and hands over what became of it. */
    void run(ObjectStore store, Consumer<GenericKubernetesResource> done) {
        server.ensureRepository(pod.getMetadata().getNamespace(), backup.get("spec", "storageLocation"));
        GenericKubernetesResource object = object();
        ObjectRef ref = Velero.ref(Velero.VOLUME_BACKUP, object);
        world.state().create(object);
        Velero.status(
                world,
                ref,
                Map.of(
                        "phase",
                        "InProgress",
                        "startTimestamp",
                        Velero.now(world).toString(),
                        "path",
                        "/host_pods/" + pod.getMetadata().getUid() + "/volumes/" + volume.getName()));
        Optional<Map<String, byte[]>> content = read();
        long size = content.map(files ->
                        files.values().stream().mapToLong(it -> it.length).sum())
                .orElse(0L);
        server.after(START.plusMillis(1000 * size / BYTES_A_SECOND), () -> {
            finish(ref, store, content, size);
            done.accept(world.state().get(ref).orElse(object));
        });
    }

    private void finish(ObjectRef ref, ObjectStore store, Optional<Map<String, byte[]>> content, long size) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("completionTimestamp", Velero.now(world).toString());
        String snapshot = server.newId("k");
        try {
            byte[] packed = Archive.pack(content.orElseThrow(() -> new StoreFailure(
                    "no container of pod " + pod.getMetadata().getName() + " mounts volume " + volume.getName())));
            store.put(BackupFiles.volumeKey(pod.getMetadata().getNamespace(), snapshot), packed);
            status.put("phase", "Completed");
            status.put("snapshotID", snapshot);
            status.put("progress", Map.of("totalBytes", size, "bytesDone", size));
        } catch (StoreFailure e) {
            status.put("phase", "Failed");
            status.put("message", String.valueOf(e.getMessage()));
        }
        Velero.status(world, ref, status);
    }

    private Optional<Map<String, byte[]>> read() {
        for (Container container : pod.getSpec().getContainers()) {
            for (VolumeMount mount : container.getVolumeMounts()) {
                if (mount.getName().equals(volume.getName())) {
                    return world.files(pod, container.getName()).map(files -> read(files, mount));
                }
            }
        }
        return Optional.empty();
    }

    private static Map<String, byte[]> read(Files files, VolumeMount mount) {
        String root = mount.getMountPath().replaceFirst("/+$", "") + "/";
        String within = mount.getSubPath() == null || mount.getSubPath().isEmpty() ? "" : mount.getSubPath() + "/";
        Map<String, byte[]> content = new TreeMap<>();
        for (String path : files.list(root)) {
            files.read(path).ifPresent(bytes -> content.put(within + path.substring(root.length()), bytes));
        }
        return content;
    }

    private GenericKubernetesResource object() {
        String namespace = pod.getMetadata().getNamespace();
        String backupName = backup.getMetadata().getName();
        String backupUid = backup.getMetadata().getUid();
        Map<String, String> tags = new TreeMap<>(Map.of(
                "backup",
                backupName,
                "backup-uid",
                backupUid,
                "ns",
                namespace,
                "pod",
                pod.getMetadata().getName(),
                "pod-uid",
                pod.getMetadata().getUid(),
                "volume",
                volume.getName()));
        Map<String, String> labels =
                new TreeMap<>(Map.of(Velero.BACKUP_NAME, backupName, Velero.BACKUP_UID, backupUid));
        claim.ifPresent(it -> {
            tags.put("pvc-uid", it.getMetadata().getUid());
            labels.put("velero.io/pvc-uid", it.getMetadata().getUid());
        });
        String location = String.valueOf(backup.<Object>get("spec", "storageLocation"));
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("node", pod.getSpec().getNodeName());
        spec.put(
                "pod",
                Map.of(
                        "kind",
                        "Pod",
                        "namespace",
                        namespace,
                        "name",
                        pod.getMetadata().getName(),
                        "uid",
                        pod.getMetadata().getUid()));
        spec.put("volume", volume.getName());
        spec.put("backupStorageLocation", location);
        spec.put("repoIdentifier", "");
        spec.put("uploaderType", "kopia");
        spec.put("tags", tags);
        GenericKubernetesResource object = Velero.object(
                Velero.VOLUME_BACKUP, server.namespace(), backupName + "-" + server.newId(""), labels, spec);
        claim.ifPresent(it -> object.getMetadata()
                .setAnnotations(Map.of("velero.io/pvc-name", it.getMetadata().getName())));
        return object;
    }
}
