package dev.plumbline.probe;

import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.Kinds;
import dev.plumbline.cluster.ObjectRef;
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

/**
 * One object by the words of a step: the kind is looked up at each look, since its definition may be created while a wait
 * is under way.
 */
final class Looks {

    private final Target target;
    private final String kind;
    private final @Nullable String namespace;
    private final String name;
    private volatile boolean namespaceWasThere;

    Looks(Target target, String kind, @Nullable String namespace, String name) {
        this.target = target;
        this.kind = kind;
        this.namespace = namespace;
        this.name = name;
    }

    String subject() {
        return kind + " \"" + name + "\"" + (namespace == null ? "" : " in namespace \"" + namespace + "\"");
    }

    List<About> about() {
        return List.of(new About(kind, namespace, name));
    }

    Observation<GenericKubernetesResource> look() {
        try {
            Kind resolved = target.kinds().named(kind);
            var seen = target.feeds().get(new ObjectRef(resolved, resolved.namespaced() ? namespace : null, name));
            return inItsNamespace(resolved, seen);
        } catch (Kinds.UnknownKind e) {
            return new Observation.Unreachable<>(e.getMessage(), subject(), target.now());
        }
    }

    private Observation<GenericKubernetesResource> inItsNamespace(
            Kind resolved, Observation<GenericKubernetesResource> seen) {
        return seen instanceof Observation.Absent && resolved.namespaced() && namespace != null
                ? absentFrom(namespace, seen)
                : seen;
    }

    /** Only what is missing from a namespace that is there is absent; a misspelled namespace holds nothing, and says nothing. */
    private Observation<GenericKubernetesResource> absentFrom(
            String namespace, Observation<GenericKubernetesResource> absent) {
        if (namespaceWasThere) {
            return absent;
        }
        var found = target.feeds().once(new ObjectRef(target.kinds().named("Namespace"), null, namespace));
        if (found instanceof Observation.Seen) {
            namespaceWasThere = true;
            return absent;
        }
        return found instanceof Observation.Absent
                ? new Observation.Unreachable<>(
                        "nothing selected: there is no namespace \"" + namespace + "\"", subject(), absent.at())
                : found;
    }

    /** Records once the kind is served; until then the wait polls. */
    Optional<Recording<GenericKubernetesResource>> record(@Nullable Instant from, Runnable changed) {
        try {
            Kind resolved = target.kinds().named(kind);
            return Optional.of(target.feeds()
                    .record(new ObjectRef(resolved, resolved.namespaced() ? namespace : null, name), from, changed)
                    .map(seen -> inItsNamespace(resolved, seen)));
        } catch (Kinds.UnknownKind e) {
            return Optional.empty();
        }
    }

    /** Listens once the kind is served; until then the wait polls. */
    Optional<Probe.Subscription> onChange(Runnable changed) {
        try {
            return Optional.of(target.feeds().onChange(target.kinds().named(kind), changed));
        } catch (Kinds.UnknownKind e) {
            return Optional.empty();
        }
    }
}
