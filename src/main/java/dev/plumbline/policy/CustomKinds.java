package dev.plumbline.policy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds that CustomResourceDefinitions among the manifests define. */
final class CustomKinds {
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, GroupSchemas> groups = new HashMap<>();

    CustomKinds(List<Manifest> manifests) {
        Map<String, Map<String, Object>> schemas = new HashMap<>();
        for (Manifest manifest : manifests) {
            if (manifest.kind().equals("CustomResourceDefinition")) {
                collect(Manifest.map(manifest.object().get("spec")), schemas);
            }
        }
        schemas.forEach((apiVersion, kinds) -> {
            ObjectNode document = json.createObjectNode();
            document.putObject("components").set("schemas", json.valueToTree(kinds));
            groups.put(apiVersion, new GroupSchemas(apiVersion, document));
        });
    }

    Optional<GroupSchemas> of(String apiVersion) {
        return Optional.ofNullable(groups.get(apiVersion));
    }

    List<String> versions(String group) {
        return groups.keySet().stream()
                .filter(it -> it.startsWith(group + "/"))
                .sorted()
                .toList();
    }

    private static void collect(Map<String, Object> spec, Map<String, Map<String, Object>> schemas) {
        String group = String.valueOf(spec.get("group"));
        String kind = String.valueOf(Manifest.map(spec.get("names")).get("kind"));
        for (Object each : spec.get("versions") instanceof List<?> list ? list : List.of()) {
            Map<String, Object> version = Manifest.map(each);
            String name = String.valueOf(version.get("name"));
            Map<String, Object> schema = new LinkedHashMap<>(
                    Manifest.map(Manifest.map(version.get("schema")).get("openAPIV3Schema")));
            schema.put("properties", properties(schema.get("properties")));
            schema.put(GroupSchemas.GROUP_VERSION_KIND, List.of(Map.of("group", group, "version", name, "kind", kind)));
            schemas.computeIfAbsent(group + "/" + name, it -> new LinkedHashMap<>())
                    .put(kind, schema);
        }
    }

    /** What every object has, whether its definition says so or not. */
    private static Map<String, Object> properties(@Nullable Object given) {
        Map<String, Object> properties = new LinkedHashMap<>(Manifest.map(given));
        for (String field : List.of("apiVersion", "kind")) {
            properties.put(field, Map.of("type", "string"));
        }
        properties.put("metadata", Map.of("type", "object"));
        return properties;
    }
}
