package dev.plumbline.simulation.system.prometheus;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the {@code __meta_kubernetes_*} labels of a target. */
final class MetaLabels {

    static final String ADDRESS = "__address__";
    private static final String PREFIX = "__meta_kubernetes_";

    private final Map<String, String> labels = new HashMap<>();

    MetaLabels address(String address) {
        labels.put(ADDRESS, address);
        return this;
    }

    MetaLabels put(String name, @Nullable Object value) {
        if (value != null) {
            labels.put(PREFIX + name, value.toString());
        }
        return this;
    }

    MetaLabels putAll(Map<String, String> others) {
        labels.putAll(others);
        return this;
    }

    /** Name, namespace, labels and annotations of an object. */
    MetaLabels object(String role, HasMetadata object) {
        if (object.getMetadata().getNamespace() != null) {
            put("namespace", object.getMetadata().getNamespace());
        }
        put(role + "_name", object.getMetadata().getName());
        each(role + "_label", object.getMetadata().getLabels());
        each(role + "_annotation", object.getMetadata().getAnnotations());
        return this;
    }

    private void each(String prefix, @Nullable Map<String, String> values) {
        if (values != null) {
            values.forEach((name, value) -> {
                String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
                put(prefix + "_" + plain, value);
                put(prefix + "present_" + plain, "true");
            });
        }
    }

    MetaLabels pod(Pod pod) {
        object("pod", pod);
        put("pod_ip", pod.getStatus().getPodIP());
        put("pod_phase", pod.getStatus().getPhase());
        put("pod_ready", ready(pod));
        put("pod_node_name", pod.getSpec().getNodeName());
        put("pod_host_ip", pod.getStatus().getHostIP());
        put("pod_uid", pod.getMetadata().getUid());
        pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst()
                .ifPresent(owner ->
                        put("pod_controller_kind", owner.getKind()).put("pod_controller_name", owner.getName()));
        return this;
    }

    MetaLabels container(Container container, @Nullable ContainerPort port) {
        put("pod_container_name", container.getName());
        put("pod_container_image", container.getImage());
        put("pod_container_init", "false");
        if (port != null) {
            put("pod_container_port_name", port.getName());
            put("pod_container_port_number", port.getContainerPort());
            put("pod_container_port_protocol", port.getProtocol() == null ? "TCP" : port.getProtocol());
        }
        return this;
    }

    private static String ready(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .map(condition -> condition.getStatus().toLowerCase(java.util.Locale.ROOT))
                .findFirst()
                .orElse("unknown");
    }

    Map<String, String> all() {
        return labels;
    }
}
