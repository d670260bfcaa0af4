package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Server-side apply: merges, prunes what the manager no longer applies, and settles who owns what. */
final class ServerSideApply {

    private ServerSideApply() {}

    /** The object that would be stored, with its managedFields; its fields are not defaulted yet. */
    static ObjectNode apply(
            Resource resource, @Nullable ObjectNode live, ObjectNode applied, Options options, String now) {
        ObjectNode base = live == null ? Json.object() : live;
        var owner = new ManagedFields.Owner(
                options.manager(), "Apply", resource.kind().apiVersion(), options.subresource());
        ManagedFields fields = ManagedFields.of(resource, base);
        ObjectNode wanted = fields.ownable(applied, options.subresource());
        ObjectNode merged = (ObjectNode) Merge.over(base, owned(applied, resource, options), resource.shape());
        ObjectNode others = fields.ofOthers(owner);
        JsonNode pruned = Merge.without(merged, fields.set(owner), FieldSets.union(others, wanted), resource.shape());
        ObjectNode next = pruned == null ? merged : (ObjectNode) pruned;

        ObjectNode had = fields.ownable(base, options.subresource());
        ObjectNode has = fields.ownable(next, options.subresource());
        ObjectNode touched = FieldSets.union(
                FieldSets.intersection(has, FieldSets.changed(base, next, resource.shape())),
                FieldSets.minus(has, had));
        if (!options.force()) {
            fields.refuseConflicts(owner, touched);
        }
        fields.apply(owner, wanted, touched, FieldSets.minus(had, has), now);
        fields.writeTo(next);
        return next;
    }

    /** What this request can set at all: the status only through the status subresource, all else only without. */
    private static ObjectNode owned(ObjectNode applied, Resource resource, Options options) {
        ObjectNode copy = applied.deepCopy();
        if (options.subresource().equals("status")) {
            copy.retain("apiVersion", "kind", "metadata", "status");
        } else if (resource.hasStatus()) {
            copy.remove("status");
        }
        Json.metadata(copy).remove("managedFields");
        return copy;
    }
}
