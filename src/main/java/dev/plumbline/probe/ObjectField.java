package dev.plumbline.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** The text of one field of one object: scalars as they are written, maps and lists as JSON. */
public final class ObjectField implements Probe<String> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Looks object;
    private final FieldPath path;

    public ObjectField(Target target, String kind, @Nullable String namespace, String name, FieldPath path) {
        this.object = new Looks(target, kind, namespace, name);
        this.path = path;
    }

    @Override
    public String subject() {
        return object.subject() + " " + path;
    }

    @Override
    public List<About> about() {
        return object.about();
    }

    @Override
    public Observation<String> look() {
        return field(object.look());
    }

    private Observation<String> field(Observation<GenericKubernetesResource> seen) {
        if (!(seen instanceof Observation.Seen<GenericKubernetesResource> found)) {
            return seen.map(resource -> "");
        }
        Optional<Object> value = path.in(tree(found.value()));
        return value.<Observation<String>>map(v -> new Observation.Seen<>(text(v), subject(), seen.at()))
                .orElseGet(() -> new Observation.Absent<>("not set", subject(), seen.at()));
    }

    @Override
    public Optional<Recording<String>> record(@Nullable Instant from, Runnable changed) {
        return object.record(from, changed).map(recording -> recording.map(this::field));
    }

    /** The object as the maps and lists that a field path walks. */
    public static Map<?, ?> tree(GenericKubernetesResource object) {
        return JSON.convertValue(object, Map.class);
    }

    /** A value as steps write it: scalars plain, maps and lists as JSON. */
    public static String text(Object value) {
        if (!(value instanceof Map) && !(value instanceof Iterable)) {
            return String.valueOf(value);
        }
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree does not print as JSON", e);
        }
    }
}
