package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happens to an object on its way into the store: names, namespaces, unknown fields, defaults, validation. */
final class Admission {

    private final Store store;
    private final Resources resources;
    private final KnownFields known;
    private final Identity identity;
    private final Addresses addresses = new Addresses();

    Admission(Store store, Resources resources, KnownFields known, Identity identity) {
        this.store = store;
        this.resources = resources;
        this.known = known;
        this.identity = identity;
    }

    /** Checks that the body is of the kind and namespace of the request, and puts both into it. */
    void identify(Resource resource, @Nullable String namespace, ObjectNode object) {
        String kind = Json.text(object, "kind");
        String apiVersion = Json.text(object, "apiVersion");
        if (!kind.isEmpty() && !kind.equals(resource.kind().kind())
                || !apiVersion.isEmpty() && !apiVersion.equals(resource.kind().apiVersion())) {
            throw Refusal.badRequest("the object provided is unrecognized (must be of type "
                    + resource.kind().kind() + "): got " + apiVersion + " " + kind);
        }
        object.put("apiVersion", resource.kind().apiVersion())
                .put("kind", resource.kind().kind());
        ObjectNode metadata = Json.metadata(object);
        if (namespace == null) {
            metadata.remove("namespace");
            return;
        }
        String own = metadata.path("namespace").asText("");
        if (!own.isEmpty() && !own.equals(namespace)) {
            throw Refusal.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        metadata.put("namespace", namespace);
    }

    /** Takes out fields that the kind does not have; refuses them when asked to be strict. */
    void prune(Resource resource, ObjectNode object, Options options) {
        List<String> unknown = resource.crd() == null
                ? known.prune(resource, object)
                : SchemaCheck.prune(resource.crd().schema(), object);
        if (!unknown.isEmpty() && options.validation().equals("Strict")) {
            String kind = resource.kind().kind();
            throw Refusal.badRequest(kind + " in version \"" + resource.kind().version() + "\" cannot be handled as a "
                    + kind + ": strict decoding error: "
                    + unknown.stream()
                            .map(field -> "unknown field \"" + field + "\"")
                            .collect(Collectors.joining(", ")));
        }
    }

    /** The namespace must be there and stay. */
    void refuseNamespace(Resource resource, @Nullable String namespace, String name) {
        if (namespace == null) {
            return;
        }
        Resource namespaces = resources.named("v1", "Namespace");
        ObjectNode found = store.get(namespaces, null, namespace);
        if (found == null) {
            throw Refusal.notFound(namespaces, namespace);
        }
        if (!Json.text(found, "metadata", "deletionTimestamp").isEmpty()) {
            throw Refusal.terminating(resource, name, namespace);
        }
    }

    /** Makes a body the object that is stored: name, uid, time, generation. */
    void born(Resource resource, ObjectNode object, String now) {
        ObjectNode metadata = Json.metadata(object);
        String prefix = metadata.path("generateName").asText("");
        if (Json.name(object).isEmpty() && !prefix.isEmpty()) {
            metadata.put("name", prefix + identity.suffix());
        }
        if (Json.name(object).isEmpty()) {
            Causes causes = new Causes();
            causes.required("metadata.name", "name or generateName is required");
            causes.refuseAny(resource, "");
        }
        metadata.put("uid", identity.uid()).put("creationTimestamp", now);
        metadata.remove(List.of("resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"));
        if (resource.has("generation")) {
            metadata.put("generation", 1);
        }
    }

    /** Fills in what was left out and refuses what is wrong. */
    void complete(Resource resource, @Nullable ObjectNode live, ObjectNode object) {
        Defaults.fill(resource, object);
        if (resource.crd() != null) {
            SchemaCheck.fill(resource.crd().schema(), object);
        }
        if (live == null && resource.is("Pod")) {
            PodDefaults.admit(Json.child(object, "spec"));
            refuseWithoutAccount(resource, object);
            Json.child(object, "status").put("phase", "Pending").put("qosClass", QualityOfService.of(object));
        }
        if (live == null && resource.is("PersistentVolumeClaim")) {
            admitClaim(object);
        }
        if (live == null && resource.is("PersistentVolume")) {
            finalizer(object, "kubernetes.io/pv-protection");
        }
        Validation.check(resource, object);
        if (live != null) {
            Immutability.check(resource, live, object);
        }
        if (resource.is("Service")) {
            keepAddress(live, object);
            addresses.give(object);
        }
    }

    private void refuseWithoutAccount(Resource resource, ObjectNode pod) {
        String account = Json.text(pod, "spec", "serviceAccountName");
        if (store.get(resources.named("v1", "ServiceAccount"), Json.namespace(pod), account) == null) {
            throw Refusal.forbidden(
                    resource,
                    Json.name(pod),
                    "error looking up service account " + Json.namespace(pod) + "/" + account + ": serviceaccount \""
                            + account + "\" not found");
        }
    }

    private void admitClaim(ObjectNode claim) {
        finalizer(claim, "kubernetes.io/pvc-protection");
        ObjectNode spec = Json.child(claim, "spec");
        if (!spec.has("storageClassName") && !spec.has("volumeName")) {
            for (JsonNode storageClass : store.list(resources.named("storage.k8s.io/v1", "StorageClass"), null)) {
                String marked = Json.text(
                        storageClass, "metadata", "annotations", "storageclass.kubernetes.io/is-default-class");
                if (marked.equals("true")) {
                    spec.put("storageClassName", Json.name(storageClass));
                }
            }
        }
    }

    private static void finalizer(ObjectNode object, String name) {
        ObjectNode metadata = Json.metadata(object);
        if (!metadata.path("finalizers").toString().contains("\"" + name + "\"")) {
            metadata.withArray("finalizers").add(name);
        }
    }

    private static void keepAddress(@Nullable ObjectNode live, ObjectNode service) {
        if (live != null && Json.text(service, "spec", "clusterIP").isEmpty()) {
            ObjectNode spec = Json.child(service, "spec");
            for (String field : List.of("clusterIP", "clusterIPs")) {
                JsonNode was = Json.at(live, "spec", field);
                if (!was.isMissingNode()) {
                    spec.set(field, was);
                }
            }
        }
    }
}
