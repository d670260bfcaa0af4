package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.ClusterState;
import dev.plumbline.simulation.World;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the targets of a source as they are now. */
final class Discovery {

    private static final int KUBELET = 10250;

    private final ClusterState state;
    private final String ownNamespace;

    Discovery(World world, String ownNamespace) {
        this.state = world.state();
        this.ownNamespace = ownNamespace;
    }

    /** The labels of each target before relabelling. */
    List<Map<String, String>> targets(TargetSource source) {
        if (source instanceof TargetSource.Fixed fixed) {
            return fixed.addresses().stream()
                    .map(address -> new MetaLabels()
                            .putAll(fixed.labels())
                            .address(address)
                            .all())
                    .toList();
        }
        if (source instanceof TargetSource.Dns dns) {
            return dns(dns);
        }
        if (source instanceof TargetSource.Kubernetes kubernetes) {
            return switch (kubernetes.role()) {
                case "node" -> nodes(kubernetes);
                case "service" -> services(kubernetes);
                case "endpoints" -> new EndpointsDiscovery(state, this).targets(kubernetes);
                default -> pods(kubernetes);
            };
        }
        throw new IllegalStateException("no discovery for " + source);
    }

    private List<Map<String, String>> dns(TargetSource.Dns dns) {
        ServiceNames names = new ServiceNames(state, ownNamespace);
        List<Map<String, String>> targets = new ArrayList<>();
        for (String name : dns.names()) {
            List<String> found = dns.type().equals("SRV")
                    ? names.services(name)
                    : names.addresses(name).stream()
                            .map(address -> address + ":" + dns.port())
                            .toList();
            for (String address : found) {
                targets.add(new MetaLabels()
                        .putAll(Map.of("__meta_dns_name", name))
                        .address(address)
                        .all());
            }
        }
        return targets;
    }

    <T extends HasMetadata> Stream<T> objects(Class<T> type, TargetSource.Kubernetes source) {
        Stream<T> all = source.namespaces().isEmpty()
                ? state.list(type, null).stream()
                : source.namespaces().stream().flatMap(namespace -> state.list(type, namespace).stream());
        return all.filter(object -> fits(object, source.selector()));
    }

    /** Equality selectors, which is what such configurations use. */
    private static boolean fits(HasMetadata object, String selector) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return selector.isEmpty()
                || Stream.of(selector.split(",", -1)).allMatch(term -> {
                    String[] pair = term.split("==?", 2);
                    return labels != null && pair.length == 2 && pair[1].equals(labels.get(pair[0]));
                });
    }

    private List<Map<String, String>> nodes(TargetSource.Kubernetes source) {
        return objects(Node.class, source)
                .map(node -> {
                    MetaLabels labels = new MetaLabels().object("node", node);
                    String address = node.getMetadata().getName();
                    for (NodeAddress each : node.getStatus().getAddresses()) {
                        labels.put("node_address_" + each.getType(), each.getAddress());
                        address = each.getType().equals("InternalIP") ? each.getAddress() : address;
                    }
                    return labels.address(address + ":" + KUBELET)
                            .putAll(Map.of("instance", node.getMetadata().getName()))
                            .all();
                })
                .toList();
    }

    private List<Map<String, String>> services(TargetSource.Kubernetes source) {
        List<Map<String, String>> targets = new ArrayList<>();
        objects(Service.class, source).forEach(service -> {
            for (ServicePort port : service.getSpec().getPorts()) {
                String host = service.getMetadata().getName() + "."
                        + service.getMetadata().getNamespace() + ".svc";
                targets.add(new MetaLabels()
                        .object("service", service)
                        .put("service_cluster_ip", service.getSpec().getClusterIP())
                        .put("service_type", service.getSpec().getType())
                        .put("service_port_name", port.getName())
                        .put("service_port_number", port.getPort())
                        .put("service_port_protocol", port.getProtocol() == null ? "TCP" : port.getProtocol())
                        .address(host + ":" + port.getPort())
                        .all());
            }
        });
        return targets;
    }

    private List<Map<String, String>> pods(TargetSource.Kubernetes source) {
        List<Map<String, String>> targets = new ArrayList<>();
        objects(Pod.class, source)
                .filter(pod -> pod.getStatus() != null && pod.getStatus().getPodIP() != null)
                .forEach(pod -> {
                    for (Container container : pod.getSpec().getContainers()) {
                        String address = pod.getStatus().getPodIP();
                        if (container.getPorts().isEmpty()) {
                            targets.add(new MetaLabels()
                                    .pod(pod)
                                    .container(container, null)
                                    .address(address)
                                    .all());
                        }
                        for (ContainerPort port : container.getPorts()) {
                            targets.add(new MetaLabels()
                                    .pod(pod)
                                    .container(container, port)
                                    .address(address + ":" + port.getContainerPort())
                                    .all());
                        }
                    }
                });
        return targets;
    }
}
