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

/** Where a Flux Kustomization is: which revision it has applied, and whether it is at work. */
public final class FluxSync implements Probe<FluxSync.State> {

    private static final FieldPath APPLIED = FieldPath.parse(".status.lastAppliedRevision");
    private static final FieldPath CONDITIONS = FieldPath.parse(".status.conditions");

    private final Looks object;

    public FluxSync(Target target, String namespace, String name) {
        this(target, "Kustomization.kustomize.toolkit.fluxcd.io", namespace, name);
    }

    /** The same for another kind that Flux reconciles; what has no applied revision has an empty one. */
    public FluxSync(Target target, String kind, String namespace, String name) {
        this.object = new Looks(target, kind, namespace, name);
    }

    /**
     * @param version the object's resource version; every reconciliation moves it, since Flux notes its beginning and end
     * @param revision what was applied last, such as {@code main@sha1:...}; empty before the first time
     * @param idle whether the last reconciliation has ended, and well
     */
    public record State(String version, String revision, boolean idle, String ready) {
        @Override
        public String toString() {
            return (revision.isEmpty() ? "nothing applied" : "at " + revision) + (ready.isEmpty() ? "" : ", " + ready);
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
        return object.look().map(FluxSync::state);
    }

    private static State state(GenericKubernetesResource object) {
        Map<String, Object> tree = object.getAdditionalProperties();
        String revision = APPLIED.in(tree).map(Object::toString).orElse("");
        boolean ready = false;
        boolean working = false;
        String words = "";
        for (Object item : (List<?>) CONDITIONS.in(tree).orElse(List.of())) {
            Map<?, ?> condition = (Map<?, ?>) item;
            boolean holds = "True".equals(condition.get("status"));
            if ("Ready".equals(condition.get("type"))) {
                ready = holds;
                words = holds ? "" : "not ready: " + condition.get("message");
            }
            working |= "Reconciling".equals(condition.get("type")) && holds;
        }
        return new State(object.getMetadata().getResourceVersion(), revision, ready && !working, words);
    }

    @Override
    public Optional<Recording<State>> record(@Nullable Instant from, Runnable changed) {
        return object.record(from, changed).map(recording -> recording.map(seen -> seen.map(FluxSync::state)));
    }
}
