package dev.plumbline.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Each manifest is an object that a Kubernetes 1.34 API server would take: its kind is known, its fields are spelled
 * right and have the right type. Custom kinds are known from CRDs among the manifests, and those of Flux and Velero.
 */
public final class SchemaRule implements Rule {
    private final ObjectMapper json = new ObjectMapper();
    private final Schemas schemas = new Schemas();

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public String demand() {
        return "Kinds are known, fields are spelled right and have the right type.";
    }

    @Override
    public List<Finding> check(List<Manifest> manifests) {
        CustomKinds custom = new CustomKinds(manifests);
        List<Finding> findings = new ArrayList<>();
        for (Manifest manifest : manifests) {
            Optional<GroupSchemas> group = custom.of(manifest.apiVersion()).or(() -> schemas.of(manifest.apiVersion()));
            Optional<Schema> schema = group.flatMap(it -> it.schema(manifest.kind()));
            if (schema.isPresent()) {
                findings.addAll(check(manifest, schema.get(), group.orElseThrow()));
            } else {
                findings.add(unknown(manifest, group, custom));
            }
        }
        return findings;
    }

    private Finding unknown(Manifest manifest, Optional<GroupSchemas> group, CustomKinds custom) {
        String apiVersion = manifest.apiVersion();
        if (group.isPresent()) {
            Set<String> kinds = group.get().kinds();
            String hint = Spelling.nearest(manifest.kind(), kinds)
                    .map(it -> "did you mean " + it + "?")
                    .orElse("known are " + String.join(", ", kinds));
            return manifest.finding(
                    this,
                    List.of("kind"),
                    "unknown kind " + manifest.kind() + " in " + apiVersion + ", " + hint,
                    Severity.ERROR);
        }
        List<String> versions = new ArrayList<>(schemas.versions(manifest.group()));
        versions.addAll(custom.versions(manifest.group()));
        String hint = versions.isEmpty()
                ? "no CustomResourceDefinition for " + manifest.kind() + " is among the manifests"
                : "known are " + String.join(", ", versions);
        return manifest.finding(
                this, List.of("apiVersion"), "unknown apiVersion " + apiVersion + ", " + hint, Severity.ERROR);
    }

    private List<Finding> check(Manifest manifest, Schema schema, GroupSchemas group) {
        Set<Finding> findings = new LinkedHashSet<>();
        if (manifest.name().isEmpty()
                && !Manifest.map(manifest.object().get("metadata")).containsKey("generateName")) {
            findings.add(manifest.finding(this, List.of("metadata"), "metadata.name is missing", Severity.ERROR));
        }
        JsonNode object = json.valueToTree(withoutNulls(manifest.object()));
        List<Error> errors = schema.validate(object);
        for (Error error : errors) {
            if (errors.stream().noneMatch(it -> SchemaError.isPartOf(error, it))) {
                SchemaError found = SchemaError.of(error, group);
                findings.add(manifest.finding(this, found.path(), found.message(), Severity.ERROR));
            }
        }
        return List.copyOf(findings);
    }

    /** To an API server, null is the same as nothing. */
    private static @Nullable Object withoutNulls(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> kept = new TreeMap<>();
            map.forEach((key, each) -> {
                if (each != null) {
                    kept.put(String.valueOf(key), withoutNulls(each));
                }
            });
            return kept;
        }
        return value instanceof List<?> list
                ? list.stream().map(SchemaRule::withoutNulls).toList()
                : value;
    }
}
