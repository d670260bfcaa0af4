package dev.plumbline.probe.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong, the likeliest first: what is missing, sick pods, pods that were refused, the object itself, its makers. */
final class Causes {

    /** Those of one template mostly fail for one reason. */
    private static final int MOST_PODS = 10;

    private final Around around;

    Causes(Around around) {
        this.around = around;
    }

    List<String> all() {
        Set<String> causes = new LinkedHashSet<>(around.missing());
        PodCause pods = new PodCause(around);
        around.sickPods().stream().limit(MOST_PODS).forEach(pod -> pods.of(pod).ifPresent(causes::add));
        List<Live> rest = new ArrayList<>(around.subjects());
        around.objects().stream()
                .filter(object -> !object.kind().equals("Pod") && !rest.contains(object))
                .forEach(rest::add);
        rest.forEach(object -> refused(object).ifPresent(causes::add));
        rest.forEach(object -> stopped(object).ifPresent(causes::add));
        rest.forEach(object -> own(object).ifPresent(causes::add));
        return List.copyOf(causes);
    }

    /** A pod that was refused leaves no pod, only its maker's word: quotas, admission, a missing account. */
    private Optional<String> refused(Live object) {
        return object.condition("ReplicaFailure")
                .filter(condition -> condition.path("status").asText().equals("True"))
                .map(Conditions::words)
                .or(() -> around.ofKind("Pod").isEmpty()
                        ? around.told(object, "FailedCreate").map(said -> "could not create a pod: " + said)
                        : Optional.empty())
                .map(cause -> object.words() + " " + cause);
    }

    private static Optional<String> stopped(Live object) {
        if (!object.text("/metadata/deletionTimestamp").isEmpty()) {
            return Optional.of(deleting(object));
        }
        if (object.at("/spec/suspend").asBoolean()) {
            return Optional.of(object.words() + " .spec.suspend is true");
        }
        if (object.at("/spec/paused").asBoolean()) {
            return Optional.of(object.words() + " .spec.paused is true");
        }
        return Optional.empty();
    }

    private Optional<String> own(Live object) {
        if (object.kind().matches("Deployment|StatefulSet")
                && object.at("/spec/replicas").asInt(1) == 0) {
            return Optional.of(object.words() + " .spec.replicas is 0");
        }
        return switch (object.kind()) {
            case "Service" -> new ServiceCause(around).of(object);
            case "PersistentVolumeClaim" -> new ClaimCause(around).of(object);
            default -> Conditions.wrong(object);
        };
    }

    private static String deleting(Live object) {
        String finalizers = object.at("/metadata/finalizers").isMissingNode()
                ? object.at("/spec/finalizers").toString()
                : object.at("/metadata/finalizers").toString();
        String left = object.list("/status/conditions").stream()
                .filter(condition -> condition.path("status").asText().equals("True"))
                .map(condition -> "; " + Conditions.words(condition))
                .findFirst()
                .orElse("");
        return object.words() + " .metadata.deletionTimestamp is set, and finalizers hold it: " + finalizers + left;
    }
}
