package dev.plumbline.simulation.system.velero;

import java.util.Comparator;
import java.util.List;

/** The order in which a restore creates what a backup holds, and what it never creates. */
final class RestoreOrder {

    private static final List<String> FIRST = List.of(
            "customresourcedefinitions.apiextensions.k8s.io",
            "namespaces",
            "storageclasses.storage.k8s.io",
            "persistentvolumes",
            "persistentvolumeclaims",
            "secrets",
            "configmaps",
            "serviceaccounts",
            "limitranges",
            "pods",
            "replicasets.apps",
            "services");
    private static final List<String> NEVER = List.of(
            "nodes",
            "events",
            "events.events.k8s.io",
            "backups.velero.io",
            "restores.velero.io",
            "backuprepositories.velero.io",
            "podvolumebackups.velero.io",
            "podvolumerestores.velero.io",
            "deletebackuprequests.velero.io",
            "serverstatusrequests.velero.io",
            "controllerrevisions.apps");

    static final Comparator<Item> ORDER = Comparator.comparing(RestoreOrder::place)
            .thenComparing(item -> Selection.resource(item.kind()))
            .thenComparing(Item::namespace)
            .thenComparing(Item::name);

    private RestoreOrder() {}

    private static int place(Item item) {
        int place = FIRST.indexOf(Selection.resource(item.kind()));
        return place < 0 ? FIRST.size() : place;
    }

    static boolean isRestored(Item item) {
        return !NEVER.contains(Selection.resource(item.kind())) && !isOver(item);
    }

    /** A pod or a Job that has ended is history. */
    private static boolean isOver(Item item) {
        if (item.is("Pod")) {
            String phase = item.object().get("status", "phase");
            boolean mirror = item.annotations().containsKey("kubernetes.io/config.mirror");
            return mirror || "Succeeded".equals(phase) || "Failed".equals(phase);
        }
        return item.is("Job") && item.object().get("status", "completionTime") != null;
    }
}
