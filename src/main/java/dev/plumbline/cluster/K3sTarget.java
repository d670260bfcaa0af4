package dev.plumbline.cluster;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import dev.plumbline.timing.Clock;
import dev.plumbline.timing.WallClock;
import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A K3s node in a container, made for the run and removed with it, also when the process is told to end. It belongs to us
 * alone, so nothing is forbidden on it.
 */
public final class K3sTarget implements Target {

    private static final String CGROUP = "/sys/fs/cgroup";
    private static final String IMAGES_IN_NODE = "/var/lib/rancher/k3s/agent/images/";
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(3);

    private final K3sContainer container;
    private final RemoteCluster cluster;
    private final Clock clock;
    private final String description;

    private K3sTarget(K3sContainer container, RemoteCluster cluster, Clock clock, String description) {
        this.container = container;
        this.cluster = cluster;
        this.clock = clock;
        this.description = description;
    }

    /**
     * Starts a node and returns when it is Ready and pods can be created.
     *
     * @throws TargetUnavailable when there is no Docker or no image, or the node does not start
     */
    public static K3sTarget start(K3sImage image, String runId) throws InterruptedException {
        K3sChecks.demand(image);
        NoRyuk.apply();
        // first of all: where this JVM runs in a container itself, Testcontainers 2.0.5 fails unless it has its client
        DockerClientFactory.instance().client();
        K3sContainer container = container(image, RunOwner.thisProcess(runId));
        try {
            container.start();
            return ready(container, image, runId);
        } catch (ContainerLaunchException e) {
            container.stop();
            throw new TargetUnavailable("K3s (" + image.name() + ") did not start: " + root(e), e);
        } catch (TargetUnavailable | InterruptedException e) {
            container.stop();
            throw e;
        }
    }

    private static K3sContainer container(K3sImage image, RunOwner owner) {
        K3sContainer container =
                new K3sContainer(DockerImageName.parse(image.name()).asCompatibleSubstituteFor("rancher/k3s"));
        // a bind among Testcontainers' own makes it start a helper container first; so Docker is told directly
        container.setBinds(new ArrayList<>());
        container.withCreateContainerCmdModifier(K3sTarget::bindCgroup);
        container.withLabels(owner.labels());
        container.withStartupTimeout(STARTS_WITHIN);
        archives(image)
                .forEach(archive -> container.withCopyFileToContainer(
                        MountableFile.forHostPath(archive), IMAGES_IN_NODE + archive.getFileName()));
        return container;
    }

    private static void bindCgroup(CreateContainerCmd command) {
        Objects.requireNonNull(command.getHostConfig()).withBinds(Bind.parse(CGROUP + ":" + CGROUP + ":rw"));
    }

    private static List<Path> archives(K3sImage image) {
        if (image.archives().isEmpty()) {
            return List.of();
        }
        Path directory = image.archives().get();
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> archives = files.filter(file -> file.toString().endsWith(".tar"))
                    .sorted()
                    .toList();
            if (archives.isEmpty()) {
                throw new TargetUnavailable(directory + ": no *.tar image archive in this directory");
            }
            return archives;
        } catch (IOException e) {
            throw new TargetUnavailable(directory + ": expected a directory of *.tar image archives", e);
        }
    }

    private static K3sTarget ready(K3sContainer container, K3sImage image, String runId) throws InterruptedException {
        Config config = config(container.getKubeConfigYaml());
        Guard guard = new Guard(Access.THROWAWAY, runId, Set.of(), URI.create(config.getMasterUrl()));
        Clock clock = new WallClock();
        RemoteCluster cluster = new RemoteCluster(config, guard, clock);
        try {
            new NodeReady(cluster, clock).await();
            String version = cluster.client().getKubernetesVersion().getGitVersion();
            return new K3sTarget(container, cluster, clock, "Kubernetes " + version + " in " + image.name());
        } catch (TargetUnavailable | InterruptedException e) {
            cluster.close();
            throw e;
        }
    }

    /** Only what the kubeconfig says: no proxy, token or namespace of the environment reaches the throwaway. */
    private static Config config(String kubeconfig) {
        Config said = Config.fromKubeconfig(kubeconfig);
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(said.getMasterUrl())
                .withCaCertData(said.getCaCertData())
                .withClientCertData(said.getClientCertData())
                .withClientKeyData(said.getClientKeyData())
                .withRequestRetryBackoffLimit(2)
                .build();
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    @Override
    public String name() {
        return "k3s";
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
        return Access.THROWAWAY;
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

    /** The address of the machine in the container's network. */
    @Override
    public String hostForPods() {
        return container.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
                .map(network -> network.getGateway())
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new TargetUnavailable("the node's container has no network with a gateway"));
    }

    @Override
    public void close() {
        cluster.close();
        container.stop();
    }
}
