package dev.plumbline.simulation.system.flux;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;

/** The status of one object as kstatus computes it: Current, InProgress, Failed or Terminating. */
final class HealthRules {

    private static final String CURRENT = "Current";
    private static final String IN_PROGRESS = "InProgress";
    private static final String FAILED = "Failed";

    private HealthRules() {}

    static String status(GenericKubernetesResource object) {
        if (object.getMetadata().getDeletionTimestamp() != null) {
            return "Terminating";
        }
        Long generation = object.getMetadata().getGeneration();
        if (object.get("status", "observedGeneration") instanceof Number observed
                && generation != null
                && observed.longValue() != generation) {
            return IN_PROGRESS;
        }
        return switch (object.getKind()) {
            case "Deployment" -> deployment(object);
            case "StatefulSet" -> statefulSet(object);
            case "DaemonSet" -> daemonSet(object);
            case "Job" -> job(object);
            case "Pod" -> pod(object);
            case "PersistentVolumeClaim" -> when("Bound".equals(object.get("status", "phase")));
            case "CustomResourceDefinition" -> when(Status.isTrue(object, "Established"));
            default -> byConditions(object);
        };
    }

    private static String when(boolean current) {
        return current ? CURRENT : IN_PROGRESS;
    }

    private static long number(GenericKubernetesResource object, String field) {
        return object.get("status", field) instanceof Number number ? number.longValue() : 0;
    }

    private static long replicas(GenericKubernetesResource object) {
        return object.get("spec", "replicas") instanceof Number number ? number.longValue() : 1;
    }

    private static String deployment(GenericKubernetesResource object) {
        if (reason(object, "Progressing").equals("ProgressDeadlineExceeded")) {
            return FAILED;
        }
        long wanted = replicas(object);
        return when(object.get("status", "observedGeneration") != null
                && number(object, "updatedReplicas") >= wanted
                && number(object, "replicas") <= number(object, "updatedReplicas")
                && number(object, "availableReplicas") >= wanted
                && number(object, "readyReplicas") >= wanted);
    }

    private static String statefulSet(GenericKubernetesResource object) {
        long wanted = replicas(object);
        Object current = object.get("status", "currentRevision");
        Object update = object.get("status", "updateRevision");
        return when(object.get("status", "observedGeneration") != null
                && number(object, "replicas") == wanted
                && number(object, "readyReplicas") >= wanted
                && (current == null || current.equals(update)));
    }

    private static String daemonSet(GenericKubernetesResource object) {
        long wanted = number(object, "desiredNumberScheduled");
        return when(object.get("status", "observedGeneration") != null
                && number(object, "updatedNumberScheduled") >= wanted
                && number(object, "numberAvailable") >= wanted
                && number(object, "numberReady") >= wanted);
    }

    /** A Job that runs is as it should be for kstatus; Flux waits for its end. */
    private static String job(GenericKubernetesResource object) {
        return Status.isTrue(object, "Failed") ? FAILED : when(Status.isTrue(object, "Complete"));
    }

    private static String pod(GenericKubernetesResource object) {
        String phase = object.get("status", "phase");
        return "Failed".equals(phase) ? FAILED : when("Succeeded".equals(phase) || Status.isTrue(object, "Ready"));
    }

    private static String byConditions(GenericKubernetesResource object) {
        if (Status.isTrue(object, "Stalled")) {
            return FAILED;
        }
        if (Status.isTrue(object, "Reconciling")) {
            return IN_PROGRESS;
        }
        List<Map<String, Object>> conditions = object.get("status", "conditions");
        boolean notReady = conditions != null
                && conditions.stream()
                        .anyMatch(it -> "Ready".equals(it.get("type")) && !"True".equals(it.get("status")));
        return when(!notReady);
    }

    private static String reason(GenericKubernetesResource object, String type) {
        List<Map<String, Object>> conditions = object.get("status", "conditions");
        return conditions == null
                ? ""
                : conditions.stream()
                        .filter(condition -> type.equals(condition.get("type")))
                        .map(condition -> String.valueOf(condition.get("reason")))
                        .findFirst()
                        .orElse("");
    }
}
