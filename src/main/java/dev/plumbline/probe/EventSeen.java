package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The message of an object's newest event with a reason. */
public final class EventSeen implements Probe<String> {

    private static final Kind EVENT = new Kind("", "v1", "Event", "events", true);

    private final Target target;
    private final String kind;
    private final String namespace;
    private final String name;
    private final String reason;

    public EventSeen(Target target, String kind, String namespace, String name, String reason) {
        this.target = target;
        this.kind = kind.replaceFirst("\\..*", "");
        this.namespace = namespace;
        this.name = name;
        this.reason = reason;
    }

    @Override
    public String subject() {
        return "event " + reason + " of " + kind + " \"" + name + "\" in namespace \"" + namespace + "\"";
    }

    @Override
    public Observation<String> look() {
        var seen = target.feeds().list(EVENT, namespace);
        if (!(seen instanceof Observation.Seen<List<GenericKubernetesResource>> events)) {
            return seen.map(none -> "");
        }
        return events.value().stream()
                .map(GenericKubernetesResource::getAdditionalProperties)
                .filter(event -> is(event, ".reason", reason)
                        && is(event, ".involvedObject.kind", kind)
                        && is(event, ".involvedObject.name", name))
                .map(event -> String.valueOf(event.get("message")))
                .reduce((first, second) -> second)
                .<Observation<String>>map(message -> new Observation.Seen<>(message, subject(), seen.at()))
                .orElseGet(() -> new Observation.Absent<>("not recorded", subject(), seen.at()));
    }

    private static boolean is(Map<String, Object> event, String path, String value) {
        return FieldPath.parse(path).in(event).filter(value::equals).isPresent();
    }

    @Override
    public Optional<Subscription> onChange(Runnable changed) {
        return Optional.of(target.feeds().onChange(EVENT, changed));
    }
}
