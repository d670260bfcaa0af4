package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names that Velero's API fixes, and how its objects are written. */
final class Velero {

    static final String GROUP = "velero.io";
    static final Kind BACKUP = kind("Backup", "backups");
    static final Kind RESTORE = kind("Restore", "restores");
    static final Kind SCHEDULE = kind("Schedule", "schedules");
    static final Kind LOCATION = kind("BackupStorageLocation", "backupstoragelocations");
    static final Kind REPOSITORY = kind("BackupRepository", "backuprepositories");
    static final Kind VOLUME_BACKUP = kind("PodVolumeBackup", "podvolumebackups");
    static final Kind VOLUME_RESTORE = kind("PodVolumeRestore", "podvolumerestores");
    static final Kind DELETE_REQUEST = kind("DeleteBackupRequest", "deletebackuprequests");
    static final Kind STATUS_REQUEST = kind("ServerStatusRequest", "serverstatusrequests");

    static final String BACKUP_NAME = "velero.io/backup-name";
    static final String BACKUP_UID = "velero.io/backup-uid";
    static final String RESTORE_NAME = "velero.io/restore-name";
    static final String RESTORE_UID = "velero.io/restore-uid";
    static final String STORAGE_LOCATION = "velero.io/storage-location";
    static final String SCHEDULE_NAME = "velero.io/schedule-name";
    static final String EXCLUDE = "velero.io/exclude-from-backup";

    private Velero() {}

    private static Kind kind(String kind, String plural) {
        return new Kind(GROUP, "v1", kind, plural, true);
    }

    static Instant now(World world) {
        return world.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }

    static ObjectRef ref(Kind kind, GenericKubernetesResource object) {
        return new ObjectRef(
                kind, object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    static String phase(GenericKubernetesResource object) {
        return Optional.ofNullable(object.<String>get("status", "phase")).orElse("");
    }

    /** Writes fields of the status; a null takes one away. */
    static void status(World world, ObjectRef ref, Map<String, ? extends @Nullable Object> fields) {
        part(world, ref, "status", fields);
    }

    static void spec(World world, ObjectRef ref, Map<String, ? extends @Nullable Object> fields) {
        part(world, ref, "spec", fields);
    }

    private static void part(World world, ObjectRef ref, String part, Map<String, ? extends @Nullable Object> fields) {
        world.state().edit(ref, object -> {
            Map<String, Object> present = object.get(part);
            Map<String, Object> edited = present == null ? new LinkedHashMap<>() : new LinkedHashMap<>(present);
            fields.forEach((key, value) -> {
                if (value == null) {
                    edited.remove(key);
                } else {
                    edited.put(key, value);
                }
            });
            object.setAdditionalProperty(part, edited);
            return object;
        });
    }

    /** An object of Velero's own, to be created. */
    static GenericKubernetesResource object(
            Kind kind, String namespace, String name, Map<String, String> labels, Map<String, Object> spec) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(kind.apiVersion())
                .withKind(kind.kind())
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withAdditionalProperties(Map.of("spec", spec))
                .build();
    }
}
