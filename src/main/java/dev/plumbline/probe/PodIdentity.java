package dev.plumbline.probe;

import dev.plumbline.cluster.Pods;
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

/** Which pod bears a name now, and whether it is ready: a StatefulSet gives a new pod the name of the old one. */
public final class PodIdentity implements Probe<PodIdentity.State> {

    private final Looks pod;

    public PodIdentity(Target target, String namespace, String name) {
        this.pod = new Looks(target, "Pod", namespace, name);
    }

    /** @param uid the pod's, which no other pod ever has */
    public record State(String uid, boolean ready) {
        @Override
        public String toString() {
            return (ready ? "ready" : "not ready") + ", uid " + uid;
        }
    }

    @Override
    public String subject() {
        return pod.subject();
    }

    @Override
    public List<About> about() {
        return pod.about();
    }

    @Override
    public Observation<State> look() {
        return state(pod.look());
    }

    private Observation<State> state(Observation<GenericKubernetesResource> seen) {
        if (seen instanceof Observation.Seen<GenericKubernetesResource> found) {
            Optional<String> blocked = Pods.blocked(found.value());
            if (blocked.isPresent()) {
                return new Observation.Blocked<>(blocked.get(), subject(), seen.at());
            }
        }
        return seen.map(object -> new State(object.getMetadata().getUid(), Pods.ready(object)));
    }

    @Override
    public Optional<Recording<State>> record(@Nullable Instant from, Runnable changed) {
        return pod.record(from, changed).map(recording -> recording.map(this::state));
    }
}
