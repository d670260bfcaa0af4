package dev.plumbline.gitops;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A place in some kinds of objects where kustomize writes labels or annotations. */
record FieldSpec(Set<String> kinds, String path, boolean create) {
    private static final Set<String> WORKLOADS =
            Set.of("ReplicationController", "Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job");
    private static final Set<String> APPS = Set.of("Deployment", "StatefulSet");
    private static final String AFFINITY = "spec/template/spec/affinity/";
    private static final String PREFERRED =
            "/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels";
    private static final String REQUIRED = "/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels";

    static final List<FieldSpec> TEMPLATE_LABELS = List.of(
            new FieldSpec(WORKLOADS, "spec/template/metadata/labels", true),
            new FieldSpec(Set.of("StatefulSet"), "spec/volumeClaimTemplates[]/metadata/labels", true),
            new FieldSpec(Set.of("CronJob"), "spec/jobTemplate/metadata/labels", true),
            new FieldSpec(Set.of("CronJob"), "spec/jobTemplate/spec/template/metadata/labels", true));

    static final List<FieldSpec> SELECTORS = List.of(
            new FieldSpec(Set.of("Service", "ReplicationController"), "spec/selector", true),
            new FieldSpec(
                    Set.of("Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"), "spec/selector/matchLabels", true),
            new FieldSpec(APPS, AFFINITY + "podAffinity" + PREFERRED, false),
            new FieldSpec(APPS, AFFINITY + "podAffinity" + REQUIRED, false),
            new FieldSpec(APPS, AFFINITY + "podAntiAffinity" + PREFERRED, false),
            new FieldSpec(APPS, AFFINITY + "podAntiAffinity" + REQUIRED, false),
            new FieldSpec(APPS, "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels", false),
            new FieldSpec(Set.of("Job", "PodDisruptionBudget"), "spec/selector/matchLabels", false),
            new FieldSpec(Set.of("CronJob"), "spec/jobTemplate/spec/selector/matchLabels", false),
            new FieldSpec(Set.of("NetworkPolicy"), "spec/podSelector/matchLabels", false),
            new FieldSpec(Set.of("NetworkPolicy"), "spec/ingress/from/podSelector/matchLabels", false),
            new FieldSpec(Set.of("NetworkPolicy"), "spec/egress/to/podSelector/matchLabels", false));

    static final List<FieldSpec> ANNOTATIONS = List.of(
            new FieldSpec(Set.of(), "metadata/annotations", true),
            new FieldSpec(WORKLOADS, "spec/template/metadata/annotations", true),
            new FieldSpec(Set.of("CronJob"), "spec/jobTemplate/metadata/annotations", true),
            new FieldSpec(Set.of("CronJob"), "spec/jobTemplate/spec/template/metadata/annotations", true));

    static final FieldSpec LABELS = new FieldSpec(Set.of(), "metadata/labels", true);

    /** @param kinds none for all */
    FieldSpec {}

    void write(Resource resource, Map<String, String> pairs) {
        if (kinds.isEmpty() || (kinds.contains(resource.kind()) && resource.builtIn())) {
            Fields.maps(resource.object(), path, create).forEach(it -> it.putAll(pairs));
        }
    }
}
