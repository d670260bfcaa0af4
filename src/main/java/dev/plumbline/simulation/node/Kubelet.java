package dev.plumbline.simulation.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState.Change.Type;
import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.api.Json;
import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the pods that are bound to any node. */
public final class Kubelet {

    private static final Duration NOTICE = Duration.ofMillis(50);

    private final State state;
    private final VirtualClock clock;
    private final NodeParts parts;
    private final Map<String, PodRun> runs = new ConcurrentHashMap<>();
    private final Map<Long, PodRun> inOrder = new ConcurrentSkipListMap<>();
    private long addresses = 1;
    private boolean ticking;

    /**
     * @param models the images that can run, the first that knows one is taken
     * @param missing images that no registry has
     * @param worlds what the programs of a pod can reach
     */
    public Kubelet(
            State state,
            VirtualClock clock,
            List<ImageModel> models,
            Set<String> missing,
            Function<Pod, World> worlds) {
        this.state = state;
        this.clock = clock;
        this.parts = new NodeParts(
                state, clock, new Images(models, missing), new Volumes(state), new Environment(state), worlds);
    }

    /** Listens from now on. */
    public void start() {
        state.onRawChange(this::changed);
    }

    private void changed(Type type, ObjectRef ref, ObjectNode object, @Nullable ObjectNode before) {
        if (ref.kind().kind().equals("PersistentVolume") && type == Type.DELETED) {
            parts.volumes().forgetVolume(ref.name());
        }
        if (!ref.kind().kind().equals("Pod") || !ref.kind().group().isEmpty()) {
            return;
        }
        String uid = Json.text(object, "metadata", "uid");
        if (type == Type.DELETED) {
            clock.after(Duration.ZERO, () -> forget(uid));
        } else if (!Json.text(object, "metadata", "deletionTimestamp").isEmpty()) {
            PodRun run = runs.get(uid);
            if (run != null && !run.stopping()) {
                clock.after(NOTICE, run::terminate);
            } else if (run == null && !Json.text(object, "spec", "nodeName").isEmpty()) {
                clock.after(NOTICE, () -> state.deleteNow(ref));
            }
        } else if (!Json.text(object, "spec", "nodeName").isEmpty() && !runs.containsKey(uid)) {
            clock.after(NOTICE, () -> begin(ref, uid));
        }
    }

    private void begin(ObjectRef ref, String uid) {
        Optional<Pod> pod = state.get(Pod.class, ref.namespace(), ref.name())
                .filter(there -> there.getMetadata().getUid().equals(uid))
                .filter(there -> there.getMetadata().getDeletionTimestamp() == null);
        if (pod.isEmpty() || runs.containsKey(uid)) {
            return;
        }
        long number = addresses++;
        String address = "10.42." + number / 250 + "." + (number % 250 + 2);
        PodRun run = new PodRun(pod.get(), address, parts);
        runs.put(uid, run);
        inOrder.put(number, run);
        run.mount();
        tick();
    }

    private void forget(String uid) {
        PodRun run = runs.remove(uid);
        if (run != null) {
            inOrder.values().remove(run);
            run.vanish();
        }
    }

    /** Once a second, as the real one does, while there is anything to look at. */
    private void tick() {
        if (!ticking) {
            ticking = true;
            clock.after(Duration.ofSeconds(1), () -> {
                ticking = false;
                inOrder.values().forEach(PodRun::look);
                if (!runs.isEmpty()) {
                    tick();
                }
            });
        }
    }

    Optional<PodRun> run(String uid) {
        return Optional.ofNullable(runs.get(uid));
    }

    /** The pod that has an address; of several on the node's network the one that listens on the port. */
    Optional<PodRun> at(String address, int port) {
        List<PodRun> there = inOrder.values().stream()
                .filter(run -> run.address().equals(address))
                .toList();
        return there.stream()
                .filter(run -> run.listening(port).isPresent())
                .findFirst()
                .or(() -> there.stream().findFirst());
    }

    /** The running program of a container. */
    public Optional<Program> program(Pod pod, String container) {
        return container(pod, container).flatMap(ContainerRun::program);
    }

    /** The files that a container sees. */
    public Optional<Files> files(Pod pod, String container) {
        return container(pod, container).flatMap(ContainerRun::files);
    }

    private Optional<ContainerRun> container(Pod pod, String container) {
        return run(pod.getMetadata().getUid()).flatMap(run -> run.container(container));
    }

    /** The log of a container, or of its run before. */
    public Optional<String> log(Pod pod, String container, boolean previous) {
        return container(pod, container).flatMap(run -> run.log(previous));
    }

    /** Stops every program. */
    public void close() {
        runs.values().forEach(PodRun::vanish);
    }
}
