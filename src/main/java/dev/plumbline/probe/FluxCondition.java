package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the conditions of a Flux object say. */
final class FluxCondition {

    private static final FieldPath CONDITIONS = FieldPath.parse(".status.conditions");
    private static final FieldPath OBSERVED = FieldPath.parse(".status.observedGeneration");

    private FluxCondition() {}

    /** Why the object is not ready for its current generation; empty when it is. */
    static Optional<String> notReady(GenericKubernetesResource object) {
        Map<String, Object> tree = object.getAdditionalProperties();
        boolean ready = false;
        String why = "has no condition Ready yet";
        for (Object item : (List<?>) CONDITIONS.in(tree).orElse(List.of())) {
            Map<?, ?> condition = (Map<?, ?>) item;
            boolean holds = "True".equals(condition.get("status"));
            if ("Stalled".equals(condition.get("type")) && holds) {
                return Optional.of("is stalled: " + condition.get("message"));
            }
            if ("Ready".equals(condition.get("type"))) {
                ready = holds;
                why = "is not ready (" + condition.get("reason") + ": " + condition.get("message") + ")";
            }
        }
        Long generation = object.getMetadata().getGeneration();
        Object observed = OBSERVED.in(tree).orElse(null);
        if (ready && generation != null && observed instanceof Number number && number.longValue() != generation) {
            return Optional.of("is ready for generation " + observed + ", not for " + generation);
        }
        return ready ? Optional.empty() : Optional.of(why);
    }
}
