package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the server says about itself: groups, versions, resources, its own version. */
final class Discovery {

    static final String VERSION = "v1.34.4-simulated";
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private final Resources resources;

    Discovery(Resources resources) {
        this.resources = resources;
    }

    Optional<Answer> answer(List<String> path) {
        if (path.isEmpty() || path.get(0).equals("api") && path.size() <= 2) {
            return core(path);
        }
        if (path.get(0).equals("apis") && path.size() <= 3) {
            return groups(path);
        }
        return path.size() == 1 || path.size() == 2 ? health(path.get(0)) : Optional.empty();
    }

    private Optional<Answer> health(String path) {
        return switch (path) {
            case "readyz", "livez", "healthz" -> Optional.of(Answer.text(200, "ok"));
            case "version" -> Optional.of(Answer.json(200, version()));
            default -> Optional.empty();
        };
    }

    private static ObjectNode version() {
        return Json.object()
                .put("major", "1")
                .put("minor", "34")
                .put("gitVersion", VERSION)
                .put("gitCommit", "0000000000000000000000000000000000000000")
                .put("gitTreeState", "clean")
                .put("buildDate", "2026-01-01T00:00:00Z")
                .put("goVersion", "none")
                .put("compiler", "none")
                .put("platform", "jvm");
    }

    private Optional<Answer> core(List<String> path) {
        if (path.isEmpty()) {
            ObjectNode paths = Json.object();
            paths.putArray("paths")
                    .add("/api")
                    .add("/api/v1")
                    .add("/apis")
                    .add("/readyz")
                    .add("/version");
            return Optional.of(Answer.json(200, paths));
        }
        if (path.size() == 1) {
            ObjectNode versions = Json.object().put("kind", "APIVersions");
            versions.putArray("versions").add("v1");
            return Optional.of(Answer.json(200, versions));
        }
        return path.get(1).equals("v1") ? Optional.of(Answer.json(200, list("v1"))) : Optional.empty();
    }

    private Optional<Answer> groups(List<String> path) {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        resources.all().stream()
                .filter(resource -> !resource.kind().group().isEmpty())
                .forEach(resource -> groups.computeIfAbsent(resource.kind().group(), g -> new LinkedHashSet<>())
                        .add(resource.kind().version()));
        if (path.size() == 1) {
            ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
            ArrayNode items = list.putArray("groups");
            groups.forEach((name, versions) -> items.add(group(name, versions)));
            return Optional.of(Answer.json(200, list));
        }
        Set<String> versions = groups.getOrDefault(path.get(1), Set.of());
        if (path.size() == 2) {
            return versions.isEmpty() ? Optional.empty() : Optional.of(Answer.json(200, lone(path.get(1), versions)));
        }
        return versions.contains(path.get(2))
                ? Optional.of(Answer.json(200, list(path.get(1) + "/" + path.get(2))))
                : Optional.empty();
    }

    private static ObjectNode lone(String name, Set<String> versions) {
        return group(name, versions).put("kind", "APIGroup").put("apiVersion", "v1");
    }

    private static ObjectNode group(String name, Set<String> versions) {
        ObjectNode group = Json.object().put("name", name);
        ArrayNode list = group.putArray("versions");
        versions.forEach(version ->
                list.addObject().put("groupVersion", name + "/" + version).put("version", version));
        group.set("preferredVersion", list.get(0).deepCopy());
        return group;
    }

    private ObjectNode list(String apiVersion) {
        ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
        list.put("groupVersion", apiVersion);
        ArrayNode items = list.putArray("resources");
        for (Resource resource : resources.all()) {
            if (resource.kind().apiVersion().equals(apiVersion)) {
                describe(resource, items);
            }
        }
        return list;
    }

    private static void describe(Resource resource, ArrayNode items) {
        ObjectNode main = entry(resource, "", items);
        if (resource.has("review")) {
            main.putArray("verbs").add("create");
            return;
        }
        ArrayNode verbs = main.putArray("verbs");
        VERBS.forEach(verbs::add);
        if (!resource.shortNames().isEmpty()) {
            ArrayNode names = main.putArray("shortNames");
            resource.shortNames().forEach(names::add);
        }
        for (String subresource : List.of("status", "scale")) {
            if (resource.has(subresource)) {
                entry(resource, "/" + subresource, items)
                        .putArray("verbs")
                        .add("get")
                        .add("patch")
                        .add("update");
            }
        }
        if (resource.is("Pod")) {
            entry(resource, "/log", items).putArray("verbs").add("get");
            entry(resource, "/proxy", items)
                    .putArray("verbs")
                    .add("create")
                    .add("get")
                    .add("update");
        } else if (resource.is("Service")) {
            entry(resource, "/proxy", items)
                    .putArray("verbs")
                    .add("create")
                    .add("get")
                    .add("update");
        }
    }

    private static ObjectNode entry(Resource resource, String subresource, ArrayNode items) {
        return items.addObject()
                .put("name", resource.kind().plural() + subresource)
                .put("singularName", subresource.isEmpty() ? resource.singular() : "")
                .put("namespaced", resource.kind().namespaced())
                .put("kind", resource.kind().kind());
    }
}
