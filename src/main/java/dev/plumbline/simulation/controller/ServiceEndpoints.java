package dev.plumbline.simulation.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState.Change.Type;
import dev.plumbline.simulation.api.LabelQuery;
import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointAddressBuilder;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists the ready pods behind each Service, as Endpoints and as EndpointSlices. */
final class ServiceEndpoints {

    private final State state;
    private final Queue queue;
    private final Slices slices;

    ServiceEndpoints(State state, VirtualClock clock) {
        this.state = state.as("kube-controller-manager");
        this.queue = new Queue(clock, this::reconcile);
        this.slices = new Slices(this.state);
    }

    void start() {
        queue.watch(state, "v1", "Service");
        state.onRawChange(this::changed);
    }

    private void changed(Type type, ObjectRef ref, ObjectNode object, @Nullable ObjectNode before) {
        if (!ref.kind().kind().equals("Pod")) {
            return;
        }
        Kind services = state.kind("v1", "Service").orElseThrow();
        for (ObjectNode service : state.raw(services, ref.namespace())) {
            queue.add(new ObjectRef(
                    services,
                    ref.namespace(),
                    service.path("metadata").path("name").asText()));
        }
    }

    private void reconcile(ObjectRef ref) {
        Optional<Service> found = state.get(Service.class, ref.namespace(), ref.name());
        if (found.isEmpty()) {
            state.kind("v1", "Endpoints")
                    .ifPresent(kind -> state.delete(new ObjectRef(kind, ref.namespace(), ref.name())));
            return;
        }
        Service service = found.get();
        Map<String, String> selector = service.getSpec().getSelector();
        if (selector == null || selector.isEmpty() || Pods.dying(service)) {
            return;
        }
        LabelQuery query = LabelQuery.of(selector);
        List<Pod> pods = state.list(Pod.class, ref.namespace()).stream()
                .filter(pod -> query.matches(pod.getMetadata().getLabels()) && !Pods.over(pod))
                .filter(pod -> pod.getStatus() != null && pod.getStatus().getPodIP() != null)
                .toList();
        write(service, subsets(service, pods));
        slices.write(service, pods);
    }

    private static List<EndpointSubset> subsets(Service service, List<Pod> pods) {
        Map<List<EndpointPort>, List<Pod>> groups = new LinkedHashMap<>();
        for (Pod pod : pods) {
            if (!Pods.dying(pod)) {
                groups.computeIfAbsent(ports(service, pod), key -> new ArrayList<>())
                        .add(pod);
            }
        }
        List<EndpointSubset> subsets = new ArrayList<>();
        boolean all = Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses());
        groups.forEach((ports, members) -> subsets.add(new EndpointSubsetBuilder()
                .withPorts(ports)
                .withAddresses(addresses(members, pod -> all || Pods.ready(pod)))
                .withNotReadyAddresses(addresses(members, pod -> !all && !Pods.ready(pod)))
                .build()));
        return subsets;
    }

    private static List<EndpointAddress> addresses(List<Pod> pods, java.util.function.Predicate<Pod> wanted) {
        return pods.stream()
                .filter(wanted)
                .map(pod -> new EndpointAddressBuilder()
                        .withIp(pod.getStatus().getPodIP())
                        .withHostname(
                                pod.getSpec().getSubdomain() == null
                                        ? null
                                        : pod.getSpec().getHostname())
                        .withNodeName(pod.getSpec().getNodeName())
                        .withNewTargetRef()
                        .withKind("Pod")
                        .withName(pod.getMetadata().getName())
                        .withNamespace(pod.getMetadata().getNamespace())
                        .withUid(pod.getMetadata().getUid())
                        .endTargetRef()
                        .build())
                .toList();
    }

    static List<EndpointPort> ports(Service service, Pod pod) {
        List<EndpointPort> ports = new ArrayList<>();
        for (ServicePort port : service.getSpec().getPorts()) {
            target(port, pod)
                    .ifPresent(number -> ports.add(new EndpointPortBuilder()
                            .withName(port.getName())
                            .withPort(number)
                            .withProtocol(port.getProtocol())
                            .withAppProtocol(port.getAppProtocol())
                            .build()));
        }
        return ports;
    }

    private static Optional<Integer> target(ServicePort port, Pod pod) {
        if (port.getTargetPort() == null) {
            return Optional.of(port.getPort());
        }
        if (port.getTargetPort().getIntVal() != null) {
            return Optional.of(port.getTargetPort().getIntVal());
        }
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(named -> port.getTargetPort().getStrVal().equals(named.getName()))
                .map(named -> named.getContainerPort())
                .findFirst();
    }

    private void write(Service service, List<EndpointSubset> subsets) {
        String namespace = service.getMetadata().getNamespace();
        String name = service.getMetadata().getName();
        if (state.get(Endpoints.class, namespace, name).isEmpty()) {
            state.create(new EndpointsBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withNamespace(namespace)
                    .withLabels(service.getMetadata().getLabels())
                    .addToLabels("endpoints.kubernetes.io/managed-by", "endpoint-controller")
                    .endMetadata()
                    .withSubsets(subsets)
                    .build());
            return;
        }
        state.edit(Endpoints.class, namespace, name, live -> {
            live.setSubsets(subsets);
            return live;
        });
    }
}
