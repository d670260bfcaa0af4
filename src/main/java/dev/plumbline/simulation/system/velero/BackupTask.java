package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One backup from InProgress to its end: objects first, then the files of each volume, then the upload. */
final class BackupTask {

    private static final Duration COLLECT = Duration.ofSeconds(1);
    private static final Duration UPLOAD = Duration.ofSeconds(1);

    private final VeleroServer server;
    private final World world;
    private final GenericKubernetesResource backup;
    private final ObjectRef ref;
    private final BackupFiles files;
    private final Runnable over;
    private final List<String> log = new ArrayList<>();
    private final List<GenericKubernetesResource> volumeBackups = new ArrayList<>();
    private List<Item> items = List.of();
    private int errors;

    BackupTask(VeleroServer server, GenericKubernetesResource backup, BackupFiles files, Runnable over) {
        this.server = server;
        this.world = server.world();
        this.backup = backup;
        this.ref = Velero.ref(Velero.BACKUP, backup);
        this.files = files;
        this.over = over;
    }

    void begin() {
        server.after(COLLECT, this::collect);
    }

    private void collect() {
        items = new Collecting(world.state(), new Selection(backup)).items();
        progress(0);
        boolean byDefault = Boolean.TRUE.equals(backup.get("spec", "defaultVolumesToFsBackup"));
        Volumes volumes = new Volumes(world.state(), byDefault);
        Deque<VolumeBackup> todo = new ArrayDeque<>();
        for (Item item : items) {
            if (item.is("Pod")) {
                world.state()
                        .get(Pod.class, item.namespace(), item.name())
                        .ifPresent(pod -> volumes.of(pod).forEach(volume -> plan(pod, volume, volumes, todo)));
            }
        }
        log.addAll(volumes.notes());
        readNext(todo);
    }

    private void plan(Pod pod, Volume volume, Volumes volumes, Deque<VolumeBackup> todo) {
        if (!"Running".equals(pod.getStatus().getPhase())) {
            log.add("level=warning msg=\"Skip pod volume " + volume.getName() + ": pod is not running\"");
            return;
        }
        if (!server.agentRunsOn(pod.getSpec().getNodeName())) {
            errors++;
            log.add("level=error msg=\"daemonset pod not found in running state in node "
                    + pod.getSpec().getNodeName() + "\"");
            return;
        }
        todo.add(new VolumeBackup(server, backup, pod, volume, volumes.claim(pod, volume)));
    }

    private void readNext(Deque<VolumeBackup> todo) {
        VolumeBackup next = todo.poll();
        if (next == null) {
            server.after(UPLOAD, this::upload);
            return;
        }
        next.run(files.store(), done -> {
            volumeBackups.add(done);
            if (!Velero.phase(done).equals("Completed")) {
                errors++;
                log.add("level=error msg=\"pod volume backup failed: " + done.get("status", "message") + "\"");
            }
            readNext(todo);
        });
    }

    private void upload() {
        progress(items.size());
        try {
            files.saveObjects(ref.name(), items, volumeBackups, log);
            Velero.status(world, ref, Map.of("phase", errors == 0 ? "Finalizing" : "FinalizingPartiallyFailed"));
            server.after(UPLOAD, this::complete);
        } catch (StoreFailure e) {
            fail(e);
        }
    }

    private void complete() {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("phase", errors == 0 ? "Completed" : "PartiallyFailed");
        status.put("completionTimestamp", Velero.now(world).toString());
        status.put("errors", errors == 0 ? null : errors);
        long warnings =
                log.stream().filter(line -> line.startsWith("level=warning")).count();
        status.put("warnings", warnings == 0 ? null : warnings);
        Velero.status(world, ref, status);
        try {
            files.saveBackup(world.state().get(ref).orElse(backup));
        } catch (StoreFailure e) {
            fail(e);
            return;
        }
        over.run();
    }

    private void fail(StoreFailure e) {
        Velero.status(
                world,
                ref,
                Map.of(
                        "phase",
                        "Failed",
                        "failureReason",
                        "error uploading backup: " + e.getMessage(),
                        "completionTimestamp",
                        Velero.now(world).toString()));
        over.run();
    }

    private void progress(int done) {
        Velero.status(world, ref, Map.of("progress", Map.of("totalItems", items.size(), "itemsBackedUp", done)));
    }
}
