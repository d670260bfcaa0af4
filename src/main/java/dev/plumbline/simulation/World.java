package dev.plumbline.simulation;

import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** What every model of the simulation can reach. */
public interface World {

    ClusterState state();

    VirtualClock clock();

    /**
     * Sends an HTTP request as a pod would: {@code host} is a Service name ({@code web}, {@code web.shop},
     * {@code web.shop.svc.cluster.local}) seen from a namespace, or a pod's address.
     *
     * @throws Refused when the name is unknown, no endpoint is ready, or a NetworkPolicy forbids it
     */
    Program.Reply send(String fromNamespace, String host, int port, Program.Request request) throws Refused;

    /** The running program of a pod's container, for example to read its files or its log. */
    Optional<Program> program(Pod pod, String container);

    /** The files that a pod's container sees. */
    Optional<Files> files(Pod pod, String container);

    /** No connection. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message);
        }
    }
}
