package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Pods;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;

/** The pods behind a Service, as far as they explain why it does not answer. */
final class ServicePods {

    private static final FieldPath SELECTOR = FieldPath.parse(".spec.selector");

    private ServicePods() {}

    /**
     * What it means that a Service does not answer: not yet, blocked by a pod that can never start, or nobody was asked,
     * because the Service is not there or selects no pod.
     */
    static <T> Observation<T> silent(Target target, String namespace, String service, String source, String why) {
        var seen = new Looks(target, "Service", namespace, service).look();
        if (seen instanceof Observation.Unreachable<?> unseen) {
            return new Observation.Unreachable<>(unseen.why(), source, seen.at());
        }
        if (!(seen instanceof Observation.Seen<GenericKubernetesResource> found)) {
            return nothing(
                    "there is no service \"" + service + "\" in namespace \"" + namespace + "\"", source, target);
        }
        Object selector = SELECTOR.in(found.value().getAdditionalProperties()).orElse(Map.of());
        return selector instanceof Map<?, ?> labels && !labels.isEmpty()
                ? behind(target, namespace, labels, source, why)
                : new Observation.Absent<>(why, source, target.now());
    }

    private static <T> Observation<T> behind(
            Target target, String namespace, Map<?, ?> labels, String source, String why) {
        var seen = target.feeds().list(target.kinds().named("Pod"), namespace);
        if (seen instanceof Observation.Unreachable<?> unseen) {
            return new Observation.Unreachable<>(unseen.why(), source, seen.at());
        }
        List<GenericKubernetesResource> pods = Pods.of(target, namespace, labels);
        if (pods.isEmpty()) {
            return nothing("no pod has the labels " + labels + " that the service selects", source, target);
        }
        return pods.stream()
                .flatMap(pod -> Pods.blocked(pod).stream())
                .findFirst()
                .<Observation<T>>map(blocked -> new Observation.Blocked<>(blocked, source, target.now()))
                .orElseGet(() -> new Observation.Absent<>(why, source, target.now()));
    }

    private static <T> Observation<T> nothing(String what, String source, Target target) {
        return new Observation.Unreachable<>("nothing selected: " + what, source, target.now());
    }
}
