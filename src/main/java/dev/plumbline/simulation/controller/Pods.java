package dev.plumbline.simulation.controller;

import dev.plumbline.simulation.api.LabelQuery;
import dev.plumbline.simulation.api.State;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What controllers ask and do about pods. */
final class Pods {

    private Pods() {}

    static boolean over(Pod pod) {
        String phase =
                pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    static boolean phase(Pod pod, String phase) {
        return pod.getStatus() != null && phase.equals(pod.getStatus().getPhase());
    }

    static boolean dying(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    /** Neither over nor being deleted. */
    static boolean active(Pod pod) {
        return !over(pod) && !dying(pod);
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals(type))
                        .findFirst();
    }

    static boolean ready(Pod pod) {
        return condition(pod, "Ready").filter(c -> c.getStatus().equals("True")).isPresent();
    }

    /** Ready for at least so many seconds. */
    static boolean available(Pod pod, @Nullable Integer minReadySeconds, Instant now) {
        if (!ready(pod)) {
            return false;
        }
        Instant since = Instant.parse(condition(pod, "Ready").orElseThrow().getLastTransitionTime());
        Duration needed = Duration.ofSeconds(minReadySeconds == null ? 0 : minReadySeconds);
        return !since.plus(needed).isAfter(now);
    }

    static Instant created(HasMetadata object) {
        return Instant.parse(object.getMetadata().getCreationTimestamp());
    }

    static OwnerReference owner(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    /** A pod from a template, owned; without a name, it is generated. */
    static PodBuilder from(PodTemplateSpec template, HasMetadata owner) {
        ObjectMeta given = template.getMetadata() == null ? new ObjectMeta() : template.getMetadata();
        ObjectMeta metadata = new ObjectMetaBuilder()
                .withGenerateName(owner.getMetadata().getName() + "-")
                .withNamespace(owner.getMetadata().getNamespace())
                .withLabels(given.getLabels())
                .withAnnotations(given.getAnnotations())
                .withFinalizers(given.getFinalizers())
                .withOwnerReferences(owner(owner))
                .build();
        return new PodBuilder().withMetadata(metadata).withSpec(template.getSpec());
    }

    /** The pods that an object controls; it takes in orphans that it selects and lets go of those that it no longer does. */
    static List<Pod> claim(State state, HasMetadata owner, LabelSelector selector) {
        LabelQuery query = LabelQuery.of(selector);
        String uid = owner.getMetadata().getUid();
        List<Pod> candidates = state.list(Pod.class, owner.getMetadata().getNamespace(), object -> {
            var references = dev.plumbline.simulation.api.Json.at(object, "metadata", "ownerReferences");
            return references.isEmpty() || references.toString().contains(uid);
        });
        for (Pod pod : candidates) {
            boolean mine = controls(uid, pod);
            boolean selected = query.matches(pod.getMetadata().getLabels());
            if (mine && !selected && !dying(pod)) {
                own(state, pod, List.of());
            } else if (!mine
                    && selected
                    && active(pod)
                    && !dying(owner)
                    && pod.getMetadata().getOwnerReferences().isEmpty()) {
                own(state, pod, List.of(owner(owner)));
            }
        }
        return state.controlled(Pod.class, owner);
    }

    private static boolean controls(String uid, Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(reference -> Boolean.TRUE.equals(reference.getController())
                        && reference.getUid().equals(uid));
    }

    private static void own(State state, Pod pod, List<OwnerReference> owners) {
        state.edit(
                Pod.class, pod.getMetadata().getNamespace(), pod.getMetadata().getName(), live -> {
                    live.getMetadata().setOwnerReferences(owners);
                    return live;
                });
    }

    static Map<String, String> labels(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
