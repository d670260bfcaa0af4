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
import java.util.Optional;

/** A world with objects and time and nothing else. */
public final class FakeWorld implements World {

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"), () -> {});
    private final FakeState state = new FakeState();

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
        throw new Refused("no network here");
    }

    @Override
    public Optional<Program> program(Pod pod, String container) {
        return Optional.empty();
    }

    @Override
    public Optional<Files> files(Pod pod, String container) {
        return Optional.empty();
    }
}
