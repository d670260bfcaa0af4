package dev.plumbline.simulation.node;

import dev.plumbline.simulation.World;
import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.function.Function;

/** What pods and containers work with. */
record NodeParts(
        State state,
        VirtualClock clock,
        Images images,
        Volumes volumes,
        Environment environment,
        Function<Pod, World> worlds) {

    World world(Pod pod) {
        return worlds.apply(pod);
    }
}
