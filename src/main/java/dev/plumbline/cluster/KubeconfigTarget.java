package dev.plumbline.cluster;

import dev.plumbline.profile.Profile;
import dev.plumbline.timing.Clock;
import dev.plumbline.timing.WallClock;
import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A cluster that is already there. Read-only, unless writes are allowed and the profile pins this very cluster; then only
 * inside the run's own namespaces and those that the profile lists as writable.
 */
public final class KubeconfigTarget implements Target {

    private static final Duration ANSWERS = Duration.ofSeconds(5);

    private final RemoteCluster cluster;
    private final Guard guard;
    private final Access access;
    private final Clock clock;
    private final URI server;
    private final String description;
    private final Set<String> writable;

    private KubeconfigTarget(
            RemoteCluster cluster,
            Guard guard,
            Access access,
            Clock clock,
            URI server,
            String description,
            Set<String> writable) {
        this.cluster = cluster;
        this.guard = guard;
        this.access = access;
        this.clock = clock;
        this.server = server;
        this.description = description;
        this.writable = writable;
    }

    /**
     * Connects; contacts nothing but the cluster, and writes nothing.
     *
     * @param profiles of all documents that run: each must pin the cluster for writes, and the namespaces that one lists
     *     as writable are writable for all
     * @throws TargetUnavailable when the kubeconfig is not usable, the server does not answer within about 5 seconds, or
     *     writes are wanted on a cluster that a profile does not pin
     */
    public static KubeconfigTarget open(
            Kubeconfig kubeconfig, Collection<Profile> profiles, boolean allowWrites, String runId)
            throws InterruptedException {
        Config config = kubeconfig.read();
        URI server = URI.create(config.getMasterUrl());
        Clock clock = new WallClock();
        Access access = allowWrites ? Access.OWN_NAMESPACES : Access.READ_ONLY;
        Guard guard = new Guard(access, runId, writable(profiles), server);
        RemoteCluster cluster = cluster(kubeconfig, config, guard, clock);
        try {
            String context = config.getCurrentContext().getName();
            String version = version(kubeconfig, cluster.client());
            if (allowWrites) {
                demandPinned(cluster.client(), profiles, context);
            }
            String description = "Kubernetes " + version + ", context \"" + context + "\""
                    + (allowWrites ? ", writes in own namespaces" : ", read-only");
            return new KubeconfigTarget(cluster, guard, access, clock, server, description, writable(profiles));
        } catch (TargetUnavailable | InterruptedException e) {
            cluster.close();
            throw e;
        }
    }

    private static RemoteCluster cluster(Kubeconfig kubeconfig, Config config, Guard guard, Clock clock) {
        try {
            return new RemoteCluster(config, guard, clock);
        } catch (KubernetesClientException e) {
            // the message of a broken certificate may hold what stands in the file
            throw new TargetUnavailable(kubeconfig.file() + ": its certificates or keys cannot be used", e);
        }
    }

