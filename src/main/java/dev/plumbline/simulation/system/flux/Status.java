package dev.plumbline.simulation.system.flux;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The status of a Flux object while it is edited. */
final class Status {

    private final Map<String, Object> fields;
    private final List<Map<String, Object>> conditions;
    private final GenericKubernetesResource object;
    private final Instant now;

    private Status(GenericKubernetesResource object, Instant now) {
        Map<String, Object> present = object.get("status");
        this.object = object;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        this.fields = present == null ? new LinkedHashMap<>() : new LinkedHashMap<>(present);
        this.conditions = new ArrayList<>();
        if (fields.get("conditions") instanceof List<?> list) {
            list.forEach(item -> conditions.add(copy((Map<?, ?>) item)));
        }
    }

    private static Map<String, Object> copy(Map<?, ?> condition) {
        Map<String, Object> copy = new LinkedHashMap<>();
        condition.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    /** Edits the status of an object, if it is still there. */
    static void edit(World world, ObjectRef ref, Consumer<Status> editor) {
        world.state().editStatus(ref, object -> {
            Status status = new Status(object, world.clock().instant());
            editor.accept(status);
            status.fields.put("conditions", status.conditions);
            object.setAdditionalProperty("status", status.fields);
            return object;
        });
    }

    /** A condition's place is kept; its time changes when anything that it says does. */
    Status condition(String type, String state, String reason, String message) {
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", type);
        condition.put("status", state);
        condition.put("reason", reason);
        condition.put("message", message);
        condition.put("observedGeneration", object.getMetadata().getGeneration());
        Map<String, Object> present = find(type).orElse(null);
        boolean same = present != null
                && state.equals(present.get("status"))
                && reason.equals(present.get("reason"))
                && message.equals(present.get("message"));
        condition.put(
                "lastTransitionTime",
                same ? Objects.requireNonNull(present).get("lastTransitionTime") : now.toString());
        if (present == null) {
            conditions.add(condition);
        } else {
            conditions.set(conditions.indexOf(present), condition);
        }
        return this;
    }

    Status without(String type) {
        conditions.removeIf(condition -> type.equals(condition.get("type")));
        return this;
    }

    boolean has(String type) {
        return find(type).isPresent();
    }

    private Optional<Map<String, Object>> find(String type) {
        return conditions.stream()
                .filter(condition -> type.equals(condition.get("type")))
                .findFirst();
    }

    @Nullable
    Object get(String field) {
        return fields.get(field);
    }

    Status set(String field, @Nullable Object value) {
        if (value == null) {
            fields.remove(field);
        } else {
            fields.put(field, value);
        }
        return this;
    }

    /** What every reconciliation ends with: the request that it answered. */
    Status handled() {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        String request = annotations == null ? null : annotations.get(Flux.REQUESTED_AT);
        return request == null ? this : set("lastHandledReconcileAt", request);
    }

    Status observed() {
        return set("observedGeneration", object.getMetadata().getGeneration());
    }

    String now() {
        return now.toString();
    }

    /** Whether an object's condition is True. */
    static boolean isTrue(GenericKubernetesResource object, String type) {
        List<Map<String, Object>> conditions = object.get("status", "conditions");
        return conditions != null
                && conditions.stream()
                        .anyMatch(condition ->
                                type.equals(condition.get("type")) && "True".equals(condition.get("status")));
    }
}
