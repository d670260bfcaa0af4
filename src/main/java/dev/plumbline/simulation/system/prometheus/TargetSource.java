package dev.plumbline.simulation.system.prometheus;

import java.util.List;
import java.util.Map;

/** Where a job finds its targets. */
sealed interface TargetSource {

    /** An entry of {@code static_configs}. */
    record Fixed(List<String> addresses, Map<String, String> labels) implements TargetSource {}

    /**
     * An entry of {@code kubernetes_sd_configs}.
     *
     * @param namespaces empty for all
     * @param selector of labels, empty for all
     */
    record Kubernetes(String role, List<String> namespaces, String selector) implements TargetSource {}

    /** An entry of {@code dns_sd_configs}; the port is needed for A records. */
    record Dns(List<String> names, String type, int port) implements TargetSource {}
}
