package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.Kind;
import dev.plumbline.simulation.ClusterState;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kinds that a backup looks through, those of custom resources among them. */
final class Catalogue {

    private static final List<String> BUILT_IN = List.of(
            "v1/Namespace",
            "v1/PersistentVolume",
            "v1/PersistentVolumeClaim",
            "v1/Secret",
            "v1/ConfigMap",
            "v1/ServiceAccount",
            "v1/LimitRange",
            "v1/ResourceQuota",
            "v1/Pod",
            "v1/Service",
            "v1/ReplicationController",
            "v1/PodTemplate",
            "apps/v1/ReplicaSet",
            "apps/v1/Deployment",
            "apps/v1/StatefulSet",
            "apps/v1/DaemonSet",
            "apps/v1/ControllerRevision",
            "batch/v1/Job",
            "batch/v1/CronJob",
            "networking.k8s.io/v1/Ingress",
            "networking.k8s.io/v1/NetworkPolicy",
            "networking.k8s.io/v1/IngressClass",
            "policy/v1/PodDisruptionBudget",
            "rbac.authorization.k8s.io/v1/Role",
            "rbac.authorization.k8s.io/v1/RoleBinding",
            "rbac.authorization.k8s.io/v1/ClusterRole",
            "rbac.authorization.k8s.io/v1/ClusterRoleBinding",
            "autoscaling/v2/HorizontalPodAutoscaler",
            "storage.k8s.io/v1/StorageClass",
            "scheduling.k8s.io/v1/PriorityClass",
            "apiextensions.k8s.io/v1/CustomResourceDefinition");

    private Catalogue() {}

    static List<Kind> kinds(ClusterState state) {
        List<Kind> kinds = new ArrayList<>();
        for (String name : BUILT_IN) {
            int slash = name.lastIndexOf('/');
            state.kind(name.substring(0, slash), name.substring(slash + 1)).ifPresent(kinds::add);
        }
        for (CustomResourceDefinition definition : state.list(CustomResourceDefinition.class, null)) {
            String group = definition.getSpec().getGroup();
            stored(definition)
                    .flatMap(version -> state.kind(
                            group + "/" + version,
                            definition.getSpec().getNames().getKind()))
                    .ifPresent(kinds::add);
        }
        return kinds;
    }

    private static Optional<String> stored(CustomResourceDefinition definition) {
        return definition.getSpec().getVersions().stream()
                .filter(version -> Boolean.TRUE.equals(version.getStorage()))
                .map(CustomResourceDefinitionVersion::getName)
                .findFirst();
    }
}
