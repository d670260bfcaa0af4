package dev.plumbline.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds which image answers at an address that a Prometheus scrapes. */
final class TargetImages {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

    private final List<Manifest> manifests;

    TargetImages(List<Manifest> manifests) {
        this.manifests = manifests;
    }

    /** @param address {@code host:port}; the host is a Service, or the Prometheus itself */
    List<String> at(String address) {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? address : address.substring(0, colon);
        String port = colon < 0 ? "80" : address.substring(colon + 1);
        if (LOOPBACK.contains(host)) {
            return all().stream()
                    .filter(image -> image.matches("(.*/)?prometheus(:.*)?(@.*)?"))
                    .toList();
        }
        String[] names = host.split("\\.", -1);
        String namespace = names.length > 1 ? names[1] : "";
        return manifests.stream()
                .filter(it -> it.kind().equals("Service") && it.name().equals(names[0]))
                .filter(it -> namespace.isEmpty()
                        || it.namespace().isEmpty()
                        || it.namespace().equals(namespace))
                .flatMap(service -> behind(service, port).stream())
                .distinct()
                .toList();
    }

    /** The images of all workloads. */
    List<String> all() {
        return manifests.stream()
                .flatMap(workload -> containers(workload).stream())
                .map(container -> String.valueOf(container.get("image")))
                .distinct()
                .toList();
    }

    private List<String> behind(Manifest service, String port) {
        Map<String, Object> spec = Manifest.map(service.object().get("spec"));
        Map<String, Object> selector = Manifest.map(spec.get("selector"));
        Object target = list(spec.get("ports")).stream()
                .map(Manifest::map)
                .filter(each -> String.valueOf(each.get("port")).equals(port))
                .map(each -> each.getOrDefault("targetPort", each.get("port")))
                .findFirst()
                .orElse(port);
        List<String> images = new ArrayList<>();
        for (Manifest workload : manifests) {
            Map<String, Object> labels = Manifest.map(
                    Manifest.map(template(workload).get("metadata")).get("labels"));
            if (!selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet())) {
                List<Map<String, Object>> containers = containers(workload);
                containers.stream()
                        .filter(container -> containers.size() == 1 || has(container, String.valueOf(target)))
                        .forEach(container -> images.add(String.valueOf(container.get("image"))));
            }
        }
        return images;
    }

    private static boolean has(Map<String, Object> container, String port) {
        return list(container.get("ports")).stream()
                .map(Manifest::map)
                .anyMatch(each ->
                        port.equals(String.valueOf(each.get("containerPort"))) || port.equals(each.get("name")));
    }

    private static List<Map<String, Object>> containers(Manifest workload) {
        return list(Manifest.map(template(workload).get("spec")).get("containers")).stream()
                .map(Manifest::map)
                .toList();
    }

    /** Of a pod: the pod itself. */
    private static Map<String, Object> template(Manifest workload) {
        return workload.kind().equals("Pod")
                ? workload.object()
                : Manifest.map(Manifest.map(workload.object().get("spec")).get("template"));
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