    private static String version(Kubeconfig kubeconfig, KubernetesClient client) throws InterruptedException {
        CompletableFuture<String> asked = CompletableFuture.supplyAsync(
                () -> client.getKubernetesVersion().getGitVersion());
        try {
            return asked.get(ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unreachable(kubeconfig, "no answer within " + ANSWERS.toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw root instanceof KubernetesClientException refused && refused.getCode() == 401
                    ? new TargetUnavailable(kubeconfig.file() + ": the API server does not accept the credentials")
                    : unreachable(kubeconfig, String.valueOf(root.getMessage()));
        }
    }

    private static TargetUnavailable unreachable(Kubeconfig kubeconfig, String why) {
        return new TargetUnavailable(kubeconfig.file() + ": the API server of "
                + kubeconfig.context().map(name -> "context \"" + name + "\"").orElse("the current context")
                + " cannot be reached (" + why.lines().findFirst().orElse("no reason given") + ")");
    }

    private static Set<String> writable(Collection<Profile> profiles) {
        return profiles.stream().flatMap(profile -> profile.writable().stream()).collect(Collectors.toSet());
    }

    private static void demandPinned(KubernetesClient client, Collection<Profile> profiles, String context) {
        String uid = uidOfKubeSystem(client);
        for (Profile profile : profiles.isEmpty() ? List.of(Profile.EMPTY) : profiles) {
            if (profile.clusterUid().filter(uid::equals).isPresent()) {
                continue;
            }
            throw new TargetUnavailable("--allow-writes needs a profile that pins this cluster: context \"" + context
                    + "\" has the kube-system UID " + uid + ", " + profile.source() + " says "
                    + profile.clusterUid().map(other -> "clusterUid: " + other).orElse("no clusterUid")
                    + "; if it is the right cluster, write clusterUid: " + uid + " there");
        }
    }

    /** The cluster's identity, which profiles pin. */
    public String uid() {
        return uidOfKubeSystem(client());
    }

    /** The namespaces that a profile lists as writable. */
    public Set<String> writable() {
        return writable;
    }

    private static String uidOfKubeSystem(KubernetesClient client) {
        try {
            Namespace kubeSystem = client.namespaces().withName("kube-system").get();
            if (kubeSystem != null) {
                return kubeSystem.getMetadata().getUid();
            }
            throw new TargetUnavailable("--allow-writes needs the namespace kube-system, whose UID is the cluster's"
                    + " identity, and it is not there");
        } catch (KubernetesClientException e) {
            throw new TargetUnavailable(
                    "--allow-writes needs the right to get the namespace kube-system, whose UID is the"
                            + " cluster's identity (the API server answered " + e.getCode() + ")");
        }
    }

    /**
     * Lets a namespace be written to that an earlier run left behind.
     *
     * @throws Guard.Refused when it does not carry the label of a run
     */
    public void adopt(String namespace) {
        Namespace found = client().namespaces().withName(namespace).get();
        if (found == null
                || found.getMetadata().getLabels() == null
                || !found.getMetadata().getLabels().containsKey(Guard.RUN_LABEL)) {
            throw new Guard.Refused("namespace \"" + namespace + "\" does not carry the label " + Guard.RUN_LABEL
                    + ", so no run of ours created it");
        }
        guard.adopt(namespace);
    }

    @Override
    public String name() {
        return "kubeconfig";
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public void check(String method, String path) {
        guard.check(method, path, null);
    }

    @Override
    public Observation<Boolean> offers(String capability) {
        return Capabilities.offered(cluster, capability, clock().instant());
    }

    @Override
    public KubernetesClient client() {
        return cluster.client();
    }

    @Override
    public void teach(Mask mask) {
        cluster.teach(mask);
    }

    @Override
    public Kinds kinds() {
        return cluster.kinds();
    }

    @Override
    public Feeds feeds() {
        return cluster.feeds();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public ServiceAddress service(String namespace, String name, int port) {
        return cluster.service(namespace, name, port);
    }

    @Override
    public CommandResult run(String namespace, String pod, String command, Duration atMost)
            throws CommandNotRun, InterruptedException {
        return cluster.run(namespace, pod, command, atMost);
    }

    @Override
    public Tunnel forward(String namespace, String pod, int port) {
        check("POST", PortForward.path(namespace, pod));
        return new PortForward(cluster.client(), namespace, pod, port);
    }

    /** The address that this machine has on the way to the cluster; whether pods may reach it is the network's affair. */
    @Override
    public String hostForPods() {
        int port = server.getPort() < 0 ? 443 : server.getPort();
        try (DatagramSocket route = new DatagramSocket()) {
            // connecting a datagram socket sends nothing, but chooses the route
            route.connect(new InetSocketAddress(server.getHost(), port));
            return route.getLocalAddress().getHostAddress();
        } catch (SocketException e) {
            throw new TargetUnavailable("this machine has no network route to the cluster: " + e.getMessage(), e);
        }
    }

    /** Leaves the cluster as it is. */
    @Override
    public void close() {
        cluster.close();
    }
}
