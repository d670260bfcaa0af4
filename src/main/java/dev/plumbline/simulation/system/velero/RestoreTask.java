package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.system.GoDuration;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One restore from InProgress to its end: objects in order, then the files of the volumes of restored pods. */
final class RestoreTask {

    private static final Duration DOWNLOAD = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration TERMINATING = Duration.ofMinutes(10);

    private final VeleroServer server;
    private final World world;
    private final GenericKubernetesResource restore;
    private final GenericKubernetesResource backup;
    private final ObjectRef ref;
    private final BackupFiles files;
    private final Runnable over;
    private final Selection selection;
    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    RestoreTask(
            VeleroServer server,
            GenericKubernetesResource restore,
            GenericKubernetesResource backup,
            BackupFiles files,
            Runnable over) {
        this.server = server;
        this.world = server.world();
        this.restore = restore;
        this.backup = backup;
        this.ref = Velero.ref(Velero.RESTORE, restore);
        this.files = files;
        this.over = over;
        this.selection = new Selection(restore);
    }

    void begin() {
        Instant giveUp = world.clock().instant().plus(TERMINATING);
        server.after(DOWNLOAD, () -> download(giveUp));
    }

    private void download(Instant giveUp) {
        try {
            List<GenericKubernetesResource> volumes =
                    files.volumes(backup.getMetadata().getName());
            List<Item> items = files.objects(backup.getMetadata().getName()).stream()
                    .filter(RestoreOrder::isRestored)
                    .filter(this::isSelected)
                    .sorted(RestoreOrder.ORDER)
                    .toList();
            whenNamespacesAreFree(items, volumes, giveUp);
        } catch (StoreFailure e) {
            end("Failed", String.valueOf(e.getMessage()));
        }
    }

    private boolean isSelected(Item item) {
        String namespace = item.is("Namespace") ? item.name() : item.namespace();
        boolean inScope = namespace.isEmpty()
                ? !Boolean.FALSE.equals(selection.clusterResources())
                : selection.takesNamespace(namespace);
        return inScope
                && selection.takesResource(item.kind())
                && (item.is("Namespace") || selection.takesLabels(item.labels()));
    }

    /** A namespace that is being deleted is waited for; nothing can be created in it. */
    private void whenNamespacesAreFree(List<Item> items, List<GenericKubernetesResource> volumes, Instant giveUp) {
        List<String> terminating = items.stream()
                .map(item -> item.is("Namespace") ? item.name() : item.namespace())
                .distinct()
                .filter(name -> !name.isEmpty())
                .map(this::target)
                .filter(name -> world.state()
                        .get(Namespace.class, null, name)
                        .filter(it -> it.getMetadata().getDeletionTimestamp() != null)
                        .isPresent())
                .toList();
        if (terminating.isEmpty()) {
            create(items, volumes);
        } else if (world.clock().instant().isBefore(giveUp)) {
            server.after(POLL, () -> whenNamespacesAreFree(items, volumes, giveUp));
        } else {
            errors.add("timed out waiting for terminating namespaces " + terminating + " to disappear");
            finish();
        }
    }

    private String target(String namespace) {
        Map<String, String> mapping = restore.get("spec", "namespaceMapping");
        return mapping == null ? namespace : mapping.getOrDefault(namespace, namespace);
    }

    private void create(List<Item> items, List<GenericKubernetesResource> volumes) {
        RestoreItems creator = new RestoreItems(server, restore, volumes, this::target, errors, warnings);
        creator.create(items);
        Velero.status(
                world, ref, Map.of("progress", Map.of("totalItems", items.size(), "itemsRestored", items.size())));
        List<VolumeRestore> todo = creator.pods().stream()
                .flatMap(pod -> pod.volumes().stream().map(volume -> new VolumeRestore(server, restore, pod, volume)))
                .collect(Collectors.toCollection(ArrayList::new));
        todo.forEach(VolumeRestore::announce);
        Duration most = GoDuration.parse(server.argument("fs-backup-timeout", "4h0m0s"));
        fill(todo, world.clock().instant().plus(most));
    }

    private void fill(List<VolumeRestore> todo, Instant giveUp) {
        todo.removeIf(volume -> volume.look(files.store()));
        if (todo.isEmpty()) {
            finish();
        } else if (world.clock().instant().isBefore(giveUp)) {
            server.after(POLL, () -> fill(todo, giveUp));
        } else {
            todo.forEach(volume -> errors.add("timed out restoring volume " + volume.words()));
            finish();
        }
    }

    private void finish() {
        long failed = world.state().list(Velero.VOLUME_RESTORE, ref.namespace()).stream()
                .filter(it -> it.getMetadata().getLabels() != null
                        && Objects.equals(
                                restore.getMetadata().getUid(),
                                it.getMetadata().getLabels().get(Velero.RESTORE_UID)))
                .filter(it -> Velero.phase(it).equals("Failed"))
                .count();
        for (long i = 0; i < failed; i++) {
            errors.add("pod volume restore failed");
        }
        end(errors.isEmpty() ? "Completed" : "PartiallyFailed", null);
    }

    private void end(String phase, @Nullable String reason) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("phase", phase);
        status.put("completionTimestamp", Velero.now(world).toString());
        status.put("errors", errors.isEmpty() ? null : errors.size());
        status.put("warnings", warnings.isEmpty() ? null : warnings.size());
        status.put("failureReason", reason);
        Velero.status(world, ref, status);
        over.run();
    }
}
