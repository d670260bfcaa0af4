package dev.plumbline.probe;

import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Recording;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether one object exists. That it is not there is a sight of its own here, not an absence. */
public final class Presence implements Probe<Presence.State> {

    private final Looks object;

    public Presence(Target target, String kind, @Nullable String namespace, String name) {
        this.object = new Looks(target, kind, namespace, name);
    }

    /** An object under deletion still exists. */
    public enum State {
        THERE("there"),
        BEING_DELETED("still there, being deleted"),
        NOT_THERE("not there");

        private final String words;

        State(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
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
        return state(object.look());
    }

    private static Observation<State> state(Observation<GenericKubernetesResource> seen) {
        if (seen instanceof Observation.Absent) {
            return new Observation.Seen<>(State.NOT_THERE, seen.source(), seen.at());
        }
        return seen.map(
                resource -> resource.getMetadata().getDeletionTimestamp() == null ? State.THERE : State.BEING_DELETED);
    }

    @Override
    public Optional<Recording<State>> record(@Nullable Instant from, Runnable changed) {
        return object.record(from, changed).map(recording -> recording.map(Presence::state));
    }
}
