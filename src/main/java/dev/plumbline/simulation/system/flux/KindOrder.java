package dev.plumbline.simulation.system.flux;

import java.util.List;

/** The order in which kinds are applied: what others need comes first. */
final class KindOrder {

    private static final List<String> FIRST = List.of(
            "CustomResourceDefinition",
            "Namespace",
            "ClusterClass",
            "RuntimeClass",
            "PriorityClass",
            "StorageClass",
            "VolumeSnapshotClass",
            "IngressClass",
            "GatewayClass",
            "ResourceQuota",
            "ServiceAccount",
            "Role",
            "ClusterRole",
            "RoleBinding",
            "ClusterRoleBinding",
            "ConfigMap",
            "Secret",
            "Service",
            "LimitRange",
            "Deployment",
            "StatefulSet",
            "CronJob",
            "PodDisruptionBudget");
    private static final List<String> LAST = List.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

    private KindOrder() {}

    static int of(String kind) {
        int first = FIRST.indexOf(kind);
        if (first >= 0) {
            return first;
        }
        int last = LAST.indexOf(kind);
        return last >= 0 ? FIRST.size() + 1 + last : FIRST.size();
    }

    /** Definitions first, then classes, then all others: each stage is in force before the next is looked at. */
    static int stage(String kind) {
        if (kind.equals("CustomResourceDefinition") || kind.equals("Namespace")) {
            return 0;
        }
        return kind.endsWith("Class") ? 1 : 2;
    }
}
