package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a Flux Kustomization or HelmRelease says that it has applied. */
final class FluxInventory {

    private static final FieldPath ENTRIES = FieldPath.parse(".status.inventory.entries");

    private FluxInventory() {}

    /** @param namespace empty for what has none */
    record Entry(String namespace, String name, String kind) {
        @Override
        public String toString() {
            return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
        }

        static Entry of(GenericKubernetesResource object) {
            String namespace = object.getMetadata().getNamespace();
            return new Entry(
                    namespace == null ? "" : namespace, object.getMetadata().getName(), object.getKind());
        }
    }

    static List<Entry> of(GenericKubernetesResource owner) {
        List<Entry> entries = new ArrayList<>();
        Object list = ENTRIES.in(owner.getAdditionalProperties()).orElse(List.of());
        for (Object item : (List<?>) list) {
            String id = String.valueOf(((Map<?, ?>) item).get("id"));
            int first = id.indexOf('_');
            int last = id.lastIndexOf('_');
            int group = id.lastIndexOf('_', last - 1);
            if (first >= 0 && group > first) {
                String name = id.substring(first + 1, group).replace("__", ":");
                entries.add(new Entry(id.substring(0, first), name, id.substring(last + 1)));
            }
        }
        return entries;
    }
}
