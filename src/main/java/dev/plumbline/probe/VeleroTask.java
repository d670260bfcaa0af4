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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a Velero Backup or Restore is. */
public final class VeleroTask implements Probe<VeleroTask.State> {

    private static final List<String> ENDED = List.of("Completed", "PartiallyFailed", "Failed", "FailedValidation");

    private final Looks object;

    /** @param kind {@code Backup} or {@code Restore} */
    public VeleroTask(Target target, String kind, String namespace, String name) {
        this.object = new Looks(target, kind + ".velero.io", namespace, name);
    }

    /** @param phase {@code New} until Velero has looked at it */
    public record State(String phase, long errors, long warnings, String trouble) {

        public boolean completed() {
            return phase.equals("Completed") && errors == 0;
        }

        /** Whether waiting longer changes nothing. */
        public boolean ended() {
            return ENDED.contains(phase);
        }

        @Override
        public String toString() {
            return phase
                    + (errors == 0 ? "" : ", " + errors + " errors")
                    + (warnings == 0 ? "" : ", " + warnings + " warnings")
                    + (trouble.isEmpty() ? "" : ": " + trouble);
        }
    }

    @Override
    public String subject() {
        return object.subject();
    }

    @Override
    public List<About> about() {
        return object.about();
    }

    @Override
    public Observation<State> look() {
        return object.look().map(VeleroTask::state);
    }

    private static State state(GenericKubernetesResource resource) {
        Map<String, Object> object = resource.getAdditionalProperties();
        Object phase = FieldPath.parse(".status.phase").in(object).orElse("New");
        Object trouble = FieldPath.parse(".status.failureReason")
                .in(object)
                .or(() -> FieldPath.parse(".status.validationErrors").in(object))
                .orElse("");
        return new State(
                phase.toString(),
                Rollout.number(object, ".status.errors", 0),
                Rollout.number(object, ".status.warnings", 0),
                trouble.toString());
    }

    @Override
    public Optional<Recording<State>> record(@Nullable Instant from, Runnable changed) {
        return object.record(from, changed).map(recording -> recording.map(seen -> seen.map(VeleroTask::state)));
    }
}
