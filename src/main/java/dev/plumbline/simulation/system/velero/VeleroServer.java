package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState;
import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.World;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A running server: it looks at what is new, works on one backup and one restore at a time, and keeps its clockwork. */
final class VeleroServer {

    private static final Duration NOTICE = Duration.ofMillis(200);
    private static final Duration START = Duration.ofSeconds(2);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final World world;
    private final String namespace;
    private final List<String> arguments;
    private final String version;
    private final NodeAgents agents;
    private final Locations locations;
    private final Intake intake;
    private final Deque<ObjectRef> queue = new ArrayDeque<>();
    private Probe.@Nullable Subscription subscription;
    private boolean running = true;
    private boolean busy;
    private long ids;

    VeleroServer(ImageModel.Start start, List<String> arguments, String version, NodeAgents agents) {
        this.world = start.world();
        this.namespace = start.pod().getMetadata().getNamespace();
        this.arguments = List.copyOf(arguments);
        this.version = version;
        this.agents = agents;
        this.locations = new Locations(start);
        this.intake = new Intake(this, locations);
    }

    World world() {
        return world;
    }

    String namespace() {
        return namespace;
    }

    String version() {
        return version;
    }

    boolean agentRunsOn(@Nullable String node) {
        return node != null && agents.runsOn(namespace, node);
    }

    /** The value of {@code --name=value}, or of a flag that stands alone. */
    String argument(String name, String otherwise) {
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.startsWith("--" + name + "=")) {
                return word.substring(name.length() + 3);
            }
            if (word.equals("--" + name)) {
                boolean hasValue =
                        i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("-");
                return hasValue ? arguments.get(i + 1) : "true";
            }
        }
        return otherwise;
    }

    /** A name's unique part. Counted, so that a run is the same each time. */
    String newId(String before) {
        return before + Long.toString(world.clock().instant().getEpochSecond() * 1000 + ids++, 36);
    }

    void after(Duration delay, Runnable work) {
        world.clock().after(delay, () -> {
            if (running) {
                work.run();
            }
        });
    }

    void start() {
        subscription = world.state().onChange(this::changed);
        after(START, () -> {
            locations.validate(true);
            failWhatWasLeft();
            minute();
        });
    }

    void stop() {
        running = false;
        if (subscription != null) {
            subscription.close();
        }
    }

    private void minute() {
        locations.validate(false);
        new Synchronizing(world, namespace, locations).look();
        new Schedules(world, namespace).look();
        new Deleting(this, locations).expired();
        after(MINUTE, this::minute);
    }

    private void changed(ClusterState.Change change) {
        ObjectRef ref = change.ref();
        if (ref.kind().group().equals(Velero.GROUP)
                && change.type() != ClusterState.Change.Type.DELETED
                && Objects.equals(ref.namespace(), namespace)
                && isNew(ref, change.object())) {
            after(NOTICE, () -> notice(ref));
        }
    }

    private static boolean isNew(ObjectRef ref, GenericKubernetesResource object) {
        String phase = Velero.phase(object);
        return switch (ref.kind().kind()) {
            case "Backup", "Restore", "DeleteBackupRequest", "ServerStatusRequest" ->
                phase.isEmpty() || phase.equals("New");
            case "Schedule" -> phase.isEmpty();
            case "BackupStorageLocation" -> phase.isEmpty();
            default -> false;
        };
    }

    private void notice(ObjectRef changed) {
        switch (changed.kind().kind()) {
            case "Backup" -> enqueue(new ObjectRef(Velero.BACKUP, namespace, changed.name()));
            case "Restore" -> enqueue(new ObjectRef(Velero.RESTORE, namespace, changed.name()));
            case "Schedule" -> world.state().get(changed).ifPresent(new Schedules(world, namespace)::look);
            case "BackupStorageLocation" -> locations.find(changed.name()).ifPresent(locations::validate);
            case "DeleteBackupRequest" -> world.state().get(changed).ifPresent(new Deleting(this, locations)::process);
            default -> world.state().get(changed).ifPresent(this::answerStatus);
        }
    }

    private void answerStatus(GenericKubernetesResource request) {
        Velero.status(
                world,
                Velero.ref(Velero.STATUS_REQUEST, request),
                Map.of(
                        "phase",
                        "Processed",
                        "processedTimestamp",
                        Velero.now(world).toString(),
                        "serverVersion",
                        version,
                        "plugins",
                        List.of(Map.of("kind", "ObjectStore", "name", "velero.io/aws"))));
    }

    private void failWhatWasLeft() {
        for (var kind : List.of(Velero.BACKUP, Velero.RESTORE)) {
            for (GenericKubernetesResource task : world.state().list(kind, namespace)) {
                String phase = Velero.phase(task);
                if (phase.equals("InProgress")) {
                    String word = kind.kind().toLowerCase(Locale.ROOT);
                    Velero.status(
                            world,
                            Velero.ref(kind, task),
                            Map.of(
                                    "phase",
                                    "Failed",
                                    "failureReason",
                                    "found a " + word
                                            + " with status \"InProgress\" during the server starting, mark it as \"Failed\"",
                                    "completionTimestamp",
                                    Velero.now(world).toString()));
                } else if (phase.isEmpty() || phase.equals("New")) {
                    enqueue(Velero.ref(kind, task));
                }
            }
        }
    }

    private void enqueue(ObjectRef task) {
        if (!queue.contains(task)) {
            queue.add(task);
        }
        next();
    }

    private void next() {
        ObjectRef task = busy ? null : queue.poll();
        if (task != null) {
            busy = true;
            intake.begin(task, this::over);
        }
    }

    private void over() {
        busy = false;
        next();
    }

    /** Each namespace and location has one repository; its object is made with the first volume. */
    void ensureRepository(String volumeNamespace, @Nullable String location) {
        String where = location == null ? "default" : location;
        boolean there = world.state().list(Velero.REPOSITORY, namespace).stream()
                .anyMatch(it -> volumeNamespace.equals(it.get("spec", "volumeNamespace"))
                        && where.equals(it.get("spec", "backupStorageLocation")));
        if (there) {
            return;
        }
        Map<String, String> labels = Map.of(
                "velero.io/volume-namespace",
                volumeNamespace,
                Velero.STORAGE_LOCATION,
                where,
                "velero.io/repository-type",
                "kopia");
        GenericKubernetesResource repository = Velero.object(
                Velero.REPOSITORY,
                namespace,
                volumeNamespace + "-" + where + "-kopia-" + newId(""),
                labels,
                Map.of(
                        "volumeNamespace",
                        volumeNamespace,
                        "backupStorageLocation",
                        where,
                        "repositoryType",
                        "kopia",
                        "resticIdentifier",
                        "",
                        "maintenanceFrequency",
                        "1h0m0s"));
        world.state().create(repository);
        Velero.status(
                world,
                Velero.ref(Velero.REPOSITORY, repository),
                Map.of(
                        "phase",
                        "Ready",
                        "lastMaintenanceTime",
                        Velero.now(world).toString()));
    }
}
