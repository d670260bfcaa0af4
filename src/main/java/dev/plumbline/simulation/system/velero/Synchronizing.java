package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes backups known that lie in a store and not in the cluster, as after the loss of the cluster. */
record Synchronizing(World world, String namespace, Locations locations) {

    void look() {
        for (GenericKubernetesResource location : world.state().list(Velero.LOCATION, namespace)) {
            String name = location.getMetadata().getName();
            if (!Velero.phase(location).equals("Available")) {
                continue;
            }
            try {
                for (GenericKubernetesResource backup : new BackupFiles(locations.store(name)).backups()) {
                    add(backup, name);
                }
                locations.synced(name);
            } catch (StoreFailure e) {
                world.state().event(location, "Warning", "BackupSyncFailed", String.valueOf(e.getMessage()), "velero");
            }
        }
    }

    private void add(GenericKubernetesResource stored, String location) {
        ObjectRef ref =
                new ObjectRef(Velero.BACKUP, namespace, stored.getMetadata().getName());
        Map<String, Object> status = stored.get("status");
        if (world.state().get(ref).isPresent() || status == null) {
            return;
        }
        Map<String, Object> spec = new LinkedHashMap<>(stored.<Map<String, Object>>get("spec"));
        spec.put("storageLocation", location);
        Map<String, String> labels = stored.getMetadata().getLabels();
        GenericKubernetesResource backup =
                Velero.object(Velero.BACKUP, namespace, ref.name(), labels == null ? Map.of() : labels, spec);
        backup.setAdditionalProperty("status", status);
        world.state().create(backup);
    }
}
