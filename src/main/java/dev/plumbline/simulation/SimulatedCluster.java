package dev.plumbline.simulation;

import dev.plumbline.cluster.Access;
import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.DiscoveredKinds;
import dev.plumbline.cluster.Feeds;
import dev.plumbline.cluster.InformerFeeds;
import dev.plumbline.cluster.Kinds;
import dev.plumbline.cluster.SecretsSeen;
import dev.plumbline.cluster.ServiceAddress;
import dev.plumbline.cluster.Target;
import dev.plumbline.cluster.Tunnel;
import dev.plumbline.simulation.api.Api;
import dev.plumbline.simulation.api.ApiServer;
import dev.plumbline.simulation.api.State;
import dev.plumbline.simulation.controller.Controllers;
import dev.plumbline.simulation.node.GenericImages;
import dev.plumbline.simulation.node.Kubelet;
import dev.plumbline.simulation.node.Network;
import dev.plumbline.simulation.node.PodWorld;
import dev.plumbline.timing.Clock;
import dev.plumbline.timing.VirtualClock;
import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A cluster inside the JVM, in virtual time: the API over HTTP, its controllers, one node, and the named systems. */
public final class SimulatedCluster implements Target {

    private final VirtualClock clock;
    private final Api api;
    private final State state;
    private final Kubelet kubelet;
    private final Network network;
    private final ApiServer server;
    private final KubernetesClient client;
    private final InformerFeeds feeds;
    private final SecretsSeen secrets = new SecretsSeen();
    private final Kinds kinds;
    private long settled;

    /**
     * @param systems the named systems that can run in it
     * @param start the first moment of its time
     * @param missingImages images that no registry has, as manifests name them
     */
    public SimulatedCluster(List<SimulatedSystem> systems, Instant start, Set<String> missingImages) {
        KubernetesSerialization serialization = new KubernetesSerialization();
        this.clock = new VirtualClock(start, this::settle);
        this.api = new Api(clock, serialization);
        this.state = api.state("simulation");
        List<ImageModel> models = new ArrayList<>();
        systems.forEach(system -> models.addAll(system.images()));
        models.addAll(GenericImages.all());
        this.kubelet = new Kubelet(api.state("kubelet"), clock, models, missingImages, this::world);
        this.network = new Network(state, kubelet);
        new Controllers(state, clock, serialization).start();
        kubelet.start();
        new FirstObjects(state, clock).create();
        this.server = new ApiServer(api, network);
        this.client = connect(server.address(), serialization);
        this.feeds = new InformerFeeds(client, clock);
        this.kinds = new DiscoveredKinds(client);
        systems.forEach(system -> system.start(world(null)));
    }

    private World world(@Nullable Pod self) {
        return new PodWorld(state, clock, network, kubelet, self);
    }

    private KubernetesClient connect(URI address, KubernetesSerialization serialization) {
        Config config = new ConfigBuilder()
                .withAutoConfigure(false)
                .withMasterUrl(address.toString())
                .withNamespace("default")
                .withOnlyHttpWatches(true)
                .withHttp2Disable(true)
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout((int) Duration.ofSeconds(30).toMillis())
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization)
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor(SecretsSeen.NAME, secrets))
                .build();
    }

    /** Returns when all who watch have seen what changed, so that time can move on. */
    private void settle() {
        long version = api.version();
        if (version != settled) {
            settled = version;
            api.bookmark();
        }
        feeds.awaitSeen(api::newest);
    }

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public boolean simulated() {
        return true;
    }

    @Override
    public String description() {
        return "a cluster inside the JVM in virtual time, Kubernetes API v1.34.4-simulated";
    }

    @Override
    public Access access() {
        return Access.THROWAWAY;
    }

    @Override
    public Observation<Boolean> offers(String capability) {
        return new Observation.Seen<>(capability.equals("flux"), "the simulation", clock.instant());
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public void teach(Mask mask) {
        secrets.teach(mask);
    }

    @Override
    public Kinds kinds() {
        return kinds;
    }

    @Override
    public Feeds feeds() {
        return feeds;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    /** What the models see, for tests and faults that reach inside. */
    public World world() {
        return world(null);
    }

    @Override
    public ServiceAddress service(String namespace, String name, int port) {
        String path = "/api/v1/namespaces/" + namespace + "/services/" + name + ":" + port + "/proxy/";
        return new ServiceAddress(server.address().resolve(path), Optional.empty(), Map.of());
    }

    @Override
    public CommandResult run(String namespace, String pod, String command, Duration atMost) throws CommandNotRun {
        Pod found = state.get(Pod.class, namespace, pod)
                .orElseThrow(() -> new CommandNotRun("pods \"" + pod + "\" not found", false));
        String container = found.getSpec().getContainers().get(0).getName();
        Program program = kubelet.program(found, container)
                .orElseThrow(
                        () -> new CommandNotRun("container " + container + " of pod " + pod + " does not run", false));
        return program.run(command);
    }

    @Override
    public Tunnel forward(String namespace, String pod, int port) {
        return new GrpcTunnel(network, namespace, pod, port);
    }

    @Override
    public String hostForPods() {
        return "127.0.0.1";
    }

    @Override
    public void close() {
        feeds.close();
        client.close();
        server.close();
        kubelet.close();
    }
}
