package dev.plumbline.simulation.system.velero;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The definitions of Velero's kinds. None has a status subresource, as with the real ones. */
public final class VeleroCrds {

    private static final String FILE = "kinds.yaml";

    private VeleroCrds() {}

    public static List<GenericKubernetesResource> objects() {
        try (InputStream file = VeleroCrds.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing beside " + VeleroCrds.class.getName());
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Map<String, Object>> kinds = Serialization.unmarshal(text, Map.class);
            return kinds.entrySet().stream()
                    .map(entry -> definition(entry.getKey(), entry.getValue()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GenericKubernetesResource definition(String plural, Map<String, Object> facts) {
        String kind = String.valueOf(facts.get("kind"));
        Map<String, Object> open = Map.of("type", "object", "x-kubernetes-preserve-unknown-fields", true);
        Map<String, Object> spec = new LinkedHashMap<>(facts.containsKey("spec") ? Map.of("type", "object") : open);
        if (facts.containsKey("spec")) {
            spec.put("properties", facts.get("spec"));
        }
        if (facts.containsKey("required")) {
            spec.put("required", facts.get("required"));
        }
        Map<String, Object> string = Map.of("type", "string");
        Map<String, Object> properties = Map.of(
                "apiVersion",
                string,
                "kind",
                string,
                "metadata",
                Map.of("type", "object"),
                "spec",
                spec,
                "status",
                open);
        Map<String, Object> version = Map.of(
                "name",
                "v1",
                "served",
                true,
                "storage",
                true,
                "schema",
                Map.of("openAPIV3Schema", Map.of("type", "object", "properties", properties)));
        Map<String, Object> names = Map.of(
                "kind", kind, "listKind", kind + "List", "plural", plural, "singular", kind.toLowerCase(Locale.ROOT));
        Map<String, Object> object = Map.of(
                "apiVersion",
                "apiextensions.k8s.io/v1",
                "kind",
                "CustomResourceDefinition",
                "metadata",
                Map.of("name", plural + ".velero.io", "labels", Map.of("component", "velero")),
                "spec",
                Map.of("group", "velero.io", "scope", "Namespaced", "names", names, "versions", List.of(version)));
        return Serialization.unmarshal(Serialization.asJson(object), GenericKubernetesResource.class);
    }
}
