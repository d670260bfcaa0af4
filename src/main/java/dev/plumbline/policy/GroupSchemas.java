package dev.plumbline.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The schemas of one API group and version, closed: a field that a schema does not name is an error. */
final class GroupSchemas {
    static final String GROUP_VERSION_KIND = "x-kubernetes-group-version-kind";
    private static final String SCHEMAS = "/components/schemas/";

    private static final SchemaRegistryConfig LAZY =
            SchemaRegistryConfig.builder().preloadSchema(false).build();
    /** Kubernetes adds keywords of its own, which say nothing on whether a value is valid. */
    private static final Dialect KUBERNETES = Dialect.builder(Dialects.getOpenApi30())
            .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
            .build();

    private final ObjectNode document;
    private final String address;
    private final SchemaRegistry registry;
    private final Map<String, String> names = new TreeMap<>();
    private final Map<String, Schema> compiled = new HashMap<>();

    /** @param document an OpenAPI document; it is changed */
    GroupSchemas(String apiVersion, ObjectNode document) {
        this.document = document;
        address = "https://plumbline.invalid/" + apiVersion;
        JsonNode schemas = document.at("/components/schemas");
        schemas.fields().forEachRemaining(it -> {
            JsonNode identity = it.getValue().path(GROUP_VERSION_KIND);
            if (identity.size() == 1) {
                names.put(identity.get(0).path("kind").asText(), it.getKey());
            }
            close(it.getValue());
        });
        String text = document.toString();
        registry = SchemaRegistry.withDefaultDialect(
                KUBERNETES, builder -> builder.schemas(Map.of(address, text)).schemaRegistryConfig(LAZY));
    }

    Set<String> kinds() {
        return names.keySet();
    }

    Optional<Schema> schema(String kind) {
        return Optional.ofNullable(names.get(kind))
                .map(name -> compiled.computeIfAbsent(
                        kind, it -> registry.getSchema(SchemaLocation.of(address + "#" + SCHEMAS + name))));
    }

    /** The fields that a schema names, for an error that one of its keywords gave. */
    Set<String> fields(SchemaLocation keyword) {
        String pointer = String.valueOf(keyword.getFragment());
        JsonNode schema = document.at(pointer.substring(0, pointer.lastIndexOf('/')));
        Set<String> fields = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    /** Not below anyOf and the like: those name only the fields that they are about. */
    private static void close(JsonNode schema) {
        if (!(schema instanceof ObjectNode node)) {
            return;
        }
        boolean open = node.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                || node.path("x-kubernetes-embedded-resource").asBoolean();
        if (node.has("properties") && !node.has("additionalProperties") && !open) {
            node.set("additionalProperties", BooleanNode.FALSE);
        }
        if (!isPattern(node.path("pattern").asText())) {
            node.remove("pattern");
        }
        node.path("properties").forEach(GroupSchemas::close);
        close(node.path("items"));
        close(node.path("additionalProperties"));
    }

    /** Go's patterns are not all Java's; what cannot be checked here is left to the server. */
    private static boolean isPattern(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
