package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A custom resource held against its schema: types, required fields, enums, patterns, bounds; unknown fields and defaults. */
final class SchemaCheck {

    private SchemaCheck() {}

    static void check(JsonNode schema, JsonNode object, Causes causes) {
        fields(schema, object, "", causes);
    }

    private static void value(JsonNode schema, JsonNode value, String path, Causes causes) {
        String type = schema.path("type").asText("");
        if (value.isNull() && schema.path("nullable").asBoolean()) {
            return;
        }
        if (!fits(type, value) && !schema.path("x-kubernetes-int-or-string").asBoolean()) {
            String detail = path + " in body must be of type " + type + ": \"" + kind(value) + "\"";
            causes.invalid(path, Json.object().textNode(kind(value)), detail);
            return;
        }
        enums(schema, value, path, causes);
        bounds(schema, value, path, causes);
        fields(schema, value, path, causes);
        int index = 0;
        if (value.isArray() && schema.has("items")) {
            for (JsonNode item : value) {
                value(schema.path("items"), item, path + "[" + index++ + "]", causes);
            }
        }
    }

    private static void fields(JsonNode schema, JsonNode value, String path, Causes causes) {
        if (!value.isObject()) {
            return;
        }
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asText())) {
                causes.required(join(path, required.asText()), "");
            }
        }
        value.properties().forEach(field -> {
            JsonNode known = schema.path("properties").path(field.getKey());
            JsonNode rule = known.isMissingNode() ? schema.path("additionalProperties") : known;
            boolean own =
                    path.isEmpty() && List.of("apiVersion", "kind", "metadata").contains(field.getKey());
            if (rule.isObject() && !own) {
                value(rule, field.getValue(), join(path, field.getKey()), causes);
            }
        });
    }

    private static void enums(JsonNode schema, JsonNode value, String path, Causes causes) {
        if (schema.has("enum")) {
            List<String> supported = new ArrayList<>();
            schema.path("enum").forEach(choice -> supported.add(choice.asText()));
            if (!supported.contains(value.asText())) {
                causes.unsupported(path, value.asText(), supported);
            }
        }
        String pattern = schema.path("pattern").asText("");
        if (value.isTextual()
                && !pattern.isEmpty()
                && !Pattern.compile(pattern).matcher(value.asText()).find()) {
            causes.invalid(path, value, path + " in body should match '" + pattern + "'");
        }
    }

    private static void bounds(JsonNode schema, JsonNode value, String path, Causes causes) {
        if (!value.isNumber()) {
            return;
        }
        if (schema.has("minimum") && value.asDouble() < schema.path("minimum").asDouble()) {
            causes.invalid(path, value, path + " in body should be greater than or equal to " + schema.path("minimum"));
        }
        if (schema.has("maximum") && value.asDouble() > schema.path("maximum").asDouble()) {
            causes.invalid(path, value, path + " in body should be less than or equal to " + schema.path("maximum"));
        }
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> true;
        };
    }

    private static String kind(JsonNode value) {
        if (value.isIntegralNumber()) {
            return "integer";
        }
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case NULL -> "null";
            default -> "object";
        };
    }

    private static String join(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    /** Takes out what the schema does not know and names it. */
    static List<String> prune(JsonNode schema, ObjectNode object) {
        List<String> unknown = new ArrayList<>();
        if (schema.isObject()) {
            prune(schema, object, "", unknown);
        }
        return unknown;
    }

    private static void prune(JsonNode schema, JsonNode value, String path, List<String> unknown) {
        if (value.isArray()) {
            int index = 0;
            for (JsonNode item : value) {
                prune(schema.path("items"), item, path + "[" + index++ + "]", unknown);
            }
        } else if (value instanceof ObjectNode object && !open(schema)) {
            for (String field : names(object)) {
                JsonNode known = schema.path("properties").path(field);
                boolean own = path.isEmpty()
                        && List.of("apiVersion", "kind", "metadata").contains(field);
                if (!known.isMissingNode() && !own) {
                    prune(known, object.path(field), join(path, field), unknown);
                } else if (!own) {
                    unknown.add(join(path, field));
                    object.remove(field);
                }
            }
        } else if (value instanceof ObjectNode object
                && schema.path("additionalProperties").isObject()) {
            object.properties()
                    .forEach(field -> prune(
                            schema.path("additionalProperties"),
                            field.getValue(),
                            join(path, field.getKey()),
                            unknown));
        }
    }

    private static boolean open(JsonNode schema) {
        return schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                || schema.path("x-kubernetes-embedded-resource").asBoolean()
                || !Json.missing(schema.get("additionalProperties"))
                || schema.isMissingNode();
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Writes the schema's defaults into fields that were left out. */
    static void fill(JsonNode schema, JsonNode value) {
        if (value.isArray()) {
            value.forEach(item -> fill(schema.path("items"), item));
        } else if (value instanceof ObjectNode object) {
            schema.path("properties").properties().forEach(field -> {
                if (!object.has(field.getKey()) && field.getValue().has("default")) {
                    object.set(field.getKey(), field.getValue().path("default").deepCopy());
                }
                fill(field.getValue(), object.path(field.getKey()));
            });
            object.properties().forEach(field -> {
                if (!schema.path("properties").has(field.getKey())) {
                    fill(schema.path("additionalProperties"), field.getValue());
                }
            });
        }
    }
}
