package dev.plumbline.simulation.api;

import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.World;
import java.util.Optional;

/** What the API server asks of the node and its network. */
public interface Workloads {

    /** The log of a container; absent when it has not started (or, for the previous one, has not been restarted). */
    Optional<String> log(String namespace, String pod, String container, boolean previous);

    /** Sends a request to a ready endpoint of a Service. */
    Program.Reply toService(String namespace, String service, int port, Program.Request request) throws World.Refused;

    /** Sends a request to a pod. */
    Program.Reply toPod(String namespace, String pod, int port, Program.Request request) throws World.Refused;
}
