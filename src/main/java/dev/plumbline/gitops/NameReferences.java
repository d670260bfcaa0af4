package dev.plumbline.gitops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lets objects that name a renamed object follow it to its new name. */
final class NameReferences {
    private static final Map<String, String> POD_SPECS = Map.of(
            "Pod", "spec/",
            "PodTemplate", "template/spec/",
            "Deployment", "spec/template/spec/",
            "ReplicaSet", "spec/template/spec/",
            "ReplicationController", "spec/template/spec/",
            "DaemonSet", "spec/template/spec/",
            "StatefulSet", "spec/template/spec/",
            "Job", "spec/template/spec/",
            "CronJob", "spec/jobTemplate/spec/template/spec/");

    /** A field of a pod's spec that names an object of a kind. */
    private static final List<Reference> OF_PODS = List.of(
            new Reference("ConfigMap", "volumes/configMap/name"),
            new Reference("ConfigMap", "volumes/projected/sources/configMap/name"),
            new Reference("ConfigMap", "containers/env/valueFrom/configMapKeyRef/name"),
            new Reference("ConfigMap", "initContainers/env/valueFrom/configMapKeyRef/name"),
            new Reference("ConfigMap", "containers/envFrom/configMapRef/name"),
            new Reference("ConfigMap", "initContainers/envFrom/configMapRef/name"),
            new Reference("Secret", "volumes/secret/secretName"),
            new Reference("Secret", "volumes/projected/sources/secret/name"),
            new Reference("Secret", "containers/env/valueFrom/secretKeyRef/name"),
            new Reference("Secret", "initContainers/env/valueFrom/secretKeyRef/name"),
            new Reference("Secret", "containers/envFrom/secretRef/name"),
            new Reference("Secret", "initContainers/envFrom/secretRef/name"),
            new Reference("Secret", "imagePullSecrets/name"),
            new Reference("ServiceAccount", "serviceAccountName"),
            new Reference("PersistentVolumeClaim", "volumes/persistentVolumeClaim/claimName"),
            new Reference("PriorityClass", "priorityClassName"));

    private static final List<String> ROLES = List.of("Role", "ClusterRole");

    /** Fields of other objects, by their kind. */
    private static final Map<String, List<Reference>> OF_OTHERS = Map.of(
            "HorizontalPodAutoscaler",
            Set.of("Deployment", "ReplicationController", "ReplicaSet", "StatefulSet").stream()
                    .map(it -> new Reference(it, "spec/scaleTargetRef/name"))
                    .toList(),
            "StatefulSet",
            List.of(
                    new Reference("Service", "spec/serviceName"),
                    new Reference("StorageClass", "spec/volumeClaimTemplates/spec/storageClassName")),
            "Ingress",
            List.of(
                    new Reference("Secret", "spec/tls/secretName"),
                    new Reference("Service", "spec/rules/http/paths/backend/service/name"),
                    new Reference("Service", "spec/defaultBackend/service/name"),
                    new Reference("IngressClass", "spec/ingressClassName")),
            "ServiceAccount",
            List.of(new Reference("Secret", "imagePullSecrets/name")),
            "PersistentVolume",
            List.of(new Reference("StorageClass", "spec/storageClassName")),
            "PersistentVolumeClaim",
            List.of(
                    new Reference("PersistentVolume", "spec/volumeName"),
                    new Reference("StorageClass", "spec/storageClassName")),
            "APIService",
            List.of(new Reference("Service", "spec/service/name")),
            "Role",
            List.of(new Reference("ConfigMap", "rules/resourceNames"), new Reference("Secret", "rules/resourceNames")),
            "ClusterRole",
            List.of(new Reference("ConfigMap", "rules/resourceNames"), new Reference("Secret", "rules/resourceNames")),
            "ValidatingAdmissionPolicyBinding",
            List.of(new Reference("ValidatingAdmissionPolicy", "spec/policyName")));

    private final List<Resource> resources;

    private NameReferences(List<Resource> resources) {
        this.resources = resources;
    }

    private record Reference(String kind, String path) {}

    static void update(List<Resource> resources) throws KustomizeException {
        NameReferences references = new NameReferences(resources);
        for (Resource resource : resources) {
            if (resource.builtIn()) {
                references.follow(resource);
            }
        }
    }

    private void follow(Resource referrer) throws KustomizeException {
        String podSpec = POD_SPECS.get(referrer.kind());
        if (podSpec != null) {
            for (Reference reference : OF_PODS) {
                follow(referrer, reference.kind(), podSpec + reference.path());
            }
        }
        for (Reference reference : OF_OTHERS.getOrDefault(referrer.kind(), List.of())) {
            follow(referrer, reference.kind(), reference.path());
        }
        switch (referrer.kind()) {
            case "RoleBinding", "ClusterRoleBinding" -> {
                Object role = Fields.asMap(referrer.object().get("roleRef")).get("kind");
                if (ROLES.contains(String.valueOf(role))) {
                    follow(referrer, String.valueOf(role), "roleRef/name");
                }
                followPairs(referrer, "ServiceAccount", "subjects");
            }
            case "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration" ->
                followPairs(referrer, "Service", "webhooks/clientConfig/service");
            default -> {}
        }
    }

    private void follow(Resource referrer, String kind, String path) throws KustomizeException {
        List<String> unclear = new ArrayList<>();
        Fields.replace(referrer.object(), path, old -> {
            List<Resource> targets = targets(referrer, kind, old, it -> sameNamespace(referrer, it));
            if (targets.stream().map(Resource::name).distinct().count() > 1) {
                unclear.add(referrer.identity() + ": \"" + old + "\" at " + path + " may be any of "
                        + targets.stream().map(Resource::identity).toList());
            }
            return targets.isEmpty() ? old : targets.get(0).name();
        });
        if (!unclear.isEmpty()) {
            throw new KustomizeException(referrer.origin() + ": " + unclear.get(0));
        }
    }

    /** References that hold a name and a namespace, which may both have changed; kustomize ignores their kind. */
    private void followPairs(Resource referrer, String kind, String path) {
        for (Map<String, Object> pair : Fields.maps(referrer.object(), path, false)) {
            Optional<String> namespace = Fields.text(pair, "namespace");
            Predicate<Resource> there = it -> namespace.isEmpty()
                    || it.wasEver(
                            id -> Resource.Identity.effective(id.namespace()).equals(namespace.get()));
            List<Resource> targets = targets(referrer, kind, pair.get("name"), there);
            if (targets.size() == 1) {
                pair.put("name", targets.get(0).name());
                targets.get(0).namespace().ifPresent(it -> pair.put("namespace", it));
            }
        }
    }

    /** Those that ever had the name; of several, those that came with the referrer. */
    private List<Resource> targets(Resource referrer, String kind, @Nullable Object name, Predicate<Resource> more) {
        List<Resource> ever = resources.stream()
                .filter(it -> it.kind().equals(kind) && it.builtIn())
                .filter(it -> it.wasEver(id -> id.name().equals(name)))
                .filter(more)
                .toList();
        int nearest = ever.stream().mapToInt(referrer::nearness).max().orElse(0);
        return ever.stream().filter(it -> referrer.nearness(it) == nearest).toList();
    }

    private static boolean sameNamespace(Resource one, Resource other) {
        return one.clusterWide()
                || other.clusterWide()
                || Resource.Identity.effective(one.identity().namespace())
                        .equals(Resource.Identity.effective(other.identity().namespace()));
    }
}
