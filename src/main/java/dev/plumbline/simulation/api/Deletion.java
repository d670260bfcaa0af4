package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes: at once, gracefully for pods, or after finalizers; what depends on it is the garbage collector's work. */
final class Deletion {

    private final Store store;
    private final Resources resources;
    private final Identity identity;

    Deletion(Store store, Resources resources, Identity identity) {
        this.store = store;
        this.resources = resources;
        this.identity = identity;
    }

    /** What the client asked for. Null where it did not say. */
    record Asked(
            @Nullable String propagation,
            @Nullable Long grace,
            @Nullable String uid,
            @Nullable String resourceVersion,
            boolean dryRun) {

        static final Asked BACKGROUND = new Asked("Background", null, null, null, false);
    }

    /** What came of it: gone, or still there with a deletionTimestamp. */
    record Result(ObjectNode object, boolean gone) {}

    Result delete(Resource resource, @Nullable String namespace, String name, Asked asked) {
        return store.atomically(() -> {
            ObjectNode live = store.get(resource, namespace, name);
            if (live == null) {
                throw Refusal.notFound(resource, name);
            }
            refuse(resource, live, asked);
            ObjectNode next = marked(resource, live, asked);
            if (!Finalizing.done(resource, next)) {
                if (!asked.dryRun() && !next.equals(live)) {
                    store.put(resource, next);
                }
                return new Result(next, false);
            }
            if (!asked.dryRun()) {
                store.remove(resource, live);
                if (resource.is("CustomResourceDefinition")) {
                    forgetDefinition(live);
                }
            }
            return new Result(live, true);
        });
    }

    private void forgetDefinition(ObjectNode definition) {
        String group = Json.text(definition, "spec", "group");
        String plural = Json.text(definition, "spec", "names", "plural");
        for (Resource custom : List.copyOf(resources.stored())) {
            if (custom.id().equals(plural + "." + group)) {
                store.list(custom, null).forEach(object -> store.remove(custom, object));
            }
        }
        resources.forget(definition);
    }

    private static void refuse(Resource resource, ObjectNode live, Asked asked) {
        String uid = Json.text(live, "metadata", "uid");
        if (asked.uid() != null && !asked.uid().equals(uid)) {
            throw changed(
                    resource,
                    live,
                    "the UID in the precondition (" + asked.uid() + ") does not match the UID in record (" + uid
                            + "). The object might have been deleted and then recreated");
        }
        String version = Json.text(live, "metadata", "resourceVersion");
        if (asked.resourceVersion() != null && !asked.resourceVersion().equals(version)) {
            throw changed(
                    resource,
                    live,
                    "the ResourceVersion in the precondition (" + asked.resourceVersion()
                            + ") does not match the ResourceVersion in record (" + version
                            + "). The object might have been modified");
        }
        boolean system = resource.is("Namespace")
                && List.of("default", "kube-system", "kube-public").contains(Json.name(live));
        if (system) {
            throw Refusal.forbidden(resource, Json.name(live), "this namespace may not be deleted");
        }
    }

    /** This refusal alone names the kind and not the resource. */
    private static KubernetesClientException changed(Resource resource, ObjectNode live, String why) {
        String kind = resource.kind().kind()
                + (resource.kind().group().isEmpty()
                        ? ""
                        : "." + resource.kind().group());
        String what = "Operation cannot be fulfilled on " + kind + " \"" + Json.name(live) + "\": ";
        return Refusal.plain(409, "Conflict", what + why);
    }

    private ObjectNode marked(Resource resource, ObjectNode live, Asked asked) {
        ObjectNode next = live.deepCopy();
        ObjectNode metadata = Json.metadata(next);
        propagation(resource, metadata, asked);
        long grace = grace(resource, live, asked);
        boolean first = !metadata.has("deletionTimestamp");
        long running = metadata.path("deletionGracePeriodSeconds").asLong(Long.MAX_VALUE);
        if (first || grace < running) {
            metadata.put("deletionTimestamp", identity.inSeconds(grace));
            metadata.put("deletionGracePeriodSeconds", grace);
        }
        if (first && metadata.has("generation")) {
            metadata.put("generation", metadata.path("generation").asLong() + 1);
        }
        if (resource.is("Namespace")) {
            Json.child(next, "status").put("phase", "Terminating");
        }
        return next;
    }

    private static void propagation(Resource resource, ObjectNode metadata, Asked asked) {
        String policy = asked.propagation();
        if (policy == null) {
            policy = resource.is("Job") ? "Orphan" : "Background";
        }
        String finalizer = switch (policy) {
            case "Orphan" -> "orphan";
            case "Foreground" -> "foregroundDeletion";
            default -> "";
        };
        if (!finalizer.isEmpty() && !metadata.path("finalizers").toString().contains('"' + finalizer + '"')) {
            metadata.withArray("finalizers").add(finalizer);
        }
    }

    /** A pod that was never bound to a node, or has ended, needs no grace. */
    private static long grace(Resource resource, JsonNode live, Asked asked) {
        if (!resource.is("Pod") || Json.text(live, "spec", "nodeName").isEmpty()) {
            return 0;
        }
        if (List.of("Succeeded", "Failed").contains(Json.text(live, "status", "phase"))) {
            return 0;
        }
        return asked.grace() != null
                ? asked.grace()
                : Json.at(live, "spec", "terminationGracePeriodSeconds").asLong(30);
    }
}
