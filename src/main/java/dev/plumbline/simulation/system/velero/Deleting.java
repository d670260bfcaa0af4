package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deletes backups with all that belongs to them: on request, and when their time is over. */
record Deleting(VeleroServer server, Locations locations) {

    void expired() {
        World world = server.world();
        for (GenericKubernetesResource backup : world.state().list(Velero.BACKUP, server.namespace())) {
            String expiration = backup.get("status", "expiration");
            if (expiration != null
                    && Instant.parse(expiration).isBefore(world.clock().instant())) {
                delete(backup.getMetadata().getName());
            }
        }
    }

    void process(GenericKubernetesResource request) {
        String backup = String.valueOf(request.<Object>get("spec", "backupName"));
        List<String> errors = delete(backup);
        ObjectRef ref = Velero.ref(Velero.DELETE_REQUEST, request);
        Velero.status(server.world(), ref, Map.of("phase", "Processed", "errors", errors));
        if (errors.isEmpty()) {
            server.world().state().delete(ref);
        }
    }

    private List<String> delete(String name) {
        World world = server.world();
        ObjectRef ref = new ObjectRef(Velero.BACKUP, server.namespace(), name);
        Optional<GenericKubernetesResource> backup = world.state().get(ref);
        if (backup.isEmpty()) {
            return List.of("backup not found");
        }
        try {
            String location = String.valueOf(backup.get().<Object>get("spec", "storageLocation"));
            new BackupFiles(locations.store(location)).delete(name);
        } catch (StoreFailure e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        for (Kind kind : List.of(Velero.VOLUME_BACKUP, Velero.RESTORE)) {
            world.state().list(kind, server.namespace()).stream()
                    .filter(it -> belongs(it, name))
                    .forEach(it -> world.state().delete(Velero.ref(kind, it)));
        }
        world.state().delete(ref);
        return List.of();
    }

    private static boolean belongs(GenericKubernetesResource object, String backup) {
        Map<String, String> labels = object.getMetadata().getLabels();
        boolean labelled = labels != null && backup.equals(labels.get(Velero.BACKUP_NAME));
        return labelled || backup.equals(object.get("spec", "backupName"));
    }
}
