package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Pods;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.Optional;

/** The pods behind a Service, as far as they explain why it does not answer. */
final class ServicePods {

    private static final FieldPath SELECTOR = FieldPath.parse(".spec.selector");

    private ServicePods() {}

    /** Why one of them can never start. */
    static Optional<String> blocked(Target target, String namespace, String service) {
        var seen = target.feeds().get(new ObjectRef(target.kinds().named("Service"), namespace, service));
        if (!(seen instanceof Observation.Seen<GenericKubernetesResource> found)) {
            return Optional.empty();
        }
        return SELECTOR.in(found.value().getAdditionalProperties())
                .filter(selector -> selector instanceof Map<?, ?> labels && !labels.isEmpty())
                .flatMap(selector -> Pods.of(target, namespace, (Map<?, ?>) selector).stream()
                        .flatMap(pod -> Pods.blocked(pod).stream())
                        .findFirst());
    }
}
