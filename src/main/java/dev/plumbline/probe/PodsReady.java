package dev.plumbline.probe;

import dev.plumbline.cluster.Kinds;
import dev.plumbline.cluster.Pods;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;

/** The pods of a namespace that are not ready, at the moment of the look. Completed pods do not count; a namespace without pods says nothing. */
public final class PodsReady implements Probe<PodsReady.Count> {

    private final Target target;
    private final String namespace;

    public PodsReady(Target target, String namespace) {
        this.target = target;
        this.namespace = namespace;
    }

    /** @param unready names of pods */
    public record Count(int pods, List<String> unready) {
        @Override
        public String toString() {
            return unready.isEmpty()
                    ? pods + " of " + pods + " ready"
                    : (pods - unready.size()) + " of " + pods + " ready, not " + String.join(", ", unready);
        }
    }

    @Override
    public String subject() {
        return "pods in namespace \"" + namespace + "\"";
    }

    @Override
    public List<About> about() {
        return List.of(new About("Namespace", null, namespace));
    }

    @Override
    public Observation<Count> look() {
        var seen = target.feeds().list(target.kinds().named("Pod"), namespace);
        if (!(seen instanceof Observation.Seen<List<GenericKubernetesResource>> found)) {
            return seen.map(pods -> new Count(0, List.of()));
        }
        List<GenericKubernetesResource> pods =
                found.value().stream().filter(pod -> !Pods.completed(pod)).toList();
        if (pods.isEmpty()) {
            return new Observation.Unreachable<>("nothing selected: there is no pod", subject(), seen.at());
        }
        Optional<String> blocked =
                pods.stream().flatMap(pod -> Pods.blocked(pod).stream()).findFirst();
        if (blocked.isPresent()) {
            return new Observation.Blocked<>(blocked.get(), subject(), seen.at());
        }
        List<String> unready = pods.stream()
                .filter(pod -> !Pods.ready(pod))
                .map(pod -> pod.getMetadata().getName())
                .toList();
        return new Observation.Seen<>(new Count(pods.size(), unready), subject(), seen.at());
    }

    @Override
    public Optional<Subscription> onChange(Runnable changed) {
        try {
            return Optional.of(target.feeds().onChange(target.kinds().named("Pod"), changed));
        } catch (Kinds.UnknownKind e) {
            return Optional.empty();
        }
    }
}
