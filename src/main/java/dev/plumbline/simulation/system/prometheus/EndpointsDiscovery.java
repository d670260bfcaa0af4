package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.ClusterState;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Targets behind Services: each address with each port, and the ports of its pod that the Service leaves out. */
final class EndpointsDiscovery {

    private final ClusterState state;
    private final Discovery discovery;
    private final List<Map<String, String>> targets = new ArrayList<>();

    EndpointsDiscovery(ClusterState state, Discovery discovery) {
        this.state = state;
        this.discovery = discovery;
    }

    List<Map<String, String>> targets(TargetSource.Kubernetes source) {
        discovery.objects(Endpoints.class, source).forEach(this::add);
        return targets;
    }

    private void add(Endpoints endpoints) {
        Set<String> covered = new HashSet<>();
        Set<Pod> pods = new HashSet<>();
        for (EndpointSubset subset : endpoints.getSubsets()) {
            for (EndpointPort port : subset.getPorts()) {
                subset.getAddresses().forEach(address -> add(endpoints, address, port, true, covered, pods));
                subset.getNotReadyAddresses().forEach(address -> add(endpoints, address, port, false, covered, pods));
            }
        }
        pods.forEach(pod -> addOthers(endpoints, pod, covered));
    }

    private void add(
            Endpoints endpoints,
            EndpointAddress address,
            EndpointPort port,
            boolean ready,
            Set<String> covered,
            Set<Pod> pods) {
        String target = address.getIp() + ":" + port.getPort();
        MetaLabels labels = about(endpoints)
                .put("endpoint_ready", ready)
                .put("endpoint_port_name", port.getName())
                .put("endpoint_port_protocol", port.getProtocol() == null ? "TCP" : port.getProtocol())
                .put("endpoint_node_name", address.getNodeName())
                .put("endpoint_hostname", address.getHostname())
                .address(target);
        covered.add(target);
        if (address.getTargetRef() != null) {
            labels.put("endpoint_address_target_kind", address.getTargetRef().getKind());
            labels.put("endpoint_address_target_name", address.getTargetRef().getName());
        }
        pod(endpoints, address).ifPresent(pod -> {
            pods.add(pod);
            labels.pod(pod);
            container(pod, port.getPort(), labels);
        });
        targets.add(labels.all());
    }

    private static void container(Pod pod, int number, MetaLabels labels) {
        for (Container container : pod.getSpec().getContainers()) {
            for (ContainerPort port : container.getPorts()) {
                if (port.getContainerPort() == number) {
                    labels.container(container, port);
                }
            }
        }
    }

    private Optional<Pod> pod(Endpoints endpoints, EndpointAddress address) {
        return address.getTargetRef() != null
                        && "Pod".equals(address.getTargetRef().getKind())
                ? state.get(
                        Pod.class,
                        endpoints.getMetadata().getNamespace(),
                        address.getTargetRef().getName())
                : Optional.empty();
    }

    private void addOthers(Endpoints endpoints, Pod pod, Set<String> covered) {
        for (Container container : pod.getSpec().getContainers()) {
            for (ContainerPort port : container.getPorts()) {
                String target = pod.getStatus().getPodIP() + ":" + port.getContainerPort();
                if (!covered.contains(target)) {
                    targets.add(about(endpoints)
                            .pod(pod)
                            .container(container, port)
                            .address(target)
                            .all());
                }
            }
        }
    }

    private MetaLabels about(Endpoints endpoints) {
        MetaLabels labels = new MetaLabels().object("endpoints", endpoints);
        state.get(
                        Service.class,
                        endpoints.getMetadata().getNamespace(),
                        endpoints.getMetadata().getName())
                .ifPresent(service -> labels.object("service", service));
        return labels;
    }
}
