package dev.plumbline.cluster;

import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What pods say of themselves, as far as several probes ask. */
public final class Pods {

    /** Reasons of a waiting container that no waiting cures. ErrImagePull is not among them: it is the first try. */
    private static final Set<String> HOPELESS =
            Set.of("ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "NotSimulated");

    private Pods() {}

    /** The pods of a namespace whose labels hold the given ones; none when pods cannot be seen. */
    public static List<GenericKubernetesResource> of(Target target, String namespace, Map<?, ?> labels) {
        var seen = target.feeds().list(target.kinds().named("Pod"), namespace);
        if (!(seen instanceof Observation.Seen<List<GenericKubernetesResource>> pods)) {
            return List.of();
        }
        return pods.value().stream()
                .filter(pod -> {
                    Map<String, String> own = pod.getMetadata().getLabels();
                    return own != null && own.entrySet().containsAll(labels.entrySet());
                })
                .toList();
    }

    /** Why a pod can not start: a container whose image cannot be had or is not simulated. */
    public static Optional<String> blocked(GenericKubernetesResource pod) {
        for (Map<?, ?> status : containers(pod)) {
            Object waiting = FieldPath.parse(".state.waiting").in(status).orElse(Map.of());
            String reason = Objects.toString(((Map<?, ?>) waiting).get("reason"), "");
            if (HOPELESS.contains(reason)) {
                String name = pod.getMetadata().getName();
                return Optional.of(
                        reason.equals("NotSimulated")
                                ? "not simulated: image " + status.get("image") + " of pod " + name
                                : "image " + status.get("image") + " of pod " + name + " cannot be pulled (" + reason
                                        + ")");
            }
        }
        return Optional.empty();
    }

    public static boolean completed(GenericKubernetesResource pod) {
        return FieldPath.parse(".status.phase")
                .in(pod.getAdditionalProperties())
                .filter("Succeeded"::equals)
                .isPresent();
    }

    public static boolean ready(GenericKubernetesResource pod) {
        Object conditions = FieldPath.parse(".status.conditions")
                .in(pod.getAdditionalProperties())
                .orElse(List.of());
        return pod.getMetadata().getDeletionTimestamp() == null
                && ((List<?>) conditions)
                        .stream()
                                .anyMatch(item -> item instanceof Map<?, ?> condition
                                        && "Ready".equals(condition.get("type"))
                                        && "True".equals(condition.get("status")));
    }

    private static List<Map<?, ?>> containers(GenericKubernetesResource pod) {
        List<Map<?, ?>> all = new ArrayList<>();
        for (String path : List.of(".status.initContainerStatuses", ".status.containerStatuses")) {
            Object statuses =
                    FieldPath.parse(path).in(pod.getAdditionalProperties()).orElse(List.of());
            ((List<?>) statuses).forEach(status -> all.add((Map<?, ?>) status));
        }
        return all;
    }
}
