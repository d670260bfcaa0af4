package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.ClusterState;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The cluster's DNS as a target discovery asks it. */
final class ServiceNames {

    private static final String OF_SERVICE = "kubernetes.io/service-name";

    private final ClusterState state;
    private final String ownNamespace;

    ServiceNames(ClusterState state, String ownNamespace) {
        this.state = state;
        this.ownNamespace = ownNamespace;
    }

    /** The A records of a Service name: its address, or for a headless one those of its ready endpoints. */
    List<String> addresses(String name) {
        String[] words = name.replaceFirst("\\.$", "").split("\\.", -1);
        Optional<Service> service = service(words, 0);
        if (service.isEmpty()) {
            return List.of();
        }
        String clusterIp = service.get().getSpec().getClusterIP();
        return headless(service.get()) ? endpoints(service.get()) : List.of(clusterIp);
    }

    /** The host:port pairs of an SRV name, {@code _port._tcp.service.namespace.svc.cluster.local}. */
    List<String> services(String name) {
        String[] words = name.replaceFirst("\\.$", "").split("\\.", -1);
        if (words.length < 3 || !words[0].startsWith("_")) {
            return List.of();
        }
        return service(words, 2)
                .map(service -> services(service, words[0].substring(1)))
                .orElse(List.of());
    }

    private List<String> services(Service service, String port) {
        Optional<ServicePort> declared = service.getSpec().getPorts().stream()
                .filter(each -> Objects.equals(each.getName(), port))
                .findFirst();
        if (declared.isEmpty()) {
            return List.of();
        }
        if (!headless(service)) {
            return List.of(
                    service.getSpec().getClusterIP() + ":" + declared.get().getPort());
        }
        int number = slices(service).stream()
                .flatMap(slice -> slice.getPorts().stream())
                .filter(each -> Objects.equals(each.getName(), port))
                .map(EndpointPort::getPort)
                .findFirst()
                .orElse(declared.get().getPort());
        return endpoints(service).stream()
                .map(address -> address + ":" + number)
                .toList();
    }

    private Optional<Service> service(String[] words, int from) {
        String namespace = words.length > from + 1 ? words[from + 1] : ownNamespace;
        return state.get(Service.class, namespace, words[from]);
    }

    private static boolean headless(Service service) {
        String address = service.getSpec().getClusterIP();
        return address == null || address.isEmpty() || address.equals("None");
    }

    private List<String> endpoints(Service service) {
        List<String> addresses = new ArrayList<>();
        for (EndpointSlice slice : slices(service)) {
            for (Endpoint endpoint : slice.getEndpoints()) {
                Boolean ready = endpoint.getConditions() == null
                        ? null
                        : endpoint.getConditions().getReady();
                if (!Boolean.FALSE.equals(ready)) {
                    addresses.addAll(endpoint.getAddresses());
                }
            }
        }
        return addresses;
    }

    private List<EndpointSlice> slices(Service service) {
        return state.list(EndpointSlice.class, service.getMetadata().getNamespace()).stream()
                .filter(slice -> slice.getMetadata().getLabels() != null
                        && service.getMetadata()
                                .getName()
                                .equals(slice.getMetadata().getLabels().get(OF_SERVICE)))
                .toList();
    }
}
