package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The store for models and controllers: typed objects, the same rules as over HTTP. */
public final class State implements ClusterState {

    private final Api api;
    private final KubernetesSerialization serialization;
    private final Options options;
    private final EventRecorder recorder;

    /** @param manager the field manager under which the writes are noted */
    State(Api api, String manager) {
        this.api = api;
        this.serialization = api.serialization();
        this.options = Options.by(manager);
        this.recorder = new EventRecorder(api);
    }

    /** The same state, written to by another component. */
    public State as(String manager) {
        return new State(api, manager);
    }

    private Resource resource(Class<? extends HasMetadata> type) {
        return api.resources().named(HasMetadata.getApiVersion(type), HasMetadata.getKind(type));
    }

    private @Nullable String scope(Resource resource, @Nullable String namespace) {
        return resource.kind().namespaced() ? namespace : null;
    }

    private ObjectNode json(Object object) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(serialization.asJson(object));
        } catch (IOException e) {
            throw new IllegalArgumentException("an object could not be written as JSON", e);
        }
    }

    private <T> T typed(JsonNode object, Class<T> type) {
        return serialization.convertValue(object, type);
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Class<T> type, @Nullable String namespace, String name) {
        Resource resource = resource(type);
        return Optional.ofNullable(api.store().get(resource, scope(resource, namespace), name))
                .map(found -> typed(found, type));
    }

    @Override
    public <T extends HasMetadata> List<T> list(Class<T> type, @Nullable String namespace) {
        return list(type, namespace, object -> true);
    }

    /** Those that match; told on the JSON, so that the others cost nothing. */
    public <T extends HasMetadata> List<T> list(
            Class<T> type, @Nullable String namespace, Predicate<? super JsonNode> matching) {
        return api.store().list(resource(type), namespace).stream()
                .filter(matching)
                .map(found -> typed(found, type))
                .toList();
    }

    /** Those that an object controls. */
    public <T extends HasMetadata> List<T> controlled(Class<T> type, HasMetadata owner) {
        String uid = owner.getMetadata().getUid();
        return list(type, owner.getMetadata().getNamespace(), object -> {
            for (JsonNode reference : Json.at(object, "metadata", "ownerReferences")) {
                if (reference.path("controller").asBoolean()
                        && Json.text(reference, "uid").equals(uid)) {
                    return true;
                }
            }
            return false;
        });
    }

    @Override
    public Optional<GenericKubernetesResource> get(ObjectRef ref) {
        return served(ref)
                .map(resource -> api.store().get(resource, scope(resource, ref.namespace()), ref.name()))
                .map(found -> typed(found, GenericKubernetesResource.class));
    }

    @Override
    public List<GenericKubernetesResource> list(Kind kind, @Nullable String namespace) {
        return api
                .resources()
                .atPath(kind.apiVersion(), kind.plural())
                .map(resource -> api.store().list(resource, scope(resource, namespace)))
                .orElse(List.of())
                .stream()
                .map(found -> typed(found, GenericKubernetesResource.class))
                .toList();
    }

    @Override
    @SuppressWarnings("unchecked") // what was created has the type of what was given
    public <T extends HasMetadata> T create(T object) {
        Resource resource = api.resources().named(object.getApiVersion(), object.getKind());
        ObjectNode body = json(object);
        var written = api.objects().create(resource, namespace(resource, body), body, options);
        return (T) typed(written.object(), object.getClass());
    }

    private static @Nullable String namespace(Resource resource, JsonNode object) {
        if (!resource.kind().namespaced()) {
            return null;
        }
        String namespace = Json.namespace(object);
        return namespace.isEmpty() ? "default" : namespace;
    }

    @Override
    public GenericKubernetesResource apply(HasMetadata object, String fieldManager, boolean force) {
        return apply(object, new Options(fieldManager, "", false, force, "Ignore"));
    }

    @Override
    public GenericKubernetesResource dryRunApply(HasMetadata object, String fieldManager, boolean force) {
        return apply(object, new Options(fieldManager, "", true, force, "Ignore"));
    }

    private GenericKubernetesResource apply(HasMetadata object, Options how) {
        Resource resource = api.resources().named(object.getApiVersion(), object.getKind());
        ObjectNode body = json(object);
        body.remove("status");
        var written = api.objects().apply(resource, namespace(resource, body), Json.name(body), body, how);
        return typed(written.object(), GenericKubernetesResource.class);
    }

    @Override
    public <T extends HasMetadata> Optional<T> edit(
            Class<T> type, @Nullable String namespace, String name, UnaryOperator<T> editor) {
        return write(resource(type), namespace, name, type, editor, options);
    }

    @Override
    public <T extends HasMetadata> Optional<T> editStatus(
            Class<T> type, @Nullable String namespace, String name, UnaryOperator<T> editor) {
        return write(resource(type), namespace, name, type, editor, options.on("status"));
    }

    @Override
    public Optional<GenericKubernetesResource> edit(ObjectRef ref, UnaryOperator<GenericKubernetesResource> editor) {
        return served(ref)
                .flatMap(resource ->
                        write(resource, ref.namespace(), ref.name(), GenericKubernetesResource.class, editor, options));
    }

    @Override
    public Optional<GenericKubernetesResource> editStatus(
            ObjectRef ref, UnaryOperator<GenericKubernetesResource> editor) {
        return served(ref).flatMap(resource -> {
            Options status = resource.hasStatus() ? options.on("status") : options;
            return write(resource, ref.namespace(), ref.name(), GenericKubernetesResource.class, editor, status);
        });
    }

    /** A kind may go while somebody works on its objects: then they are gone. */
    private Optional<Resource> served(ObjectRef ref) {
        return api.resources().atPath(ref.kind().apiVersion(), ref.kind().plural());
    }

    private <T extends HasMetadata> Optional<T> write(
            Resource resource,
            @Nullable String namespace,
            String name,
            Class<T> type,
            UnaryOperator<T> editor,
            Options how) {
        String scope = scope(resource, namespace);
        UnaryOperator<ObjectNode> patch = live -> {
            ObjectNode edited = json(editor.apply(typed(live, type)));
            Json.metadata(edited).remove("resourceVersion");
            return edited;
        };
        return api.store().atomically(() -> {
            if (api.store().get(resource, scope, name) == null) {
                return Optional.empty();
            }
            var written = api.objects().patch(resource, scope, name, patch, how);
            return Optional.of(typed(written.object(), type));
        });
    }

    @Override
    public boolean delete(ObjectRef ref) {
        return delete(ref, Deletion.Asked.BACKGROUND);
    }

    /** Deletes a pod without waiting for anything. */
    public boolean deleteNow(ObjectRef ref) {
        return delete(ref, new Deletion.Asked("Background", 0L, null, null, false));
    }

    private boolean delete(ObjectRef ref, Deletion.Asked how) {
        Optional<Resource> resource = served(ref);
        if (resource.isEmpty()) {
            return false;
        }
        try {
            String scope = scope(resource.get(), ref.namespace());
            api.deletion().delete(resource.get(), scope, ref.name(), how);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Probe.Subscription onChange(Consumer<Change> listener) {
        Store.Listener told = change -> listener.accept(new Change(
                change.type(),
                ref(change.resource(), change.object()),
                typed(change.object(), GenericKubernetesResource.class)));
        api.store().listen(told);
        return () -> api.store().unlisten(told);
    }

    /** As {@link #onChange}, with the object as JSON, before and after. */
    public void onRawChange(RawListener listener) {
        api.store()
                .listen(change -> listener.changed(
                        change.type(), ref(change.resource(), change.object()), change.object(), change.before()));
    }

    private static ObjectRef ref(Resource resource, JsonNode object) {
        String namespace = resource.kind().namespaced() ? Json.namespace(object) : null;
        return new ObjectRef(resource.kind(), namespace, Json.name(object));
    }

    /** The reference of a typed object. */
    public ObjectRef ref(HasMetadata object) {
        Resource resource = api.resources().named(object.getApiVersion(), object.getKind());
        String namespace = resource.kind().namespaced() ? object.getMetadata().getNamespace() : null;
        return new ObjectRef(resource.kind(), namespace, object.getMetadata().getName());
    }

    @Override
    public void event(HasMetadata about, String type, String reason, String message, String component) {
        recorder.record(about, type, reason, message, component);
    }

    @Override
    public Optional<Kind> kind(String apiVersion, String kind) {
        return api.resources().ofKind(apiVersion, kind).map(Resource::kind);
    }

    /** The kinds whose objects are kept, one version each. */
    public List<Kind> storedKinds() {
        return api.resources().stored().stream().map(Resource::kind).toList();
    }

    /** The objects of a kind as they are stored; not to be changed. */
    public List<ObjectNode> raw(Kind kind, @Nullable String namespace) {
        Resource resource = api.resources().of(kind);
        return api.store().list(resource, scope(resource, namespace));
    }

    /** Edits the metadata and spec of any object as JSON. */
    public void editRaw(ObjectRef ref, UnaryOperator<ObjectNode> editor) {
        Resource resource = api.resources().of(ref.kind());
        String scope = scope(resource, ref.namespace());
        api.store().atomically(() -> {
            if (api.store().get(resource, scope, ref.name()) == null) {
                return false;
            }
            api.objects().patch(resource, scope, ref.name(), editor, options);
            return true;
        });
    }

    public boolean exists(ObjectRef ref) {
        Resource resource = Objects.requireNonNull(api.resources().of(ref.kind()));
        return api.store().get(resource, scope(resource, ref.namespace()), ref.name()) != null;
    }

    /** A listener that sees JSON. It must not block. */
    public interface RawListener {
        void changed(Change.Type type, ObjectRef ref, ObjectNode object, @Nullable ObjectNode before);
    }
}
