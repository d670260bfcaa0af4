package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The verbs that write, with the rules of the API server. Each runs under the store's lock. */
final class Objects {

    private final Store store;
    private final Resources resources;
    private final Admission admission;
    private final Identity identity;

    Objects(Store store, Resources resources, Admission admission, Identity identity) {
        this.store = store;
        this.resources = resources;
        this.admission = admission;
        this.identity = identity;
    }

    ObjectNode get(Resource resource, @Nullable String namespace, String name) {
        ObjectNode found = store.get(resource, namespace, name);
        if (found == null) {
            throw Refusal.notFound(resource, name);
        }
        return found;
    }

    Written create(Resource resource, @Nullable String namespace, ObjectNode body, Options options) {
        return store.atomically(() -> {
            ObjectNode object = body.deepCopy();
            admission.identify(resource, namespace, object);
            if (!Json.text(object, "metadata", "resourceVersion").isEmpty()) {
                throw Refusal.plain(500, "InternalError", "resourceVersion should not be set on objects to be created");
            }
            admission.prune(resource, object, options);
            Json.metadata(object).remove("managedFields");
            return insert(resource, namespace, object, options, false);
        });
    }

    private Written insert(
            Resource resource, @Nullable String namespace, ObjectNode object, Options options, boolean applied) {
        admission.refuseNamespace(resource, namespace, Json.name(object));
        String now = identity.now();
        admission.born(resource, object, now);
        String name = Json.name(object);
        if (store.get(resource, namespace, name) != null) {
            throw Refusal.alreadyExists(resource, name);
        }
        if (resource.hasStatus()
                && !List.of("Node", "PersistentVolume", "APIService")
                        .contains(resource.kind().kind())) {
            object.remove("status");
        }
        admission.complete(resource, null, object);
        if (resource.is("CustomResourceDefinition")) {
            CustomResourceDefinitions.establish(object, now);
        }
        if (!applied) {
            ManagedFields fields = ManagedFields.of(resource, object);
            fields.update(Json.object(), object, owner(resource, options), now);
            fields.writeTo(object);
        }
        return new Written(stored(resource, object, options), true);
    }

    private ObjectNode stored(Resource resource, ObjectNode object, Options options) {
        if (!options.dryRun()) {
            store.put(resource, object);
            if (resource.is("CustomResourceDefinition")) {
                resources.learn(object);
            }
        }
        return object;
    }

    Written update(Resource resource, @Nullable String namespace, String name, ObjectNode body, Options options) {
        return store.atomically(() -> {
            ObjectNode live = get(resource, namespace, name);
            ObjectNode next = body.deepCopy();
            admission.identify(resource, namespace, next);
            refuseOtherName(next, name);
            refuseStale(resource, live, next);
            return replace(resource, live, next, options);
        });
    }

    Written patch(
            Resource resource,
            @Nullable String namespace,
            String name,
            UnaryOperator<ObjectNode> patch,
            Options options) {
        return store.atomically(() -> {
            ObjectNode live = get(resource, namespace, name);
            ObjectNode next = patch.apply(live.deepCopy());
            admission.identify(resource, namespace, next);
            refuseOtherName(next, name);
            refuseStale(resource, live, next);
            return replace(resource, live, next, options);
        });
    }

    private static void refuseOtherName(ObjectNode object, String name) {
        if (!Json.name(object).equals(name)) {
            throw Refusal.badRequest("the name of the object (" + Json.name(object)
                    + ") does not match the name on the URL (" + name + ")");
        }
    }

    private static void refuseStale(Resource resource, ObjectNode live, ObjectNode next) {
        String version = Json.text(next, "metadata", "resourceVersion");
        if (!version.isEmpty() && !version.equals(Json.text(live, "metadata", "resourceVersion"))) {
            throw Refusal.modified(resource, Json.name(live));
        }
        String uid = Json.text(next, "metadata", "uid");
        String liveUid = Json.text(live, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(liveUid)) {
            String why = "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + liveUid;
            throw Refusal.conflict(resource, Json.name(live), why);
        }
    }

