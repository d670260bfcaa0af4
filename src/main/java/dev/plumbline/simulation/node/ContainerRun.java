package dev.plumbline.simulation.node;

import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.Program;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One container of a pod on its way: pulled, created, running, ended, started again with back-off. */
final class ContainerRun {

    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);

    private final Container spec;
    private final PodRun pod;
    private final NodeParts parts;
    private final ContainerFace face;
    private final Prober prober;
    private Duration backOff = Duration.ZERO;
    private Duration pullBackOff = Duration.ZERO;
    private boolean begun;
    private volatile @Nullable Program program;
    private volatile @Nullable ContainerFiles files;
    private @Nullable String previousLog;
    private VirtualClock.@Nullable Scheduled next;

    ContainerRun(Container spec, PodRun pod, NodeParts parts) {
        this.spec = spec;
        this.pod = pod;
        this.parts = parts;
        this.face = new ContainerFace(spec, parts.clock());
        this.prober = new Prober(this, pod, parts);
    }

    Container spec() {
        return spec;
    }

    ContainerFace face() {
        return face;
    }

    Optional<Program> program() {
        return Optional.ofNullable(program);
    }

    Optional<ContainerFiles> files() {
        return Optional.ofNullable(files);
    }

    Optional<String> log(boolean previous) {
        return previous
                ? Optional.ofNullable(previousLog)
                : Optional.ofNullable(program).map(Program::log).or(face::endLog);
    }

    boolean begun() {
        return begun;
    }

    /** Starts on the way; later calls do nothing. */
    void begin() {
        if (!begun) {
            begun = true;
            pull();
        }
    }

    private void after(Duration delay, Runnable work) {
        next = parts.clock().after(delay, () -> {
            if (pod.alive()) {
                work.run();
            }
        });
    }

    private void pull() {
        String image = spec.getImage();
        boolean there = parts.images().onNode(pod.node(), image);
        if (there && !"Always".equals(spec.getImagePullPolicy())) {
            pod.event("Normal", "Pulled", "Container image \"" + image + "\" already present on machine");
            after(Duration.ofMillis(200), this::create);
        } else if ("Never".equals(spec.getImagePullPolicy())) {
            face.waiting(
                    "ErrImageNeverPull", "Container image \"" + image + "\" is not present with pull policy of Never");
            pod.changed();
        } else {
            pod.event("Normal", "Pulling", "Pulling image \"" + image + "\"");
            after(Duration.ofMillis(there ? 300 : 1500), () -> pulled(there));
        }
    }

    private void pulled(boolean again) {
        String image = spec.getImage();
        if (parts.images().missing(image)) {
            String why = "failed to pull and unpack image \"" + image + "\": failed to resolve reference \"" + image
                    + "\": " + image + ": not found";
            pod.event(
                    "Warning",
                    "Failed",
                    "Failed to pull image \"" + image + "\": rpc error: code = NotFound desc = " + why);
            pod.event("Warning", "Failed", "Error: ErrImagePull");
            face.waiting("ErrImagePull", "rpc error: code = NotFound desc = " + why);
            pod.changed();
            pullBackOff = longer(pullBackOff);
            after(Duration.ofSeconds(1), this::backOffPull);
            return;
        }
        parts.images().pulled(pod.node(), image);
        String took = again ? "300ms" : "1.5s";
        pod.event(
                "Normal",
                "Pulled",
                "Successfully pulled image \"" + image + "\" in " + took + " (" + took + " including waiting)");
        after(Duration.ofMillis(200), this::create);
    }

    private void backOffPull() {
        String message = "Back-off pulling image \"" + spec.getImage() + "\"";
        pod.event("Normal", "BackOff", message);
        pod.event("Warning", "Failed", "Error: ImagePullBackOff");
        face.waiting("ImagePullBackOff", message);
        pod.changed();
        after(pullBackOff, this::pull);
    }

    private static Duration longer(Duration before) {
        Duration doubled = before.isZero() ? Duration.ofSeconds(10) : before.multipliedBy(2);
        return doubled.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : doubled;
    }

    private void create() {
        Optional<ImageModel> model = parts.images().model(spec.getImage());
        if (model.isEmpty()) {
            notSimulated(new NotSimulated("image " + spec.getImage()));
            return;
        }
        Map<String, String> env;
        try {
            env = parts.environment().of(pod.current(), spec);
        } catch (Unready missing) {
            face.waiting("CreateContainerConfigError", String.valueOf(missing.getMessage()));
            pod.event("Warning", "Failed", "Error: " + missing.getMessage());
            pod.changed();
            after(Duration.ofSeconds(5), this::create);
            return;
        }
        pod.event("Normal", "Created", "Created container: " + spec.getName());
        after(Duration.ofMillis(800), () -> start(model.get(), env));
    }

    /** What the simulation does not model keeps the container waiting, so that probes can say so. */
    void notSimulated(NotSimulated what) {
        String message = String.valueOf(what.getMessage());
        close();
        face.waiting("NotSimulated", message);
        pod.event("Warning", "Failed", "Error: " + message);
        pod.changed();
    }

    private void start(ImageModel model, Map<String, String> env) {
        Pod current = pod.current();
        ContainerFiles own = new ContainerFiles(parts.volumes().mounts(spec, pod.volumes()));
        files = own;
        try {
            program = model.start(new ImageModel.Start(current, spec, env, own, parts.world(current)));
        } catch (ImageModel.StartFailure failure) {
            face.running();
            pod.event("Normal", "Started", "Started container " + spec.getName());
            ended(failure.exitCode(), String.valueOf(failure.getMessage()));
            return;
        } catch (NotSimulated unknown) {
            notSimulated(unknown);
            return;
        }
        face.running();
        pod.event("Normal", "Started", "Started container " + spec.getName());
        prober.start();
        pod.changed();
        look();
    }

    /** Notices that the program has ended by itself. */
    void look() {
        Program running = program;
        try {
            if (running != null && running.exitCode().isPresent()) {
                ended(running.exitCode().getAsInt(), running.log());
            }
        } catch (NotSimulated unknown) {
            notSimulated(unknown);
        }
    }

    private void ended(int exitCode, String log) {
        close();
        previousLog = log;
        face.ended(exitCode, exitCode == 0 ? "Completed" : "Error", log);
        if (pod.restarts(this, exitCode)) {
            again();
        }
        pod.changed();
    }

    /** The liveness or startup probe gave it up. */
    void kill(String why) {
        pod.event("Normal", "Killing", "Container " + spec.getName() + " failed " + why + " probe, will be restarted");
        Program running = program;
        ended(137, running == null ? "" : running.log());
    }

    private void again() {
        if (face.ranFor().compareTo(Duration.ofMinutes(10)) >= 0) {
            backOff = Duration.ZERO;
        }
        Duration wait = backOff;
        backOff = longer(backOff);
        if (wait.isZero()) {
            after(Duration.ofMillis(500), this::restart);
            return;
        }
        String name = spec.getName();
        after(Duration.ofMillis(500), () -> {
            pod.event(
                    "Warning", "BackOff", "Back-off restarting failed container " + name + " in pod " + pod.fullName());
            face.waiting(
                    "CrashLoopBackOff",
                    "back-off " + words(wait) + " restarting failed container=" + name + " pod=" + pod.fullName());
            pod.changed();
            after(wait, this::restart);
        });
    }

    private static String words(Duration wait) {
        return wait.toMinutes() > 0 ? wait.toMinutes() + "m" + wait.toSecondsPart() + "s" : wait.toSeconds() + "s";
    }

    private void restart() {
        face.restarted();
        pull();
    }

    void setReady(boolean ready) {
        if (face.ready(ready)) {
            pod.changed();
        }
    }

    void setStarted() {
        face.started();
        pod.changed();
    }

    Instant startedAt() {
        return face.startedAt();
    }

    /** The pod stops. */
    void stop() {
        if (next != null) {
            next.cancel();
        }
        boolean ran = program != null;
        if (ran) {
            previousLog = log(false).orElse("");
        }
        close();
        if (ran) {
            face.ended(0, "Completed", previousLog == null ? "" : previousLog);
        }
    }

    private void close() {
        prober.stop();
        Program running = program;
        program = null;
        if (running != null) {
            running.close();
        }
    }
}
