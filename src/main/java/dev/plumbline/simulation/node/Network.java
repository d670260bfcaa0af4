package dev.plumbline.simulation.node;

import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.api.State;
import dev.plumbline.simulation.api.Workloads;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Brings requests to programs: by Service, by pod address, with NetworkPolicies in between. */
public final class Network implements Workloads {

    private final State state;
    private final Kubelet kubelet;
    private final Policies policies;
    private final AtomicInteger turn = new AtomicInteger();

    public Network(State state, Kubelet kubelet) {
        this.state = state;
        this.kubelet = kubelet;
        this.policies = new Policies(state);
    }

    @Override
    public Optional<String> log(String namespace, String pod, String container, boolean previous) {
        return state.get(Pod.class, namespace, pod).flatMap(found -> kubelet.log(found, container, previous));
    }

    @Override
    public Program.Reply toPod(String namespace, String pod, int port, Program.Request request) throws World.Refused {
        Pod found = state.get(Pod.class, namespace, pod).orElseThrow(() -> new World.Refused("no such pod: " + pod));
        PodRun run =
                kubelet.run(found.getMetadata().getUid()).orElseThrow(() -> new World.Refused("address not allowed"));
        return answer(run, port, request);
    }

    @Override
    public Program.Reply toService(String namespace, String name, int port, Program.Request request)
            throws World.Refused {
        Service service = state.get(Service.class, namespace, name)
                .orElseThrow(() -> new World.Refused("services \"" + name + "\" not found"));
        Place place = endpoint(service, port);
        return deliver(place, request, null);
    }

    /** As {@link World#send}; the sender is null for a model that is no pod. */
    Program.Reply send(Sender sender, String host, int port, Program.Request request) throws World.Refused {
        Optional<Service> service = service(sender.namespace(), host);
        if (service.isPresent() && !headless(service.get())) {
            return deliver(endpoint(service.get(), port), request, sender);
        }
        return deliver(new Place(address(sender, host, service), port), request, sender);
    }

    private String address(Sender sender, String host, Optional<Service> service) throws World.Refused {
        if (service.isPresent()) {
            return anyAddress(service.get());
        }
        if (host.matches("\\d+(\\.\\d+){3}")) {
            return host;
        }
        return podName(sender.namespace(), host)
                .orElseThrow(() -> new World.Refused("lookup " + host + ": no such host"));
    }

    private static boolean headless(Service service) {
        return "None".equals(service.getSpec().getClusterIP());
    }

    /** {@code web}, {@code web.shop}, {@code web.shop.svc}, {@code web.shop.svc.cluster.local}, or a cluster address. */
    private Optional<Service> service(String from, String host) {
        if (host.startsWith("10.43.")) {
            return state.list(Service.class, null).stream()
                    .filter(service -> host.equals(service.getSpec().getClusterIP()))
                    .findFirst();
        }
        List<String> labels = labels(host);
        return switch (labels.size()) {
            case 1 -> state.get(Service.class, from, labels.get(0));
            case 2 -> state.get(Service.class, labels.get(1), labels.get(0));
            default -> Optional.empty();
        };
    }

    private static List<String> labels(String host) {
        String plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return List.of(plain.replaceFirst("\\.svc(\\.cluster\\.local)?$", "").split("\\."));
    }

    /** {@code db-0.db.shop}: the pod of a headless Service by its host name. */
    private Optional<String> podName(String from, String host) {
        List<String> labels = labels(host);
        if (labels.size() < 2) {
            return Optional.empty();
        }
        String namespace = labels.size() == 2 ? from : labels.get(2);
        return state.get(Pod.class, namespace, labels.get(0))
                .filter(pod -> labels.get(1).equals(pod.getSpec().getSubdomain()))
                .map(pod -> pod.getStatus().getPodIP());
    }

    private String anyAddress(Service service) throws World.Refused {
        for (EndpointSubset subset : subsets(service)) {
            for (EndpointAddress address : subset.getAddresses()) {
                return address.getIp();
            }
        }
        throw unavailable(service);
    }

    private static World.Refused unavailable(Service service) {
        return new World.Refused(
                "no endpoints available for service \"" + service.getMetadata().getName() + "\"");
    }

    private List<EndpointSubset> subsets(Service service) {
        return state.get(
                        Endpoints.class,
                        service.getMetadata().getNamespace(),
                        service.getMetadata().getName())
                .map(Endpoints::getSubsets)
                .orElse(List.of());
    }

    private Place endpoint(Service service, int port) throws World.Refused {
        ServicePort wanted = service.getSpec().getPorts().stream()
                .filter(candidate -> candidate.getPort() == port)
                .findFirst()
                .orElseThrow(() -> new World.Refused("no service port " + port + " found for service \""
                        + service.getMetadata().getName() + "\""));
        List<Place> places = new ArrayList<>();
        for (EndpointSubset subset : subsets(service)) {
            for (EndpointPort candidate : subset.getPorts()) {
                if (java.util.Objects.equals(candidate.getName(), wanted.getName())) {
                    subset.getAddresses()
                            .forEach(address -> places.add(new Place(address.getIp(), candidate.getPort())));
                }
            }
        }
        if (places.isEmpty()) {
            throw unavailable(service);
        }
        return places.get(Math.floorMod(turn.getAndIncrement(), places.size()));
    }

    private Program.Reply deliver(Place place, Program.Request request, @Nullable Sender sender) throws World.Refused {
        PodRun run = sender != null && sender.self(place.address()).isPresent()
                ? sender.self(place.address()).flatMap(kubelet::run).orElseThrow(() -> refused(place))
                : kubelet.at(place.address(), place.port()).orElseThrow(() -> refused(place));
        if (sender != null && !policies.allows(sender, run.current(), place.port())) {
            throw new World.Refused("dial tcp " + place + ": i/o timeout");
        }
        return answer(run, place.port(), request);
    }

    private static World.Refused refused(Place place) {
        return new World.Refused("dial tcp " + place + ": connect: connection refused");
    }

    private static Program.Reply answer(PodRun run, int port, Program.Request request) throws World.Refused {
        Program program = run.listening(port).orElseThrow(() -> refused(new Place(run.address(), port)));
        return program.answer(port, request);
    }

    private record Place(String address, int port) {
        @Override
        public String toString() {
            return address + ":" + port;
        }
    }
}
