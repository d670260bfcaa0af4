package dev.plumbline.simulation.system;

import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Objects in a map: apply merges, a change of the spec is a new generation, finalizers hold. */
public final class FakeState implements ClusterState {

    private final Map<String, GenericKubernetesResource> objects = new LinkedHashMap<>();
    private final List<Consumer<Change>> listeners = new ArrayList<>();
    public final List<String> events = new ArrayList<>();

    private static String key(String kind, @Nullable String namespace, String name) {
        return kind + "/" + namespace + "/" + name;
    }

    private static GenericKubernetesResource copy(Object object) {
        return Serialization.unmarshal(Serialization.asJson(object), GenericKubernetesResource.class);
    }

    private static <T> T as(Class<T> type, Object object) {
        return Serialization.unmarshal(Serialization.asJson(object), type);
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Class<T> type, @Nullable String namespace, String name) {
        return Optional.ofNullable(objects.get(key(HasMetadata.getKind(type), namespace, name)))
                .map(it -> as(type, it));
    }

    @Override
    public <T extends HasMetadata> List<T> list(Class<T> type, @Nullable String namespace) {
        return objects.values().stream()
                .filter(it -> it.getKind().equals(HasMetadata.getKind(type)))
                .filter(it ->
                        namespace == null || namespace.equals(it.getMetadata().getNamespace()))
                .map(it -> as(type, it))
                .toList();
    }

    @Override
    public Optional<GenericKubernetesResource> get(ObjectRef ref) {
        return Optional.ofNullable(objects.get(key(ref.kind().kind(), ref.namespace(), ref.name())))
                .map(FakeState::copy);
    }

    @Override
    public List<GenericKubernetesResource> list(Kind kind, @Nullable String namespace) {
        return objects.values().stream()
                .filter(it -> it.getKind().equals(kind.kind()))
                .map(FakeState::copy)
                .toList();
    }

    @Override
    public <T extends HasMetadata> T create(T object) {
        apply(object, "test", true);
        return object;
    }

    @Override
    public GenericKubernetesResource apply(HasMetadata object, String fieldManager, boolean force) {
        GenericKubernetesResource result = dryRunApply(object, fieldManager, force);
        put(result);
        return copy(result);
    }

    @Override
    public GenericKubernetesResource dryRunApply(HasMetadata object, String fieldManager, boolean force) {
        GenericKubernetesResource wanted = copy(object);
        GenericKubernetesResource live = objects.get(key(
                wanted.getKind(),
                wanted.getMetadata().getNamespace(),
                wanted.getMetadata().getName()));
        if (live == null) {
            return wanted;
        }
        Map<String, Object> tree = Serialization.unmarshal(Serialization.asJson(live), Map.class);
        merge(tree, Serialization.unmarshal(Serialization.asJson(wanted), Map.class));
        return copy(tree);
    }

    @SuppressWarnings("unchecked")
    private static void merge(Map<String, Object> into, Map<String, Object> from) {
        from.forEach((key, value) -> {
            if (value instanceof Map<?, ?> map && into.get(key) instanceof Map<?, ?> present) {
                merge((Map<String, Object>) present, (Map<String, Object>) map);
            } else {
                into.put(key, value);
            }
        });
    }

    private void put(GenericKubernetesResource object) {
        String key = key(
                object.getKind(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName());
        GenericKubernetesResource before = objects.get(key);
        if (before == null) {
            object.getMetadata().setUid(UUID.randomUUID().toString());
            object.getMetadata().setGeneration(1L);
        } else if (!Objects.equals(tree(before), tree(object))) {
            object.getMetadata().setGeneration(before.getMetadata().getGeneration() + 1);
        }
        boolean gone = object.getMetadata().getDeletionTimestamp() != null
                && object.getMetadata().getFinalizers().isEmpty();
        if (gone) {
            objects.remove(key);
        } else {
            objects.put(key, object);
        }
        tell(gone ? Change.Type.DELETED : before == null ? Change.Type.ADDED : Change.Type.MODIFIED, object);
    }

    private static Map<?, ?> tree(GenericKubernetesResource object) {
        Map<?, ?> tree = Serialization.unmarshal(Serialization.asJson(object), Map.class);
        tree.remove("metadata");
        tree.remove("status");
        return tree;
    }

    private void tell(Change.Type type, GenericKubernetesResource object) {
        Kind kind = kind(object.getApiVersion(), object.getKind()).orElseThrow();
        ObjectRef ref = new ObjectRef(
                kind, object.getMetadata().getNamespace(), object.getMetadata().getName());
        List.copyOf(listeners).forEach(listener -> listener.accept(new Change(type, ref, copy(object))));
    }

    @Override
    public <T extends HasMetadata> Optional<T> edit(
            Class<T> type, @Nullable String namespace, String name, UnaryOperator<T> editor) {
        Optional<T> live = get(type, namespace, name);
        live.ifPresent(it -> put(copy(editor.apply(it))));
        return live;
    }

    @Override
    public <T extends HasMetadata> Optional<T> editStatus(
            Class<T> type, @Nullable String namespace, String name, UnaryOperator<T> editor) {
        return edit(type, namespace, name, editor);
    }

    @Override
    public Optional<GenericKubernetesResource> edit(ObjectRef ref, UnaryOperator<GenericKubernetesResource> editor) {
        get(ref).ifPresent(it -> put(copy(editor.apply(it))));
        return get(ref);
    }

    @Override
    public Optional<GenericKubernetesResource> editStatus(
            ObjectRef ref, UnaryOperator<GenericKubernetesResource> editor) {
        return edit(ref, editor);
    }

    @Override
    public boolean delete(ObjectRef ref) {
        Optional<GenericKubernetesResource> live = get(ref);
        live.ifPresent(it -> {
            it.getMetadata().setDeletionTimestamp(Instant.EPOCH.toString());
            put(it);
        });
        return live.isPresent();
    }

    @Override
    public Probe.Subscription onChange(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void event(HasMetadata about, String type, String reason, String message, String component) {
        events.add(type + " " + reason + " " + message);
    }

    @Override
    public Optional<Kind> kind(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        boolean cluster =
                kind.equals("Namespace") || kind.startsWith("Cluster") || kind.equals("CustomResourceDefinition");
        return kind.startsWith("Unknown")
                ? Optional.empty()
                : Optional.of(new Kind(
                        apiVersion.substring(0, Math.max(0, slash)),
                        apiVersion.substring(slash + 1),
                        kind,
                        kind.toLowerCase(java.util.Locale.ROOT) + "s",
                        !cluster));
    }
}
