package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.UUID;

/** Writes core/v1 Events; the same thing said again about the same object counts up. */
final class EventRecorder {

    private final Api api;

    EventRecorder(Api api) {
        this.api = api;
    }

    void record(HasMetadata about, String type, String reason, String message, String component) {
        String own = about.getMetadata().getNamespace();
        String namespace = own == null ? "default" : own;
        Resource events = api.resources().named("v1", "Event");
        String key = about.getMetadata().getUid() + reason + message + component;
        String id = UUID.nameUUIDFromBytes(key.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString()
                .replace("-", "")
                .substring(0, 16);
        String name = about.getMetadata().getName() + "." + id;
        api.store().atomically(() -> {
            ObjectNode there = api.store().get(events, namespace, name);
            if (there != null) {
                ObjectNode again = there.deepCopy();
                again.put("count", there.path("count").asInt() + 1)
                        .put("lastTimestamp", api.identity().now());
                api.store().put(events, again);
            } else if (api.store().get(api.resources().named("v1", "Namespace"), null, namespace) != null) {
                api.store().put(events, fresh(about, namespace, name, type, reason, message, component));
            }
            return name;
        });
    }

    private ObjectNode fresh(
            HasMetadata about,
            String namespace,
            String name,
            String type,
            String reason,
            String message,
            String component) {
        String now = api.identity().now();
        ObjectNode event = Json.object();
        event.put("apiVersion", "v1").put("kind", "Event");
        Json.metadata(event)
                .put("name", name)
                .put("namespace", namespace)
                .put("uid", api.identity().uid())
                .put("creationTimestamp", now);
        ObjectNode involved = event.putObject("involvedObject");
        involved.put("apiVersion", about.getApiVersion())
                .put("kind", about.getKind())
                .put("name", about.getMetadata().getName())
                .put("uid", about.getMetadata().getUid())
                .put("resourceVersion", about.getMetadata().getResourceVersion());
        if (about.getMetadata().getNamespace() != null) {
            involved.put("namespace", namespace);
        }
        event.put("type", type).put("reason", reason).put("message", message);
        event.putObject("source").put("component", component);
        event.put("firstTimestamp", now).put("lastTimestamp", now).put("count", 1);
        event.put("reportingComponent", component).put("reportingInstance", "");
        return event;
    }
}
