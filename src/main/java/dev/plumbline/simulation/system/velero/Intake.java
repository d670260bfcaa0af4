package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.system.GoDuration;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a new backup or restore, and either starts it or says why not. */
record Intake(VeleroServer server, Locations locations) {

    void begin(ObjectRef ref, Runnable over) {
        Optional<GenericKubernetesResource> found = server.world().state().get(ref);
        String phase = found.map(Velero::phase).orElse("gone");
        if (!phase.isEmpty() && !phase.equals("New")) {
            over.run();
        } else if (ref.kind().equals(Velero.BACKUP)) {
            backup(ref, found.orElseThrow(), over);
        } else {
            restore(ref, found.orElseThrow(), over);
        }
    }

    private void backup(ObjectRef ref, GenericKubernetesResource backup, Runnable over) {
        World world = server.world();
        String location = Optional.ofNullable(backup.<String>get("spec", "storageLocation"))
                .orElseGet(this::defaultLocation);
        String ttl = Optional.ofNullable(backup.<String>get("spec", "ttl"))
                .filter(it -> !it.equals("0s"))
                .orElseGet(() -> server.argument("default-backup-ttl", "720h0m0s"));
        Map<String, Object> spec = new LinkedHashMap<>(Map.of("storageLocation", location, "ttl", ttl));
        if (backup.get("spec", "defaultVolumesToFsBackup") == null) {
            spec.put(
                    "defaultVolumesToFsBackup",
                    Boolean.valueOf(server.argument("default-volumes-to-fs-backup", "false")));
        }
        Velero.spec(world, ref, spec);
        List<String> faults = faults(backup, location, ttl);
        if (!faults.isEmpty()) {
            refuse(ref, faults, over);
            return;
        }
        label(ref, location);
        Instant now = Velero.now(world);
        Duration lifetime = GoDuration.parse(ttl);
        Velero.status(
                world,
                ref,
                Map.of(
                        "phase",
                        "InProgress",
                        "version",
                        1,
                        "formatVersion",
                        "1.1.0",
                        "startTimestamp",
                        now.toString(),
                        "expiration",
                        now.plus(lifetime).toString()));
        try {
            BackupFiles files = new BackupFiles(locations.store(location));
            GenericKubernetesResource accepted = world.state().get(ref).orElse(backup);
            new BackupTask(server, accepted, files, over).begin();
        } catch (StoreFailure e) {
            Velero.status(world, ref, Map.of("phase", "Failed", "failureReason", String.valueOf(e.getMessage())));
            over.run();
        }
    }

    private String defaultLocation() {
        return server.world().state().list(Velero.LOCATION, server.namespace()).stream()
                .filter(it -> Boolean.TRUE.equals(it.get("spec", "default")))
                .map(it -> it.getMetadata().getName())
                .findFirst()
                .orElseGet(() -> server.argument("default-backup-storage-location", "default"));
    }

    private List<String> faults(GenericKubernetesResource backup, String location, String ttl) {
        List<String> faults = new ArrayList<>();
        Optional<GenericKubernetesResource> found = locations.find(location);
        if (found.isEmpty()) {
            faults.add("an existing backup storage location was not specified at backup creation time and the default "
                    + location
                    + " was not found. Please address this issue (see `velero backup-location -h` for options)"
                    + " and create a new backup. Error: BackupStorageLocation.velero.io \"" + location
                    + "\" not found");
        } else if (!Velero.phase(found.get()).equals("Available")) {
            faults.add("backup can't be created because BackupStorageLocation " + location + " is in "
                    + (Velero.phase(found.get()).isEmpty() ? "an unknown" : Velero.phase(found.get())) + " status.");
        } else if ("ReadOnly".equals(found.get().get("spec", "accessMode"))) {
            faults.add("backup can't be created because backup storage location " + location
                    + " is currently in read-only mode");
        }
        try {
            GoDuration.parse(ttl);
        } catch (IllegalArgumentException e) {
            faults.add(String.valueOf(e.getMessage()));
        }
        List<Object> hooks = backup.get("spec", "hooks", "resources");
        if (hooks != null && !hooks.isEmpty()) {
            faults.add("not simulated: backup hooks");
        }
        if (backup.get("spec", "resourcePolicy") != null
                || Boolean.TRUE.equals(backup.get("spec", "snapshotMoveData"))) {
            faults.add("not simulated: resource policies and moving of snapshots");
        }
        return faults;
    }

    private void label(ObjectRef ref, String location) {
        server.world().state().edit(ref, object -> {
            Map<String, String> labels = object.getMetadata().getLabels() == null
                    ? new LinkedHashMap<>()
                    : new LinkedHashMap<>(object.getMetadata().getLabels());
            labels.put(Velero.STORAGE_LOCATION, location);
            object.getMetadata().setLabels(labels);
            return object;
        });
    }

    private void restore(ObjectRef ref, GenericKubernetesResource restore, Runnable over) {
        World world = server.world();
        Optional<GenericKubernetesResource> backup = backupOf(restore);
        String phase = backup.map(Velero::phase).orElse("");
        if (backup.isEmpty()) {
            String name = String.valueOf(restore.<Object>get("spec", "backupName"));
            refuse(ref, List.of("Error retrieving backup: backup.velero.io \"" + name + "\" not found"), over);
            return;
        }
        if (!phase.equals("Completed") && !phase.equals("PartiallyFailed")) {
            refuse(
                    ref,
                    List.of("Error retrieving backup: backup phase is not Completed or PartiallyFailed but " + phase),
                    over);
            return;
        }
        String backupName = backup.get().getMetadata().getName();
        Velero.spec(world, ref, Map.of("backupName", backupName));
        Velero.status(
                world,
                ref,
                Map.of(
                        "phase",
                        "InProgress",
                        "startTimestamp",
                        Velero.now(world).toString()));
        try {
            String location = String.valueOf(backup.get().<Object>get("spec", "storageLocation"));
            BackupFiles files = new BackupFiles(locations.store(location));
            new RestoreTask(server, world.state().get(ref).orElse(restore), backup.get(), files, over).begin();
        } catch (StoreFailure e) {
            Velero.status(world, ref, Map.of("phase", "Failed", "failureReason", String.valueOf(e.getMessage())));
            over.run();
        }
    }

    /** The backup that a restore names, or the newest successful one of the schedule that it names. */
    private Optional<GenericKubernetesResource> backupOf(GenericKubernetesResource restore) {
        String name = restore.get("spec", "backupName");
        if (name != null && !name.isEmpty()) {
            return server.world().state().get(new ObjectRef(Velero.BACKUP, server.namespace(), name));
        }
        String schedule = String.valueOf(restore.<Object>get("spec", "scheduleName"));
        return server.world().state().list(Velero.BACKUP, server.namespace()).stream()
                .filter(it -> it.getMetadata().getLabels() != null)
                .filter(it -> schedule.equals(it.getMetadata().getLabels().get(Velero.SCHEDULE_NAME)))
                .filter(it -> Velero.phase(it).equals("Completed"))
                .max(Comparator.comparing(it -> String.valueOf(it.<Object>get("status", "startTimestamp"))));
    }

    private void refuse(ObjectRef ref, List<String> faults, Runnable over) {
        Velero.status(server.world(), ref, Map.of("phase", "FailedValidation", "validationErrors", faults));
        over.run();
    }
}
