package dev.plumbline.action;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.plumbline.cluster.ObjectRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one write is taken back: data, so that another process can do it when this one was killed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "undo")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Undo.Remove.class, name = "remove"),
    @JsonSubTypes.Type(value = Undo.Restore.class, name = "restore"),
    @JsonSubTypes.Type(value = Undo.Unsend.class, name = "unsend"),
    @JsonSubTypes.Type(value = Undo.Unfollow.class, name = "unfollow")
})
@JsonIgnoreProperties(ignoreUnknown = true)
public sealed interface Undo {

    /** In the reader's words, for the list of leftovers. */
    String what();

    /** The object that is written to, if it is one. */
    default Optional<ObjectRef> object() {
        return Optional.empty();
    }

    /** An object that the run makes: it goes, if it is still the run's. */
    record Remove(ObjectRef ref) implements Undo {
        @Override
        public String what() {
            return ref.toString();
        }

        @Override
        public Optional<ObjectRef> object() {
            return Optional.of(ref);
        }
    }

    /**
     * An object that was there before: it becomes what it was, or is made again.
     *
     * @param original null where this copy of the ledger may not hold it, as the values of a Secret on a disk
     */
    record Restore(ObjectRef ref, @Nullable GenericKubernetesResource original) implements Undo {
        @Override
        public String what() {
            return ref + " as it was";
        }

        @Override
        public Optional<ObjectRef> object() {
            return Optional.of(ref);
        }
    }

    /** Something made inside a service: a DELETE of the path takes it back, or the service's own end. */
    record Unsend(String what, String namespace, String service, int port, String path) implements Undo {}

    /** Flux follows a repository of ours: what it applied goes before it goes itself. */
    record Unfollow(String document) implements Undo {
        @Override
        public String what() {
            return "the Flux Kustomizations of " + document;
        }
    }
}