    private Written replace(Resource resource, ObjectNode live, ObjectNode body, Options options) {
        admission.prune(resource, body, options);
        ObjectNode next = part(resource, live, body, options);
        if (!Json.metadata(body).has("managedFields") || options.status()) {
            Json.metadata(next)
                    .set(
                            "managedFields",
                            Json.metadata(live).path("managedFields").deepCopy());
        }
        complete(resource, live, next, options);

        JsonNode entries = Json.at(next, "metadata", "managedFields");
        boolean reset =
                entries.isArray() && entries.size() <= 1 && entries.path(0).isEmpty();
        ManagedFields fields = ManagedFields.of(resource, reset ? Json.object() : next);
        fields.update(live, next, owner(resource, options), identity.now());
        fields.writeTo(next);
        return settle(resource, live, next, options);
    }

    /** What this request may set: the status through the status subresource, all else not through it. */
    private static ObjectNode part(Resource resource, ObjectNode live, ObjectNode body, Options options) {
        if (options.status()) {
            ObjectNode next = live.deepCopy();
            next.remove("status");
            if (body.has("status")) {
                next.set("status", body.get("status"));
            }
            return next;
        }
        ObjectNode next = body;
        if (resource.hasStatus()) {
            next.remove("status");
            if (live.has("status")) {
                next.set("status", live.path("status").deepCopy());
            }
        }
        return next;
    }

    private void complete(Resource resource, ObjectNode live, ObjectNode next, Options options) {
        ObjectNode metadata = Json.metadata(next);
        for (String field : List.of(
                "uid",
                "creationTimestamp",
                "generation",
                "deletionTimestamp",
                "deletionGracePeriodSeconds",
                "resourceVersion",
                "generateName")) {
            JsonNode was = Json.metadata(live).get(field);
            if (was == null) {
                metadata.remove(field);
            } else {
                metadata.set(field, was);
            }
        }
        admission.complete(resource, live, next);
        if (resource.is("CustomResourceDefinition") && !options.status()) {
            CustomResourceDefinitions.establish(next, identity.now());
        }
    }

    Written apply(Resource resource, @Nullable String namespace, String name, ObjectNode body, Options options) {
        return store.atomically(() -> {
            ObjectNode live = store.get(resource, namespace, name);
            ObjectNode applied = body.deepCopy();
            admission.identify(resource, namespace, applied);
            refuseOtherName(applied, name);
            admission.prune(resource, applied, options);
            if (live == null && !options.subresource().isEmpty()) {
                throw Refusal.notFound(resource, name);
            }
            if (live != null) {
                refuseStale(resource, live, applied);
            }
            if (resource.is("Secret")) {
                Defaults.fill(resource, applied);
            }
            ObjectNode next = ServerSideApply.apply(resource, live, applied, options, identity.now());
            if (live == null) {
                return insert(resource, namespace, next, options, true);
            }
            complete(resource, live, next, options);
            return settle(resource, live, next, options);
        });
    }

    /** Counts the generation, drops what changes nothing, and lets go of an object whose last finalizer went. */
    private Written settle(Resource resource, ObjectNode live, ObjectNode next, Options options) {
        if (timeless(live).equals(timeless(next))) {
            return new Written(live, false);
        }
        if (resource.has("generation") && !options.status() && !content(live).equals(content(next))) {
            ObjectNode metadata = Json.metadata(next);
            metadata.put("generation", metadata.path("generation").asLong() + 1);
        }
        boolean dying = Json.metadata(next).has("deletionTimestamp");
        if (dying && Finalizing.done(resource, next)) {
            if (!options.dryRun()) {
                store.remove(resource, next);
                if (resource.is("CustomResourceDefinition")) {
                    resources.forget(next);
                }
            }
            return new Written(next, false);
        }
        return new Written(stored(resource, next, options), false);
    }

    private static ObjectNode timeless(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        for (JsonNode entry : Json.at(copy, "metadata", "managedFields")) {
            ((ObjectNode) entry).remove("time");
        }
        return copy;
    }

    private static ObjectNode content(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove(List.of("metadata", "status"));
        return copy;
    }

    private static ManagedFields.Owner owner(Resource resource, Options options) {
        return new ManagedFields.Owner(
                options.manager(), "Update", resource.kind().apiVersion(), options.subresource());
    }

    /** The object as the client gets it. */
    record Written(ObjectNode object, boolean created) {}
}
