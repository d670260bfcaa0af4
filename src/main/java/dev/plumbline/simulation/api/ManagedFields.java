package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusCauseBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who owns which field of an object: read from its managedFields, changed by a write, written back. */
final class ManagedFields {

    private static final List<String> SYSTEM = List.of(
            "name",
            "namespace",
            "creationTimestamp",
            "selfLink",
            "uid",
            "generation",
            "managedFields",
            "resourceVersion",
            "generateName",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    private final Map<Owner, ObjectNode> sets = new LinkedHashMap<>();
    private final Map<Owner, String> times = new LinkedHashMap<>();
    private final Resource resource;

    private ManagedFields(Resource resource) {
        this.resource = resource;
    }

    static ManagedFields of(Resource resource, JsonNode object) {
        ManagedFields fields = new ManagedFields(resource);
        for (JsonNode entry : Json.at(object, "metadata", "managedFields")) {
            Owner owner = new Owner(
                    Json.text(entry, "manager"),
                    Json.text(entry, "operation"),
                    Json.text(entry, "apiVersion"),
                    Json.text(entry, "subresource"));
            fields.sets.put(owner, entry.path("fieldsV1") instanceof ObjectNode set ? set : Json.object());
            fields.times.put(owner, Json.text(entry, "time"));
        }
        return fields;
    }

    /** All fields of an object that can be owned through the main resource or through a subresource. */
    ObjectNode ownable(JsonNode object, String subresource) {
        ObjectNode set = FieldSets.of(object, resource.shape());
        set.remove(List.of("f:apiVersion", "f:kind"));
        if (set.get("f:metadata") instanceof ObjectNode metadata) {
            SYSTEM.forEach(field -> metadata.remove("f:" + field));
            if (metadata.isEmpty()) {
                set.remove("f:metadata");
            }
        }
        if (subresource.equals("status")) {
            set.retain("f:status", "f:metadata");
        } else if (resource.hasStatus()) {
            set.remove("f:status");
        }
        return set;
    }

    /** A write that is no apply: what changed is this owner's, and no longer anybody else's. */
    void update(JsonNode before, JsonNode after, Owner owner, String now) {
        ObjectNode had = ownable(before, owner.subresource());
        ObjectNode has = ownable(after, owner.subresource());
        ObjectNode changed = FieldSets.intersection(has, FieldSets.changed(before, after, resource.shape()));
        ObjectNode touched = FieldSets.union(changed, FieldSets.minus(has, had));
        ObjectNode removed = FieldSets.minus(had, has);
        for (Owner other : List.copyOf(sets.keySet())) {
            ObjectNode lost = other.equals(owner) ? removed : FieldSets.union(touched, removed);
            keep(other, FieldSets.minus(set(other), lost));
        }
        if (!touched.isEmpty()) {
            sets.put(owner, FieldSets.union(set(owner), touched));
            times.put(owner, now);
        }
    }

    /** The set that an owner applied last. */
    ObjectNode set(Owner owner) {
        return sets.getOrDefault(owner, Json.object());
    }

    /** What all but one own. */
    ObjectNode ofOthers(Owner owner) {
        ObjectNode all = Json.object();
        for (Map.Entry<Owner, ObjectNode> entry : sets.entrySet()) {
            all = entry.getKey().equals(owner) ? all : FieldSets.union(all, entry.getValue());
        }
        return all;
    }

    /** Gives an owner exactly this set; it takes the touched fields from others. */
    void apply(Owner owner, ObjectNode applied, ObjectNode touched, ObjectNode removed, String now) {
        for (Owner other : List.copyOf(sets.keySet())) {
            if (!other.equals(owner)) {
                keep(other, FieldSets.minus(set(other), FieldSets.union(touched, removed)));
            }
        }
        if (!applied.equals(set(owner)) || !touched.isEmpty()) {
            times.put(owner, now);
        }
        keep(owner, applied);
    }

    private void keep(Owner owner, ObjectNode set) {
        if (set.isEmpty()) {
            sets.remove(owner);
        } else {
            sets.put(owner, set);
        }
    }

    /** Refuses when another owner has one of the touched fields. */
    void refuseConflicts(Owner owner, ObjectNode touched) {
        Map<String, List<String>> conflicts = new TreeMap<>();
        for (Map.Entry<Owner, ObjectNode> entry : sets.entrySet()) {
            ObjectNode both = FieldSets.intersection(entry.getValue(), touched);
            if (!entry.getKey().equals(owner) && !both.isEmpty()) {
                conflicts.put(
                        printed(entry.getKey()),
                        FieldSets.paths(both).stream().sorted().toList());
            }
        }
        if (conflicts.isEmpty()) {
            return;
        }
        List<StatusCause> causes = new ArrayList<>();
        conflicts.forEach((who, paths) -> paths.forEach(path -> causes.add(new StatusCauseBuilder()
                .withReason("FieldManagerConflict")
                .withMessage("conflict with " + who)
                .withField(path)
                .build())));
        throw Refusal.applyConflict(words(conflicts, causes.size()), causes);
    }

    private static String words(Map<String, List<String>> conflicts, int count) {
        if (count == 1) {
            Map.Entry<String, List<String>> only =
                    conflicts.entrySet().iterator().next();
            return "Apply failed with 1 conflict: conflict with " + only.getKey() + ": "
                    + only.getValue().get(0);
        }
        return "Apply failed with " + count + " conflicts: "
                + conflicts.entrySet().stream()
                        .map(entry ->
                                "conflicts with " + entry.getKey() + ":\n- " + String.join("\n- ", entry.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    private String printed(Owner owner) {
        String name = "\"" + owner.manager() + "\""
                + (owner.subresource().isEmpty() ? "" : " with subresource \"" + owner.subresource() + "\"");
        boolean update = owner.operation().equals("Update");
        return update ? name + " using " + owner.apiVersion() : name;
    }

    void writeTo(ObjectNode object) {
        ArrayNode entries = Json.metadata(object).putArray("managedFields");
        sets.forEach((owner, set) -> {
            ObjectNode entry = entries.addObject();
            entry.put("manager", owner.manager());
            entry.put("operation", owner.operation());
            entry.put("apiVersion", owner.apiVersion());
            entry.put("time", times.getOrDefault(owner, ""));
            entry.put("fieldsType", "FieldsV1");
            entry.set("fieldsV1", set);
            if (!owner.subresource().isEmpty()) {
                entry.put("subresource", owner.subresource());
            }
        });
        if (entries.isEmpty()) {
            Json.metadata(object).remove("managedFields");
        }
    }

    /** An entry of managedFields. */
    record Owner(String manager, String operation, String apiVersion, String subresource) {}
}
