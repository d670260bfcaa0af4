package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Pods;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What pods, or claims, request of a resource together. Over none, nothing is seen. */
public final class Requests implements Probe<Requests.Sum> {

    private final Target target;
    private final String kind;
    private final List<String> patterns;
    private final String resource;

    Requests(Target target, String kind, List<String> patterns, String resource) {
        this.target = target;
        this.kind = kind;
        this.patterns = List.copyOf(patterns);
        this.resource = resource;
    }

    /** @param amount bytes, or CPUs */
    public record Sum(BigDecimal amount, int objects, String shown) {
        @Override
        public String toString() {
            return shown + " by " + objects;
        }
    }

    @Override
    public String subject() {
        return resource + " requested by " + (kind.equals("Pod") ? "pods " : "claims ") + String.join(", ", patterns);
    }

    @Override
    public Observation<Sum> look() {
        try {
            BigDecimal sum = BigDecimal.ZERO;
            int objects = 0;
            for (GenericKubernetesResource object : new Survey.Reader(target).list(kind, null)) {
                if (selected(object) && !Pods.completed(object)) {
                    objects++;
                    for (Object request : requests(object)) {
                        sum = sum.add(PodSurveys.amount(request));
                    }
                }
            }
            if (objects == 0) {
                return new Observation.Unreachable<>("nothing selected: there is none", subject(), target.now());
            }
            String shown = sum.divide(BigDecimal.valueOf(1L << 20), 0, java.math.RoundingMode.CEILING) + "Mi";
            return new Observation.Seen<>(new Sum(sum, objects, shown), subject(), target.now());
        } catch (NotSeen e) {
            return e.as(subject());
        }
    }

    private boolean selected(GenericKubernetesResource object) {
        String title =
                object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
        return patterns.stream()
                .anyMatch(pattern -> title.matches(pattern.replace(".", "\\.").replace("*", ".*")));
    }

    private List<Object> requests(GenericKubernetesResource object) {
        List<Object> found = new ArrayList<>();
        FieldPath requested = new FieldPath("", List.of("resources", "requests", resource));
        if (!kind.equals("Pod")) {
            FieldPath.parse(".spec")
                    .in(object.getAdditionalProperties())
                    .flatMap(requested::in)
                    .ifPresent(found::add);
            return found;
        }
        Object containers = FieldPath.parse(".spec.containers")
                .in(object.getAdditionalProperties())
                .orElse(List.of());
        ((List<?>) containers).forEach(container -> requested.in(container).ifPresent(found::add));
        return found;
    }
}
