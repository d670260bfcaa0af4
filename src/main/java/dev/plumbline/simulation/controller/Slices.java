package dev.plumbline.simulation.controller;

import dev.plumbline.simulation.api.State;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.List;

/** The EndpointSlice of a Service; one is enough here. */
final class Slices {

    private final State state;

    Slices(State state) {
        this.state = state;
    }

    void write(Service service, List<Pod> pods) {
        List<Endpoint> endpoints = pods.stream().map(Slices::endpoint).toList();
        List<EndpointPort> ports = pods.isEmpty()
                ? List.of()
                : ServiceEndpoints.ports(service, pods.get(0)).stream()
                        .map(port -> new EndpointPortBuilder()
                                .withName(port.getName() == null ? "" : port.getName())
                                .withPort(port.getPort())
                                .withProtocol(port.getProtocol())
                                .withAppProtocol(port.getAppProtocol())
                                .build())
                        .toList();
        List<EndpointSlice> there = state.controlled(EndpointSlice.class, service);
        if (there.isEmpty()) {
            state.create(fresh(service, endpoints, ports));
            return;
        }
        String name = there.get(0).getMetadata().getName();
        state.edit(EndpointSlice.class, service.getMetadata().getNamespace(), name, live -> {
            live.setEndpoints(endpoints);
            live.setPorts(ports);
            return live;
        });
    }

    private static EndpointSlice fresh(Service service, List<Endpoint> endpoints, List<EndpointPort> ports) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withGenerateName(service.getMetadata().getName() + "-")
                .withNamespace(service.getMetadata().getNamespace())
                .withLabels(service.getMetadata().getLabels())
                .addToLabels("kubernetes.io/service-name", service.getMetadata().getName())
                .addToLabels("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io")
                .withOwnerReferences(Pods.owner(service))
                .endMetadata()
                .withAddressType("IPv4")
                .withEndpoints(endpoints)
                .withPorts(ports)
                .build();
    }

    private static Endpoint endpoint(Pod pod) {
        boolean dying = Pods.dying(pod);
        boolean ready = Pods.ready(pod);
        return new EndpointBuilder()
                .withAddresses(pod.getStatus().getPodIP())
                .withNodeName(pod.getSpec().getNodeName())
                .withNewConditions()
                .withReady(ready && !dying)
                .withServing(ready)
                .withTerminating(dying)
                .endConditions()
                .withNewTargetRef()
                .withKind("Pod")
                .withName(pod.getMetadata().getName())
                .withNamespace(pod.getMetadata().getNamespace())
                .withUid(pod.getMetadata().getUid())
                .endTargetRef()
                .build();
    }
}
