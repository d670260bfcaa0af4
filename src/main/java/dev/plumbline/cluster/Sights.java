package dev.plumbline.cluster;

import dev.plumbline.verdict.Observation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What recordings and looks are about: one object, or the objects of a namespace. */
final class Sights {

    private Sights() {}

    static FeedRecording.Sight<GenericKubernetesResource> of(ObjectRef ref) {
        return new OneObject(ref, Mirror.Key.of(ref.kind().namespaced() ? ref.namespace() : null, ref.name()));
    }

    static FeedRecording.Sight<List<GenericKubernetesResource>> of(Kind kind, @Nullable String namespace) {
        String source = kind.plural() + (namespace == null ? "" : " in namespace \"" + namespace + "\"");
        return new AllIn(namespace, source);
    }

    private record OneObject(ObjectRef ref, Mirror.Key key) implements FeedRecording.Sight<GenericKubernetesResource> {

        @Override
        public boolean wants(Mirror.Key other) {
            return key.equals(other);
        }

        /** It came while it was watched: then its whole life is known. */
        @Override
        public boolean provenBy(Collection<GenericKubernetesResource> first) {
            return first.isEmpty();
        }

        @Override
        public Observation<GenericKubernetesResource> of(Collection<GenericKubernetesResource> objects, Instant at) {
            return objects.stream()
                    .findFirst()
                    .<Observation<GenericKubernetesResource>>map(
                            object -> new Observation.Seen<>(object, ref.toString(), at))
                    .orElseGet(() -> absent(ref + " is not there", at));
        }

        @Override
        public Observation<GenericKubernetesResource> absent(String why, Instant at) {
            return new Observation.Absent<>(why, ref.toString(), at);
        }

        @Override
        public Observation<GenericKubernetesResource> unreachable(String why, Instant at) {
            return new Observation.Unreachable<>(why, ref.toString(), at);
        }

        /** The same version before and after says that nothing was written; one that is not there has none. */
        @Override
        public boolean touched(Journal.Gap gap, Collection<GenericKubernetesResource> before) {
            return gap.changed() == null || before.isEmpty() || gap.changed().contains(key);
        }
    }

    private record AllIn(@Nullable String namespace, String source)
            implements FeedRecording.Sight<List<GenericKubernetesResource>> {

        @Override
        public boolean wants(Mirror.Key key) {
            return namespace == null || namespace.equals(key.namespace());
        }

        @Override
        public boolean provenBy(Collection<GenericKubernetesResource> first) {
            return false;
        }

        @Override
        public Observation<List<GenericKubernetesResource>> of(
                Collection<GenericKubernetesResource> objects, Instant at) {
            return new Observation.Seen<>(List.copyOf(objects), source, at);
        }

        @Override
        public Observation<List<GenericKubernetesResource>> absent(String why, Instant at) {
            return new Observation.Absent<>(why, source, at);
        }

        @Override
        public Observation<List<GenericKubernetesResource>> unreachable(String why, Instant at) {
            return new Observation.Unreachable<>(why, source, at);
        }

        /** Others may have come and gone. */
        @Override
        public boolean touched(Journal.Gap gap, Collection<GenericKubernetesResource> before) {
            return true;
        }
    }
}
