package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.Kind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a backup lies in the object store: {@code backups/NAME/} with its objects, and {@code kopia/} with volumes' files. */
record BackupFiles(ObjectStore store) {

    static String volumeKey(String namespace, String snapshot) {
        return "kopia/" + namespace + "/" + snapshot;
    }

    private static String key(String backup, String suffix) {
        return "backups/" + backup + "/" + suffix;
    }

    void saveObjects(String backup, List<Item> items, List<GenericKubernetesResource> volumes, List<String> log)
            throws StoreFailure {
        Map<String, byte[]> files = new TreeMap<>();
        for (Item item : items) {
            Kind kind = item.kind();
            String scope = kind.namespaced() ? "namespaces/" + item.namespace() : "cluster";
            String path = String.join(
                    "/",
                    "resources",
                    kind.group().isEmpty() ? "core" : kind.group(),
                    kind.version(),
                    kind.kind(),
                    kind.plural(),
                    scope,
                    item.name().replace(":", "%3A") + ".json");
            files.put(path, json(item.object()));
        }
        store.put(key(backup, backup + "-resources.zip"), Archive.pack(files));
        store.put(key(backup, backup + "-podvolumebackups.json"), json(volumes));
        store.put(key(backup, backup + "-logs"), String.join("\n", log).getBytes(StandardCharsets.UTF_8));
    }

    void saveBackup(GenericKubernetesResource backup) throws StoreFailure {
        store.put(key(backup.getMetadata().getName(), "velero-backup.json"), json(backup));
    }

    List<Item> objects(String backup) throws StoreFailure {
        String key = key(backup, backup + "-resources.zip");
        byte[] content =
                store.get(key).orElseThrow(() -> new StoreFailure("error downloading backup: key not found " + key));
        List<Item> items = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : Archive.unpack(content).entrySet()) {
            String[] parts = file.getKey().split("/");
            String group = parts[1].equals("core") ? "" : parts[1];
            Kind kind = new Kind(group, parts[2], parts[3], parts[4], parts[5].equals("namespaces"));
            items.add(new Item(kind, object(file.getValue())));
        }
        return items;
    }

    List<GenericKubernetesResource> volumes(String backup) throws StoreFailure {
        byte[] content =
                store.get(key(backup, backup + "-podvolumebackups.json")).orElse("[]".getBytes(StandardCharsets.UTF_8));
        List<Map<String, Object>> list =
                Serialization.unmarshal(new String(content, StandardCharsets.UTF_8), List.class);
        return list.stream().map(it -> object(json(it))).toList();
    }

    /** The backups that the store holds, whether the cluster knows them or not. */
    List<GenericKubernetesResource> backups() throws StoreFailure {
        List<GenericKubernetesResource> backups = new ArrayList<>();
        for (String key : store.list("backups/")) {
            if (key.endsWith("/velero-backup.json")) {
                store.get(key).ifPresent(content -> backups.add(object(content)));
            }
        }
        return backups;
    }

    void delete(String backup) throws StoreFailure {
        for (GenericKubernetesResource volume : volumes(backup)) {
            String namespace = volume.get("spec", "pod", "namespace");
            String snapshot = volume.get("status", "snapshotID");
            if (snapshot != null) {
                store.delete(volumeKey(String.valueOf(namespace), snapshot));
            }
        }
        for (String key : store.list("backups/" + backup + "/")) {
            store.delete(key);
        }
    }

    private static byte[] json(Object object) {
        return Serialization.asJson(object).getBytes(StandardCharsets.UTF_8);
    }

    private static GenericKubernetesResource object(byte[] json) {
        return Serialization.unmarshal(new String(json, StandardCharsets.UTF_8), GenericKubernetesResource.class);
    }
}
