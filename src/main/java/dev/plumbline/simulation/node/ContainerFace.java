package dev.plumbline.simulation.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a container looks in the status of its pod. */
final class ContainerFace {

    private final Container spec;
    private final InstantSource clock;
    private ContainerState state;
    private @Nullable ContainerState last;
    private Instant started = Instant.EPOCH;
    private Instant ended = Instant.EPOCH;
    private int restarts;
    private boolean ready;
    private boolean up;
    private @Nullable String endLog;
    private @Nullable Integer exitCode;

    ContainerFace(Container spec, InstantSource clock) {
        this.spec = spec;
        this.clock = clock;
        this.state = waitingState("ContainerCreating", null);
    }

    private static ContainerState waitingState(String reason, @Nullable String message) {
        return new ContainerStateBuilder()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting()
                .build();
    }

    void waiting(String reason, String message) {
        if (state.getTerminated() != null) {
            last = state;
        }
        state = waitingState(reason, message);
        ready = false;
        up = false;
    }

    void podInitializing() {
        state = waitingState("PodInitializing", null);
    }

    void running() {
        started = clock.instant();
        exitCode = null;
        if (state.getTerminated() != null) {
            last = state;
        }
        state = new ContainerStateBuilder()
                .withNewRunning()
                .withStartedAt(second(started))
                .endRunning()
                .build();
        up = spec.getStartupProbe() == null;
        ready = up && spec.getReadinessProbe() == null;
    }

    void ended(int code, String reason, String log) {
        ended = clock.instant();
        exitCode = code;
        endLog = log;
        ready = false;
        up = false;
        state = new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(code)
                .withReason(reason)
                .withStartedAt(second(started))
                .withFinishedAt(second(ended))
                .withContainerID(id())
                .endTerminated()
                .build();
    }

    private static String second(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    void restarted() {
        restarts++;
    }

    /** Whether this changed anything. */
    boolean ready(boolean now) {
        boolean changed = ready != now;
        ready = now;
        return changed;
    }

    void started() {
        up = true;
        ready = spec.getReadinessProbe() == null;
    }

    boolean isReady() {
        return ready;
    }

    boolean isUp() {
        return up;
    }

    boolean isRunning() {
        return state.getRunning() != null;
    }

    boolean isEnded() {
        return state.getTerminated() != null;
    }

    Optional<Integer> exitCode() {
        return isEnded() ? Optional.ofNullable(exitCode) : Optional.empty();
    }

    /** The output of the run that ended. */
    Optional<String> endLog() {
        return Optional.ofNullable(endLog);
    }

    Duration ranFor() {
        return Duration.between(started, ended);
    }

    Instant startedAt() {
        return started;
    }

    private String id() {
        String seed = spec.getName() + started + restarts;
        return "containerd://"
                + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }

    ContainerStatus status() {
        boolean began = isRunning() || isEnded() || last != null;
        return new ContainerStatusBuilder()
                .withName(spec.getName())
                .withImage(spec.getImage())
                .withImageID("")
                .withContainerID(began ? id() : null)
                .withReady(ready)
                .withStarted(up)
                .withRestartCount(restarts)
                .withState(state)
                .withLastState(last == null ? new ContainerState() : last)
                .build();
    }
}
