package dev.plumbline.cluster;

import dev.plumbline.timing.Clock;
import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;

/** A cluster to look at: a simulated one, a throwaway K3s, or one that a kubeconfig names. */
public interface Target extends AutoCloseable {

    /** {@code simulated}, {@code k3s} or {@code kubeconfig}. */
    String name();

    /** Whether the answers come from models and not from a cluster. Reports say so at the top. */
    boolean simulated();

    /** What this is in one line for people: image, server version, context; no host name, no credential. */
    String description();

    Access access();

    /**
     * Asks whether a request may be sent that does not go through the client.
     *
     * @param path from /api or /apis on
     * @throws Guard.Refused when {@link #access()} forbids it
     */
    default void check(String method, String path) {
        if (access() == Access.READ_ONLY && !Guard.reads(method, path)) {
            throw new Guard.Refused(method + " " + path + " is not among the requests that only read, and the target is"
                    + " read-only");
        }
    }

    /** Whether the target can do something beyond the plain API, for example {@code flux}, {@code gpu}, {@code lan-range}. */
    Observation<Boolean> offers(String capability);

    /** The one client; it refuses what {@link #access()} forbids. */
    KubernetesClient client();

    /** Makes known to a mask the credentials of this target and, from now on, those that its client sends and gets. */
    void teach(Mask mask);

    Kinds kinds();

    /** Live objects: one list and watch a kind, shared by all waits. */
    Feeds feeds();

    Clock clock();

    /** The time on the target's clock. */
    default Instant now() {
        return clock().instant();
    }

    /** The address of a Service's port as seen from here. */
    ServiceAddress service(String namespace, String name, int port);

    /**
     * Runs {@code sh -c command} in the first container of a pod. Counts as a write.
     *
     * @throws CommandNotRun when it could not be run or did not end in time
     */
    CommandResult run(String namespace, String pod, String command, Duration atMost)
            throws CommandNotRun, InterruptedException;

    /**
     * Opens a way to a port of a pod, for what is no HTTP/1 and does not pass the proxy. Counts as a write.
     *
     * @throws KubernetesClientException when it is not allowed
     */
    Tunnel forward(String namespace, String pod, int port);

    /** The address under which a pod reaches a server of this JVM that listens on all interfaces. */
    String hostForPods();

    /** Removes the cluster if it was made for the run. */
    @Override
    void close();

    /** A command that gave no result. */
    final class CommandNotRun extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean permanent;

        /** @param permanent whether trying again is in vain, as for a program that the simulation does not model */
        public CommandNotRun(String message, boolean permanent) {
            super(message);
            this.permanent = permanent;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }

        public boolean permanent() {
            return permanent;
        }
    }
}
