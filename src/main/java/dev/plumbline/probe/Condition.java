package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Recording;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One of an object's status conditions. A condition of an older generation does not count as present. */
public final class Condition implements Probe<Condition.State> {

    private static final FieldPath CONDITIONS = FieldPath.parse(".status.conditions");
    private static final FieldPath OBSERVED = FieldPath.parse(".status.observedGeneration");

    private final Looks object;
    private final String type;

    public Condition(Target target, String kind, @Nullable String namespace, String name, String type) {
        this.object = new Looks(target, kind, namespace, name);
        this.type = type;
    }

    /** @param status {@code True}, {@code False} or {@code Unknown} */
    public record State(String status, String reason, String message) {
        @Override
        public String toString() {
            return status + (reason.isEmpty() ? "" : " (" + reason + (message.isEmpty() ? "" : ": " + message) + ")");
        }
    }

    @Override
    public String subject() {
        return object.subject() + " condition " + type;
    }

    @Override
    public List<About> about() {
        return object.about();
    }

    @Override
    public Observation<State> look() {
        return condition(object.look());
    }

    private Observation<State> condition(Observation<GenericKubernetesResource> seen) {
        if (!(seen instanceof Observation.Seen<GenericKubernetesResource> found)) {
            return seen.map(resource -> new State("", "", ""));
        }
        Map<String, Object> properties = found.value().getAdditionalProperties();
        Object conditions = CONDITIONS.in(properties).orElse(List.of());
        for (Object item : conditions instanceof List<?> list ? list : List.of()) {
            if (item instanceof Map<?, ?> condition && type.equals(condition.get("type"))) {
                return state(found, condition);
            }
        }
        return new Observation.Absent<>("not set", subject(), seen.at());
    }

    private Observation<State> state(Observation.Seen<GenericKubernetesResource> found, Map<?, ?> condition) {
        Long generation = found.value().getMetadata().getGeneration();
        Object observed = condition.containsKey("observedGeneration")
                ? condition.get("observedGeneration")
                : OBSERVED.in(found.value().getAdditionalProperties()).orElse(null);
        if (generation != null && observed instanceof Number number && number.longValue() < generation) {
            return new Observation.Absent<>(
                    "of generation " + observed + ", not of the current " + generation, subject(), found.at());
        }
        return new Observation.Seen<>(
                new State(text(condition, "status"), text(condition, "reason"), text(condition, "message")),
                subject(),
                found.at());
    }

    private static String text(Map<?, ?> condition, String key) {
        return Objects.toString(condition.get(key), "");
    }

    @Override
    public Optional<Recording<State>> record(@Nullable Instant from, Runnable changed) {
        return object.record(from, changed).map(recording -> recording.map(this::condition));
    }
}
