package dev.plumbline.simulation.node;

import dev.plumbline.simulation.Program;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One pod on a node, from its volumes to its end. All of it happens on the virtual clock. */
final class PodRun {

    private final NodeParts parts;
    private final Pod pod;
    private final String address;
    private final List<ContainerRun> initial = new ArrayList<>();
    private final List<ContainerRun> main = new ArrayList<>();
    private Map<String, Volume> volumes = Map.of();
    private boolean mounted;
    private boolean stopping;
    private boolean gone;

    PodRun(Pod pod, String address, NodeParts parts) {
        this.parts = parts;
        this.pod = pod;
        // Pods on the node's own network share its address.
        this.address = Boolean.TRUE.equals(pod.getSpec().getHostNetwork()) ? Nodes.ADDRESS : address;
        pod.getSpec().getInitContainers().forEach(container -> initial.add(new ContainerRun(container, this, parts)));
        pod.getSpec().getContainers().forEach(container -> main.add(new ContainerRun(container, this, parts)));
        if (!initial.isEmpty()) {
            main.forEach(container -> container.face().podInitializing());
        }
    }

    Pod pod() {
        return pod;
    }

    /** The pod as it is stored now. */
    Pod current() {
        return parts.state()
                .get(
                        Pod.class,
                        pod.getMetadata().getNamespace(),
                        pod.getMetadata().getName())
                .orElse(pod);
    }

    String node() {
        return pod.getSpec().getNodeName();
    }

    String address() {
        return address;
    }

    Map<String, Volume> volumes() {
        return volumes;
    }

    boolean mounted() {
        return mounted;
    }

    boolean alive() {
        return !stopping && !gone;
    }

    boolean stopping() {
        return stopping;
    }

    List<ContainerRun> initial() {
        return initial;
    }

    List<ContainerRun> main() {
        return main;
    }

    String fullName() {
        return pod.getMetadata().getName() + "_" + pod.getMetadata().getNamespace() + "("
                + pod.getMetadata().getUid() + ")";
    }

    void event(String type, String reason, String message) {
        parts.state().event(pod, type, reason, message, "kubelet");
    }

    /** Mounts the volumes; tries again every two seconds while one is not there. */
    void mount() {
        if (!alive()) {
            return;
        }
        try {
            volumes = parts.volumes().of(pod);
        } catch (Unready missing) {
            event("Warning", "FailedMount", String.valueOf(missing.getMessage()));
            write();
            parts.clock().after(Duration.ofSeconds(2), this::mount);
            return;
        }
        mounted = true;
        changed();
    }

    /** A container changed: lets the next ones begin and writes the status. */
    void changed() {
        if (alive()) {
            advance();
        }
        write();
    }

    private void advance() {
        for (ContainerRun container : initial) {
            container.begin();
            if (!passed(container)) {
                return;
            }
        }
        main.forEach(ContainerRun::begin);
    }

    private static boolean sidecar(Container container) {
        return "Always".equals(container.getRestartPolicy());
    }

    static boolean passed(ContainerRun container) {
        return sidecar(container.spec())
                ? container.face().isUp()
                : container.face().exitCode().filter(code -> code == 0).isPresent();
    }

    /** Whether a container that ended starts again. */
    boolean restarts(ContainerRun container, int exitCode) {
        if (!alive()) {
            return false;
        }
        String policy = pod.getSpec().getRestartPolicy();
        if (sidecar(container.spec())) {
            return true;
        }
        if (initial.contains(container)) {
            return exitCode != 0 && !policy.equals("Never");
        }
        return policy.equals("Always") || policy.equals("OnFailure") && exitCode != 0;
    }

    Optional<Program> listening(int port) {
        List<ContainerRun> all = new ArrayList<>(initial);
        all.addAll(main);
        return all.stream()
                .map(ContainerRun::program)
                .flatMap(Optional::stream)
                .filter(program -> program.listens(port))
                .findFirst();
    }

    Optional<ContainerRun> container(String name) {
        List<ContainerRun> all = new ArrayList<>(main);
        all.addAll(initial);
        return all.stream().filter(run -> run.spec().getName().equals(name)).findFirst();
    }

    /** Notices programs that ended. */
    void look() {
        if (alive()) {
            initial.forEach(ContainerRun::look);
            main.forEach(ContainerRun::look);
        }
    }

    /** Ends as a deleted pod does: stops within a moment, then lets the object go. */
    void terminate() {
        if (stopping || gone) {
            return;
        }
        stopping = true;
        for (ContainerRun container : main) {
            if (container.face().isRunning()) {
                event(
                        "Normal",
                        "Killing",
                        "Stopping container " + container.spec().getName());
            }
        }
        parts.clock().after(Duration.ofMillis(600), this::stopped);
    }

    private void stopped() {
        if (gone) {
            return;
        }
        initial.forEach(ContainerRun::stop);
        main.forEach(ContainerRun::stop);
        write();
        parts.clock()
                .after(
                        Duration.ofMillis(100),
                        () -> parts.state()
                                .get(
                                        Pod.class,
                                        pod.getMetadata().getNamespace(),
                                        pod.getMetadata().getName())
                                .filter(there -> there.getMetadata()
                                        .getUid()
                                        .equals(pod.getMetadata().getUid()))
                                .ifPresent(there ->
                                        parts.state().deleteNow(parts.state().ref(there))));
    }

    /** The object is gone: whatever still runs is killed. */
    void vanish() {
        if (!gone) {
            gone = true;
            initial.forEach(ContainerRun::stop);
            main.forEach(ContainerRun::stop);
            parts.volumes().forgetPod(pod.getMetadata().getUid());
        }
    }

    private void write() {
        if (!gone) {
            new PodFace(this, parts).write();
        }
    }
}
