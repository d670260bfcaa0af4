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
     * The object after the patch, empty when the patch deletes it. Its version, kind, name and namespace stay.
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
        merged.put("apiVersion", resource.identity().apiVersion());
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

    /**
     * Items of the patch come first, as in kustomize (kubectl appends). Those that are there already keep their place
     * where two fields together are the key.
     */
    private List<Object> list(List<Object> present, List<Object> patch, List<String> path) throws KustomizeException {
        List<String> keys = keys(path);
        boolean asAWhole = keys.isEmpty() && !path.equals(List.of("metadata", "finalizers"))
                || patch.stream().anyMatch(StrategicMerge::replacesList);
        List<Object> rest = asAWhole ? new ArrayList<>() : new ArrayList<>(present);
        List<Object> merged = new ArrayList<>();
        for (Object item : patch) {
            if (!(item instanceof Map<?, ?>)) {
                merged.add(item);
                rest.remove(item);
            } else if (!replacesList(item)) {
                item(merged, rest, Fields.asMap(item), path);
            }
        }
        merged.addAll(rest);
        return merged;
    }

    private void item(List<Object> merged, List<Object> rest, Map<String, Object> wanted, List<String> path)
            throws KustomizeException {
        String directive = directive(wanted);
        if (directive.equals("replace")) {
            throw new KustomizeException(place + ": not supported: $patch: replace in an item of " + path);
        }
        int index = find(rest, wanted, keys(path));
        boolean delete = directive.equals("delete");
        if (index < 0 && !delete) {
            merged.add(map(new LinkedHashMap<>(), wanted, path));
        } else if (index >= 0 && delete) {
            rest.remove(index);
        } else if (index >= 0 && keys(path).size() > 1) {
            rest.set(index, map(Fields.asMap(rest.get(index)), wanted, path));
        } else if (index >= 0) {
            merged.add(map(Fields.asMap(rest.remove(index)), wanted, path));
        }
    }

    private static boolean replacesList(Object item) {
        return item instanceof Map<?, ?> map && map.size() == 1 && "replace".equals(map.get(DIRECTIVE));
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
