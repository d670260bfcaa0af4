package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Kinds;
import dev.plumbline.cluster.Pods;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a Deployment, StatefulSet or DaemonSet is with rolling out its current template: done when the controller has
 * seen the current generation and all wanted pods are of it and ready. Pods that wait for an image that cannot be had, or
 * for a program that is not simulated, make it blocked.
 */
public final class Rollout implements Probe<Rollout.Progress> {

    private final Target target;
    private final String kind;
    private final String namespace;
    private final Looks workload;

    public Rollout(Target target, String kind, String namespace, String name) {
        this.target = target;
        this.kind = kind;
        this.namespace = namespace;
        this.workload = new Looks(target, kind, namespace, name);
    }

    /**
     * Counts of pods.
     *
     * @param current whether the controller has seen the current generation
     */
    public record Progress(boolean current, long wanted, long updated, long ready, long total) {

        public boolean done() {
            return current && wanted > 0 && updated == wanted && ready == wanted && total == wanted;
        }

        @Override
        public String toString() {
            return (current ? "" : "of an older generation, ") + ready + " of " + wanted + " pods ready, " + updated
                    + " updated" + (total > wanted ? ", " + (total - wanted) + " old ones left" : "");
        }
    }

    @Override
    public String subject() {
        return workload.subject() + " rollout";
    }

    @Override
    public List<About> about() {
        return workload.about();
    }

    @Override
    public Observation<Progress> look() {
        var seen = workload.look();
        if (!(seen instanceof Observation.Seen<GenericKubernetesResource> found)) {
            return seen.map(resource -> new Progress(false, 0, 0, 0, 0));
        }
        Map<String, Object> object = found.value().getAdditionalProperties();
        if (FieldPath.parse(".spec.template").in(object).isEmpty()) {
            return new Observation.Unreachable<>(kind + " is not a workload that rolls out", subject(), seen.at());
        }
        if (target.feeds().list(target.kinds().named("Pod"), namespace) instanceof Observation.Unreachable<?> unseen) {
            return new Observation.Unreachable<>(unseen.why(), subject(), unseen.at());
        }
        if ("DaemonSet".equals(found.value().getKind()) && nobody(object)) {
            return new Observation.Unreachable<>(
                    "nothing selected: no node is one that the DaemonSet wants", subject(), seen.at());
        }
        Progress progress = counted(progress(found.value(), object), object);
        if (progress.done()) {
            return new Observation.Seen<>(progress, subject(), seen.at());
        }
        return blockedPod(object)
                .<Observation<Progress>>map(why -> new Observation.Blocked<>(why, subject(), seen.at()))
                .orElseGet(() -> new Observation.Seen<>(progress, subject(), seen.at()));
    }

    /** Whether a DaemonSet has looked at the nodes and found none for it. */
    private static boolean nobody(Map<String, Object> object) {
        return number(object, ".status.desiredNumberScheduled", 0) == 0;
    }

    private static Progress progress(GenericKubernetesResource resource, Map<String, Object> object) {
        long observed = number(object, ".status.observedGeneration", 0);
        boolean current = observed >= resource.getMetadata().getGeneration();
        if ("DaemonSet".equals(resource.getKind())) {
            long wanted = number(object, ".status.desiredNumberScheduled", 0);
            return new Progress(
                    current,
                    wanted,
                    number(object, ".status.updatedNumberScheduled", 0),
                    number(object, ".status.numberReady", 0),
                    wanted);
        }
        return new Progress(
                current,
                number(object, ".spec.replicas", 1),
                number(object, ".status.updatedReplicas", 0),
                number(object, ".status.readyReplicas", 0),
                number(object, ".status.replicas", 0));
    }

    /** A pod that was deleted a moment ago still stands in the status, so the pods are counted too. */
    private Progress counted(Progress told, Map<String, Object> object) {
        if (!told.done()) {
            return told;
        }
        long ready = Pods.of(target, namespace, selector(object)).stream()
                .filter(Pods::ready)
                .count();
        return new Progress(true, told.wanted(), told.updated(), Math.min(told.ready(), ready), told.total());
    }

    private static Map<?, ?> selector(Map<String, Object> object) {
        return (Map<?, ?>)
                FieldPath.parse(".spec.selector.matchLabels").in(object).orElse(Map.of());
    }

    private Optional<String> blockedPod(Map<String, Object> object) {
        Object selector =
                FieldPath.parse(".spec.selector.matchLabels").in(object).orElse(Map.of());
        Object images = images(FieldPath.parse(".spec.template.spec").in(object));
        return Pods.of(target, namespace, selector(object)).stream()
                .filter(pod -> images(Optional.ofNullable(
                                pod.getAdditionalProperties().get("spec")))
                        .equals(images))
                .flatMap(pod -> Pods.blocked(pod).stream())
                .findFirst();
    }

    /** A pod of an older template does not block the current one. */
    private static List<?> images(Optional<Object> podSpec) {
        Object containers =
                podSpec.flatMap(spec -> FieldPath.parse(".containers").in(spec)).orElse(List.of());
        return ((List<?>) containers)
                .stream().map(container -> ((Map<?, ?>) container).get("image")).toList();
    }

    static long number(Map<String, Object> object, String path, long otherwise) {
        return FieldPath.parse(path)
                .in(object)
                .map(value -> value instanceof Number number ? number.longValue() : otherwise)
                .orElse(otherwise);
    }

    @Override
    public Optional<Subscription> onChange(Runnable changed) {
        List<Subscription> both = new ArrayList<>();
        workload.onChange(changed).ifPresent(both::add);
        try {
            both.add(target.feeds().onChange(target.kinds().named("Pod"), changed));
        } catch (Kinds.UnknownKind e) {
            return Optional.empty();
        }
        return both.size() < 2 ? close(both) : Optional.of(() -> both.forEach(Subscription::close));
    }

    private static Optional<Subscription> close(List<Subscription> subscriptions) {
        subscriptions.forEach(Subscription::close);
        return Optional.empty();
    }
}
