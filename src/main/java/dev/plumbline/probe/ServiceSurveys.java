package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Questions about one Service: what it offers, and from where it can be reached. */
public final class ServiceSurveys {

    private static final FieldPath PORTS = FieldPath.parse(".spec.ports");
    private static final String SERVICE_OF_SLICE = "kubernetes.io/service-name";

    private final Target target;
    private final String namespace;
    private final String service;

    public ServiceSurveys(Target target, String namespace, String service) {
        this.target = target;
        this.namespace = namespace;
        this.service = service;
    }

    /** The Service declares each of these ports, and at least one ready endpoint stands behind it. */
    public Survey offers(List<Integer> ports) {
        String subject = "ports of service \"" + service + "\" in namespace \"" + namespace + "\"";
        return new Survey(target, subject, List.of("Service", "EndpointSlice"), reader -> {
            List<String> wrong = new ArrayList<>();
            GenericKubernetesResource found = service(reader);
            Set<String> ready = readyPorts(reader);
            for (int port : ports) {
                maps(PORTS.in(found.getAdditionalProperties()).orElse(List.of())).stream()
                        .filter(declared -> String.valueOf(declared.get("port")).equals(String.valueOf(port)))
                        .map(declared -> Objects.toString(declared.get("name"), ""))
                        .findFirst()
                        .ifPresentOrElse(
                                name -> {
                                    if (!ready.contains(name)) {
                                        wrong.add("port " + port + " has no ready endpoint");
                                    }
                                },
                                () -> wrong.add("port " + port + " is not offered"));
            }
            return new Survey.Tally(ports.size(), wrong);
        });
    }

    /** A ready pod behind a port of the Service, and the pod's own port. */
    record Backend(String pod, int port) {}

    /** @throws NotSeen absent when the Service does not offer the port */
    Optional<Backend> backend(Survey.Reader reader, int port) throws NotSeen {
        String name = maps(PORTS.in(service(reader).getAdditionalProperties()).orElse(List.of())).stream()
                .filter(declared -> String.valueOf(declared.get("port")).equals(String.valueOf(port)))
                .map(declared -> Objects.toString(declared.get("name"), ""))
                .findFirst()
                .orElseThrow(() -> new NotSeen(new Observation.Absent<>(
                        "service \"" + service + "\" does not offer port " + port, "", target.now())));
        for (GenericKubernetesResource slice : reader.list("EndpointSlice", namespace)) {
            Optional<Integer> number = maps(slice.getAdditionalProperties().get("ports")).stream()
                    .filter(declared ->
                            Objects.toString(declared.get("name"), "").equals(name))
                    .map(declared -> Integer.valueOf(String.valueOf(declared.get("port"))))
                    .findFirst();
            Optional<Map<?, ?>> endpoint = ours(slice) ? ready(slice).findFirst() : Optional.empty();
            if (number.isPresent() && endpoint.isPresent()) {
                return FieldPath.parse(".targetRef.name")
                        .in(endpoint.get())
                        .map(pod -> new Backend(pod.toString(), number.get()));
            }
        }
        return Optional.empty();
    }

    private boolean ours(GenericKubernetesResource slice) {
        Map<String, String> labels = slice.getMetadata().getLabels();
        return labels != null && service.equals(labels.get(SERVICE_OF_SLICE));
    }

    private static Stream<Map<?, ?>> ready(GenericKubernetesResource slice) {
        return maps(slice.getAdditionalProperties().get("endpoints")).stream()
                .filter(endpoint -> FieldPath.parse(".conditions.ready")
                        .in(endpoint)
                        .filter(Boolean.TRUE::equals)
                        .isPresent());
    }

    /** The names of the ports behind which an endpoint is ready. */
    private Set<String> readyPorts(Survey.Reader reader) throws NotSeen {
        Set<String> names = new TreeSet<>();
        for (GenericKubernetesResource slice : reader.list("EndpointSlice", namespace)) {
            if (ours(slice) && ready(slice).findAny().isPresent()) {
                maps(slice.getAdditionalProperties().get("ports"))
                        .forEach(port -> names.add(Objects.toString(port.get("name"), "")));
            }
        }
        return names;
    }

    /** No Service that has the same pods, and no Ingress, opens the Service to the outside of the cluster. */
    public Survey closed() {
        String subject = "ways from outside to service \"" + service + "\" in namespace \"" + namespace + "\"";
        return new Survey(target, subject, List.of("Service", "Ingress"), reader -> {
            Object selector = selector(service(reader));
            List<String> wrong = new ArrayList<>();
            Set<String> same = new TreeSet<>();
            int looked = 0;
            for (GenericKubernetesResource other : reader.list("Service", namespace)) {
                if (selector(other).equals(selector)) {
                    looked++;
                    same.add(other.getMetadata().getName());
                    String type = FieldPath.parse(".spec.type")
                            .in(other.getAdditionalProperties())
                            .orElse("ClusterIP")
                            .toString();
                    if (!type.equals("ClusterIP")) {
                        wrong.add("service " + other.getMetadata().getName() + " is of type " + type);
                    }
                }
            }
            for (GenericKubernetesResource ingress : reader.list("Ingress", namespace)) {
                looked++;
                String spec = String.valueOf(ingress.getAdditionalProperties().get("spec"));
                same.stream()
                        .filter(name -> spec.matches("(?s).*service=\\{[^}]*name=" + name + "[,}].*"))
                        .forEach(name ->
                                wrong.add("ingress " + ingress.getMetadata().getName() + " leads to service " + name));
            }
            return new Survey.Tally(looked, wrong);
        });
    }

    private GenericKubernetesResource service(Survey.Reader reader) throws NotSeen {
        return NotSeen.unlessSeen(new Looks(reader.target(), "Service", namespace, service).look());
    }

    private static Object selector(GenericKubernetesResource service) {
        return FieldPath.parse(".spec.selector")
                .in(service.getAdditionalProperties())
                .orElse(Map.of());
    }

    private static List<Map<?, ?>> maps(@org.jspecify.annotations.Nullable Object list) {
        return list instanceof List<?> items
                ? items.stream().<Map<?, ?>>map(item -> (Map<?, ?>) item).toList()
                : List.of();
    }
}
