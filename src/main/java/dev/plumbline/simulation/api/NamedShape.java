package dev.plumbline.simulation.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shape of built-in kinds, told by the names of fields, which mean the same wherever Kubernetes uses them. */
record NamedShape(String name, @Nullable NamedShape parent) implements Shape {

    private static final Set<String> ATOMIC = Set.of(
            "nodeSelector",
            "labelSelector",
            "podSelector",
            "namespaceSelector",
            "configMapKeyRef",
            "secretKeyRef",
            "fieldRef",
            "resourceFieldRef",
            "roleRef",
            "dataSource",
            "dataSourceRef",
            "involvedObject",
            "nodeSelectorTerms",
            "secretRef",
            "configMapRef",
            "scaleTargetRef",
            "preference");
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("volumes", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")),
            Map.entry("conditions", List.of("type")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("secrets", List.of("name")),
            Map.entry("webhooks", List.of("name")),
            Map.entry("resourceClaims", List.of("name")),
            Map.entry("schedulingGates", List.of("name")),
            Map.entry("podIPs", List.of("ip")));

    @Override
    public boolean atomic() {
        return name.equals("selector") || ATOMIC.contains(name);
    }

    @Override
    public List<String> keys() {
        return name.equals("ports") ? portKeys() : KEYS.getOrDefault(name, List.of());
    }

    private List<String> portKeys() {
        if (parent == null) {
            return List.of();
        }
        if (parent.name.endsWith("ontainers[]")) {
            return List.of("containerPort", "protocol");
        }
        boolean service = parent.parent != null && parent.parent.name.equals("Service");
        return service ? List.of("port", "protocol") : List.of();
    }

    @Override
    public boolean set() {
        return name.equals("finalizers");
    }

    @Override
    public Shape field(String field) {
        return new NamedShape(field, this);
    }

    @Override
    public Shape item() {
        return new NamedShape(name + "[]", parent);
    }
}
