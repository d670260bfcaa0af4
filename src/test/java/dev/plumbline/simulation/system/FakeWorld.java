package dev.plumbline.simulation.system;

import dev.plumbline.simulation.ClusterState;
import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.World;
import dev.plumbline.timing.Bell;
import dev.plumbline.timing.Clock;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A world with objects and time and nothing else. */
public final class FakeWorld implements World {

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"), () -> {});
    private final FakeState state = new FakeState();
    private final Map<String, Program> programs = new HashMap<>();
    private final Map<String, Files> files = new HashMap<>();

    /** Puts a running container into the world: a pod's, by "namespace/pod/container", or a service's, by its host name. */
    public void put(String name, @Nullable Program program, Files its) {
        if (program != null) {
            programs.put(name, program);
        }
        files.put(name, its);
    }

    public void remove(String name) {
        programs.remove(name);
        files.remove(name);
    }

    private static String name(Pod pod, String container) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName() + "/" + container;
    }

    public void pass(Duration time) throws InterruptedException {
        try (Clock.Presence ignored = clock.enter()) {
            clock.await(new Bell(), clock.instant().plus(time));
        }
    }

    @Override
    public ClusterState state() {
        return state;
    }

    public FakeState fake() {
        return state;
    }

    @Override
    public VirtualClock clock() {
        return clock;
    }

    @Override
    public Program.Reply send(String fromNamespace, String host, int port, Program.Request request) throws Refused {
        Program program = programs.get(host);
        if (program == null || !program.listens(port)) {
            throw new Refused("connection to " + host + ":" + port + " refused");
        }
        return program.answer(port, request);
    }

    @Override
    public Optional<Program> program(Pod pod, String container) {
        return Optional.ofNullable(programs.get(name(pod, container)));
    }

    @Override
    public Optional<Files> files(Pod pod, String container) {
        return Optional.ofNullable(files.get(name(pod, container)));
    }
}
