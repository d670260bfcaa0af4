package dev.plumbline.simulation.api;

import dev.plumbline.cluster.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The built-in resources. Columns: API version, kind, plural, scope, traits, short names. */
final class BuiltIns {

    private static final String TABLE = """
            v1 Namespace namespaces cluster status ns
            v1 Node nodes cluster status no
            v1 PersistentVolume persistentvolumes cluster status pv
            v1 Pod pods namespaced status,generation po
            v1 Service services namespaced status svc
            v1 Endpoints endpoints namespaced - ep
            v1 ConfigMap configmaps namespaced - cm
            v1 Secret secrets namespaced - -
            v1 ServiceAccount serviceaccounts namespaced - sa
            v1 PersistentVolumeClaim persistentvolumeclaims namespaced status pvc
            v1 Event events namespaced - ev
            v1 LimitRange limitranges namespaced - limits
            v1 ResourceQuota resourcequotas namespaced status quota
            v1 ReplicationController replicationcontrollers namespaced status,scale,generation rc
            v1 PodTemplate podtemplates namespaced - -
            apps/v1 Deployment deployments namespaced status,scale,generation deploy
            apps/v1 ReplicaSet replicasets namespaced status,scale,generation rs
            apps/v1 StatefulSet statefulsets namespaced status,scale,generation sts
            apps/v1 DaemonSet daemonsets namespaced status,generation ds
            apps/v1 ControllerRevision controllerrevisions namespaced - -
            batch/v1 Job jobs namespaced status,generation -
            batch/v1 CronJob cronjobs namespaced status,generation cj
            autoscaling/v2 HorizontalPodAutoscaler horizontalpodautoscalers namespaced status hpa
            networking.k8s.io/v1 Ingress ingresses namespaced status,generation ing
            networking.k8s.io/v1 IngressClass ingressclasses cluster generation -
            networking.k8s.io/v1 NetworkPolicy networkpolicies namespaced generation netpol
            policy/v1 PodDisruptionBudget poddisruptionbudgets namespaced status,generation pdb
            rbac.authorization.k8s.io/v1 Role roles namespaced - -
            rbac.authorization.k8s.io/v1 RoleBinding rolebindings namespaced - -
            rbac.authorization.k8s.io/v1 ClusterRole clusterroles cluster - -
            rbac.authorization.k8s.io/v1 ClusterRoleBinding clusterrolebindings cluster - -
            storage.k8s.io/v1 StorageClass storageclasses cluster - sc
            storage.k8s.io/v1 CSIDriver csidrivers cluster - -
            storage.k8s.io/v1 VolumeAttachment volumeattachments cluster status -
            discovery.k8s.io/v1 EndpointSlice endpointslices namespaced generation -
            coordination.k8s.io/v1 Lease leases namespaced - -
            scheduling.k8s.io/v1 PriorityClass priorityclasses cluster generation pc
            node.k8s.io/v1 RuntimeClass runtimeclasses cluster - -
            apiextensions.k8s.io/v1 CustomResourceDefinition customresourcedefinitions cluster status,generation crd,crds
            apiregistration.k8s.io/v1 APIService apiservices cluster status -
            admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration validatingwebhookconfigurations cluster generation -
            admissionregistration.k8s.io/v1 MutatingWebhookConfiguration mutatingwebhookconfigurations cluster generation -
            authorization.k8s.io/v1 SelfSubjectAccessReview selfsubjectaccessreviews cluster review -
            authorization.k8s.io/v1 SelfSubjectRulesReview selfsubjectrulesreviews cluster review -
            authentication.k8s.io/v1 SelfSubjectReview selfsubjectreviews cluster review -
            """;

    private BuiltIns() {}

    static List<Resource> all() {
        return TABLE.lines().map(BuiltIns::row).toList();
    }

    private static Resource row(String line) {
        String[] cells = line.split(" ");
        int slash = cells[0].indexOf('/');
        String group = slash < 0 ? "" : cells[0].substring(0, slash);
        Kind kind = new Kind(group, cells[0].substring(slash + 1), cells[1], cells[2], cells[3].equals("namespaced"));
        return new Resource(
                kind, cells[1].toLowerCase(Locale.ROOT), words(cells[5]), Set.copyOf(words(cells[4])), null);
    }

    private static List<String> words(String cell) {
        return cell.equals("-") ? List.of() : Arrays.asList(cell.split(","));
    }
}
