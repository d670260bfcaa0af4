package dev.plumbline.probe.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Why a Service has nobody behind it. */
final class ServiceCause {

    private final Around around;

    ServiceCause(Around around) {
        this.around = around;
    }

    Optional<String> of(Live service) {
        if (service.text("/spec/type").equals("ExternalName")) {
            return Optional.empty();
        }
        Map<String, String> selector = service.map("/spec/selector");
        if (selector.isEmpty()) {
            return Optional.of(service.words() + " .spec.selector is not set");
        }
        List<Live> pods = around.ofKind("Pod").stream()
                .filter(pod -> pod.map("/metadata/labels").entrySet().containsAll(selector.entrySet()))
                .toList();
        if (pods.isEmpty() && around.troubles().stream().noneMatch(trouble -> trouble.startsWith("pods"))) {
            return Optional.of(
                    service.words() + " .spec.selector " + selector + " selects no pod" + labelsThere(selector));
        }
        return !around.answered() && pods.stream().anyMatch(pod -> pod.is("Ready", "True"))
                ? port(service, pods)
                : Optional.empty();
    }

    private String labelsThere(Map<String, String> selector) {
        TreeSet<String> seen = new TreeSet<>();
        for (Live pod : around.neighbours()) {
            selector.keySet().forEach(key -> {
                String value = pod.map("/metadata/labels").get(key);
                if (value != null) {
                    seen.add(key + "=" + value);
                }
            });
        }
        return seen.isEmpty()
                ? ""
                : "; pods there have " + seen.stream().limit(5).collect(Collectors.joining(", "));
    }

    /** A port that no container names is only likely to be wrong, since containers may listen on others. */
    private static Optional<String> port(Live service, List<Live> pods) {
        List<JsonNode> declared = pods.stream()
                .flatMap(pod -> pod.list("/spec/containers").stream())
                .flatMap(container -> {
                    List<JsonNode> ports = new java.util.ArrayList<>();
                    container.path("ports").forEach(ports::add);
                    return ports.stream();
                })
                .toList();
        for (JsonNode port : service.list("/spec/ports")) {
            String wanted = port.path("targetPort").asText();
            boolean there = declared.stream()
                    .anyMatch(one -> one.path("name").asText().equals(wanted)
                            || one.path("containerPort").asText().equals(wanted));
            if (!there && !declared.isEmpty()) {
                return Optional.of(service.words() + " .spec.ports[].targetPort is " + wanted
                        + ", and its pods declare "
                        + declared.stream()
                                .map(one -> one.path("containerPort").asText())
                                .distinct()
                                .collect(Collectors.joining(", ")));
            }
        }
        return Optional.empty();
    }
}
