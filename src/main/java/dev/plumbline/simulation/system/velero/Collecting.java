package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the objects of a backup: what its spec selects, and what those need (the claims and volumes of pods). */
final class Collecting {

    private final ClusterState state;
    private final Selection selection;
    private final Map<String, Item> found = new LinkedHashMap<>();

    Collecting(ClusterState state, Selection selection) {
        this.state = state;
        this.selection = selection;
    }

    List<Item> items() {
        for (Kind kind : Catalogue.kinds(state)) {
            if (!selection.takesResource(kind)) {
                continue;
            }
            for (GenericKubernetesResource object : state.list(kind, null)) {
                Item item = new Item(kind, object);
                if (takes(item)) {
                    add(item);
                }
            }
        }
        return List.copyOf(found.values());
    }

    private boolean takes(Item item) {
        boolean hidden = "true".equals(item.labels().get(Velero.EXCLUDE));
        if (hidden || item.object().getMetadata().getDeletionTimestamp() != null) {
            return false;
        }
        if (item.is("Namespace")) {
            return selection.takesNamespace(item.name()) && selection.takesLabels(item.labels());
        }
        if (item.kind().namespaced()) {
            return selection.takesNamespace(item.namespace()) && selection.takesLabels(item.labels());
        }
        Boolean asked = selection.clusterResources();
        boolean wanted = asked == null ? selection.takesAllNamespaces() : asked;
        return wanted && selection.takesLabels(item.labels());
    }

    private void add(Item item) {
        String key = item.words();
        if (found.putIfAbsent(key, item) != null) {
            return;
        }
        if (item.kind().namespaced()) {
            related("v1", "Namespace", "", item.namespace());
        }
        if (item.is("Pod")) {
            Volumes.claims(item.object())
                    .forEach(claim -> related("v1", "PersistentVolumeClaim", item.namespace(), claim));
        }
        if (item.is("PersistentVolumeClaim") && !Boolean.FALSE.equals(selection.clusterResources())) {
            Optional.ofNullable(item.object().<String>get("spec", "volumeName"))
                    .ifPresent(volume -> related("v1", "PersistentVolume", "", volume));
        }
        if (item.kind().group().contains(".") && item.kind().namespaced()) {
            related("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", Selection.resource(item.kind()));
        }
    }

    private void related(String apiVersion, String kindName, String namespace, String name) {
        state.kind(apiVersion, kindName)
                .filter(selection::takesResource)
                .ifPresent(kind -> state.get(new ObjectRef(kind, namespace.isEmpty() ? null : namespace, name))
                        .ifPresent(object -> add(new Item(kind, object))));
    }
}
