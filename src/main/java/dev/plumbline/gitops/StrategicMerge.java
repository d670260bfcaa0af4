package dev.plumbline.gitops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Merges a patch into an object: maps field by field, lists of built-in kinds item by item where Kubernetes names a
 * merge key, every other list as a whole.
 */
final class StrategicMerge {
    private static final String DIRECTIVE = "$patch";

    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("resourceClaims", List.of("name")),
            Map.entry("webhooks", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("conditions", List.of("type")));

    private final String place;
    private final Resource resource;

    private StrategicMerge(String place, Resource resource) {
        this.place = place;
        this.resource = resource;
    }

    /**
     * The object after the patch, empty when the patch deletes it. Its kind, name and namespace stay.
     *
     * @param place where messages say that the patch stands
     */
    static Optional<Map<String, Object>> merge(String place, Resource resource, Map<String, Object> patch)
            throws KustomizeException {
        if ("delete".equals(patch.get(DIRECTIVE))) {
            return Optional.empty();
        }
        Map<String, Object> merged =
                new StrategicMerge(place, resource).map(Fields.copy(resource.object()), patch, List.of());
        merged.put("kind", resource.kind());
        Map<String, Object> metadata = Fields.child(merged, "metadata");
        metadata.put("name", resource.name());
        metadata.remove("namespace");
        resource.namespace().ifPresent(it -> metadata.put("namespace", it));
        return Optional.of(merged);
    }

    private Map<String, Object> map(Map<String, Object> present, Map<String, Object> patch, List<String> path)
            throws KustomizeException {
        String directive = directive(patch);
        Map<String, Object> merged = directive.equals("replace") ? new LinkedHashMap<>() : present;
        for (Map.Entry<String, Object> entry : patch.entrySet()) {
            String name = entry.getKey();
            Object value = entry.getValue();
            if (name.startsWith("$") && !name.equals(DIRECTIVE)) {
                throw new KustomizeException(place + ": not supported: " + name + " in a patch");
            }
            if (value == null || isDelete(value)) {
                merged.remove(name);
            } else if (!name.equals(DIRECTIVE)) {
                merged.put(name, value(merged.get(name), value, below(path, name)));
            }
        }
        return merged;
    }

    private Object value(@Nullable Object present, Object patch, List<String> path) throws KustomizeException {
        if (patch instanceof Map<?, ?>) {
            return map(Fields.asMap(present), Fields.asMap(patch), path);
        }
        if (patch instanceof List<?>) {
            return list(Fields.asList(present), Fields.asList(patch), path);
        }
        return patch;
    }

    private List<Object> list(List<Object> present, List<Object> patch, List<String> path) throws KustomizeException {
        List<String> keys = keys(path);
        List<Object> added = new ArrayList<>();
        List<Object> kept = new ArrayList<>(present);
        for (Object item : patch) {
            if (!(item instanceof Map<?, ?>)) {
                added.add(item);
                continue;
            }
            Map<String, Object> wanted = Fields.asMap(item);
            String directive = directive(wanted);
            if (directive.equals("replace") && wanted.size() == 1) {
                kept.clear();
                keys = List.of();
                continue;
            }
            int index = keys.isEmpty() ? -1 : find(kept, wanted, keys);
            if (directive.equals("delete")) {
                if (index >= 0) {
                    kept.remove(index);
                }
            } else if (index >= 0) {
                kept.set(index, map(Fields.asMap(kept.get(index)), wanted, path));
            } else {
                added.add(map(new LinkedHashMap<>(), wanted, path));
            }
        }
        if (!keys(path).isEmpty() || path.equals(List.of("metadata", "finalizers"))) {
            kept.removeAll(added);
            added.addAll(kept);
        }
        return added;
    }

    private static int find(List<Object> items, Map<String, Object> wanted, List<String> keys) {
        for (int i = 0; i < items.size(); i++) {
            Map<String, Object> item = Fields.asMap(items.get(i));
            if (keys.stream().allMatch(it -> String.valueOf(item.get(it)).equals(String.valueOf(wanted.get(it))))) {
                return i;
            }
        }
        return -1;
    }

    /** What identifies an item of a list; empty when the list is replaced as a whole. */
    private List<String> keys(List<String> path) {
        if (!resource.builtIn()) {
            return List.of();
        }
        String name = path.get(path.size() - 1);
        if (name.equals("ports") && resource.kind().equals("Service")) {
            return List.of("port", "protocol");
        }
        if (name.equals("ports") && path.size() > 1 && path.get(path.size() - 2).endsWith("ontainers")) {
            return List.of("containerPort", "protocol");
        }
        return KEYS.getOrDefault(name, List.of());
    }

    private String directive(Map<String, Object> patch) throws KustomizeException {
        String directive = String.valueOf(patch.getOrDefault(DIRECTIVE, "merge"));
        if (!List.of("merge", "replace", "delete").contains(directive)) {
            throw new KustomizeException(
                    place + ": " + DIRECTIVE + " is merge, replace or delete, not \"" + directive + "\"");
        }
        return directive;
    }

    private static boolean isDelete(Object value) {
        return value instanceof Map<?, ?> map && "delete".equals(map.get(DIRECTIVE));
    }

    private static List<String> below(List<String> path, String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return below;
    }
}
