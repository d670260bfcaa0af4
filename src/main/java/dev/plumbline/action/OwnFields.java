package dev.plumbline.action;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object that a run wrote and that nobody wrote since, as the server's own record, managedFields, says.
 * The form of that record: https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
final class OwnFields {

    /** All names under which we write. */
    static final Set<String> MANAGERS = Set.of(ApplyManifests.MANAGER, ChangeObject.MANAGER);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private OwnFields() {}

    /** Whether somebody else wrote to it, or made it anew, after the original was read. Status does not count. */
    static boolean othersWroteSince(GenericKubernetesResource original, GenericKubernetesResource now) {
        return foreign(now)
                .anyMatch(entry -> foreign(original)
                        .noneMatch(before -> entry.getManager().equals(before.getManager())
                                && String.valueOf(entry.getOperation()).equals(String.valueOf(before.getOperation()))
                                && String.valueOf(entry.getTime()).equals(String.valueOf(before.getTime()))));
    }

    private static java.util.stream.Stream<ManagedFieldsEntry> foreign(GenericKubernetesResource object) {
        return entries(object).stream()
                .filter(entry -> !MANAGERS.contains(String.valueOf(entry.getManager())))
                .filter(entry -> entry.getSubresource() == null
                        || entry.getSubresource().isEmpty()
                        || entry.getSubresource().equals("scale"));
    }

    private static List<ManagedFieldsEntry> entries(GenericKubernetesResource object) {
        return Optional.ofNullable(object.getMetadata().getManagedFields()).orElse(List.of());
    }

    /** The object as it is now, with each field that is still ours as the original had it. */
    static GenericKubernetesResource putBack(GenericKubernetesResource original, GenericKubernetesResource now) {
        return putBack(original, now, MANAGERS);
    }

    /** The same for the fields of some managers only. */
    static GenericKubernetesResource putBack(
            GenericKubernetesResource original, GenericKubernetesResource now, Set<String> managers) {
        Map<String, Object> before = JSON.convertValue(LiveObjects.bare(original), TREE);
        Map<String, Object> tree = JSON.convertValue(LiveObjects.bare(now), TREE);
        for (ManagedFieldsEntry entry : entries(now)) {
            if (managers.contains(String.valueOf(entry.getManager())) && entry.getFieldsV1() != null) {
                fields(JSON.convertValue(entry.getFieldsV1(), TREE), tree, before);
            }
        }
        return JSON.convertValue(tree, GenericKubernetesResource.class);
    }

    @SuppressWarnings("unchecked") // the trees come from JSON, where each map is of texts
    private static void fields(
            Map<String, Object> owned, Map<String, Object> now, @Nullable Map<String, Object> before) {
        owned.forEach((key, below) -> {
            if (!key.startsWith("f:")) {
                return;
            }
            String name = key.substring(2);
            Map<String, Object> inner = (Map<String, Object>) below;
            Object live = now.get(name);
            Object old = before == null ? null : before.get(name);
            if (!inner.isEmpty() && live instanceof Map<?, ?> map) {
                fields(
                        inner,
                        (Map<String, Object>) map,
                        old instanceof Map<?, ?> was ? (Map<String, Object>) was : null);
                dropIfEmptied(now, name, old);
            } else if (!inner.isEmpty() && live instanceof List<?> list) {
                List<Object> items = new ArrayList<>(list);
                elements(inner, items, old instanceof List<?> was ? (List<Object>) was : List.of());
                now.put(name, items);
                dropIfEmptied(now, name, old);
            } else if (old == null) {
                now.remove(name);
            } else {
                now.put(name, old);
            }
        });
    }

    private static void dropIfEmptied(Map<String, Object> now, String name, @Nullable Object old) {
        Object left = now.get(name);
        boolean empty = left instanceof Map<?, ?> map ? map.isEmpty() : left instanceof List<?> list && list.isEmpty();
        if (old == null && empty) {
            now.remove(name);
        }
    }

    /** Keys of elements: {@code k:{"name":"web"}} by the fields that tell them apart, {@code v:"x"} by their value. */
    @SuppressWarnings("unchecked") // as above
    private static void elements(Map<String, Object> owned, List<Object> now, List<Object> before) {
        owned.forEach((key, below) -> {
            if (key.startsWith("v:")) {
                Object value = parse(key);
                if (!before.contains(value)) {
                    now.remove(value);
                }
            } else if (key.startsWith("k:")) {
                Map<String, Object> inner = (Map<String, Object>) below;
                Optional<Map<String, Object>> live = find(now, (Map<String, Object>) parse(key));
                Optional<Map<String, Object>> old = find(before, (Map<String, Object>) parse(key));
                if (live.isPresent() && old.isEmpty() && inner.containsKey(".")) {
                    now.remove(live.get());
                } else {
                    live.ifPresent(one -> fields(inner, one, old.orElse(null)));
                }
            }
        });
    }

    @SuppressWarnings("unchecked") // as above
    private static Optional<Map<String, Object>> find(List<Object> list, Map<String, Object> key) {
        return list.stream()
                .filter(element -> element instanceof Map<?, ?> map
                        && key.entrySet().stream()
                                .allMatch(field -> field.getValue().equals(map.get(field.getKey()))))
                .map(element -> (Map<String, Object>) element)
                .findFirst();
    }

    private static Object parse(String key) {
        try {
            return JSON.readValue(key.substring(2), Object.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("the server's managedFields hold " + key + ", which is not JSON", e);
        }
    }

    /** The original as the ledger keeps it: who wrote when, not what. */
    static GenericKubernetesResource forLedger(GenericKubernetesResource original) {
        var copy = io.fabric8.kubernetes.client.utils.Serialization.clone(original);
        entries(copy).forEach(entry -> entry.setFieldsV1(null));
        copy.getAdditionalProperties().remove("status");
        return copy;
    }
}
