package dev.plumbline.simulation.node;

import dev.plumbline.simulation.ClusterState;
import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.World;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The world as a pod sees it.
 *
 * @param self null for models that are no pod
 */
public record PodWorld(
        ClusterState state,
        VirtualClock clock,
        Network network,
        Kubelet kubelet,
        @Nullable Pod self) implements World {

    @Override
    public Program.Reply send(String fromNamespace, String host, int port, Program.Request request) throws Refused {
        String name = host.equals("localhost") ? "127.0.0.1" : host;

        boolean own = self != null && fromNamespace.equals(self.getMetadata().getNamespace());
        Pod sender = own && self != null ? now(self) : null;
        return network.send(new Sender(fromNamespace, sender), name, port, request);
    }

    /** Its labels may have changed since it started. */
    private Pod now(Pod pod) {
        return state.get(
                        Pod.class,
                        pod.getMetadata().getNamespace(),
                        pod.getMetadata().getName())
                .orElse(pod);
    }

    @Override
    public Optional<Program> program(Pod pod, String container) {
        return kubelet.program(pod, container);
    }

    @Override
    public Optional<Files> files(Pod pod, String container) {
        return kubelet.files(pod, container);
    }
}
