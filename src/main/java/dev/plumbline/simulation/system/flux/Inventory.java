package dev.plumbline.simulation.system.flux;

import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a Kustomization has applied, as its status keeps it. */
final class Inventory {

    private Inventory() {}

    static List<Entry> of(GenericKubernetesResource kustomization) {
        List<Map<String, String>> entries = kustomization.get("status", "inventory", "entries");
        return entries == null
                ? List.of()
                : entries.stream()
                        .map(entry -> new Entry(entry.getOrDefault("id", ""), entry.getOrDefault("v", "")))
                        .toList();
    }

    static Map<String, Object> status(List<Entry> entries) {
        return Map.of(
                "entries",
                entries.stream()
                        .map(entry -> Map.of("id", entry.id(), "v", entry.version()))
                        .toList());
    }

    /** @param id namespace, name, group and kind, joined by underscores; a colon of a name is written as two of them */
    record Entry(String id, String version) {

        static Entry of(GenericKubernetesResource object) {
            String apiVersion = object.getApiVersion();
            int slash = apiVersion.indexOf('/');
            String group = slash < 0 ? "" : apiVersion.substring(0, slash);
            String namespace = Objects.requireNonNullElse(object.getMetadata().getNamespace(), "");
            String name = object.getMetadata().getName().replace(":", "__");
            return new Entry(
                    namespace + "_" + name + "_" + group + "_" + object.getKind(), apiVersion.substring(slash + 1));
        }

        boolean isSameObject(Entry other) {
            return id.equals(other.id);
        }

        /** The object, absent when its kind is not served any more. */
        Optional<ObjectRef> ref(ClusterState state) {
            int first = id.indexOf('_');
            int last = id.lastIndexOf('_');
            int before = id.lastIndexOf('_', last - 1);
            String group = id.substring(before + 1, last);
            Optional<Kind> kind = state.kind(group.isEmpty() ? version : group + "/" + version, id.substring(last + 1));
            String name = id.substring(first + 1, before).replace("__", ":");
            return kind.map(it -> new ObjectRef(it, it.namespaced() ? id.substring(0, first) : null, name));
        }
    }
}
