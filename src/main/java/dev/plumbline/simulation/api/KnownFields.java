package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The fields and types of built-in kinds, read from the model classes: finds unknown fields and values of a wrong type. */
final class KnownFields {

    private static final String MODEL = "io.fabric8.kubernetes.api.model";

    private final Map<JavaType, Map<String, JavaType>> properties = new ConcurrentHashMap<>();
    private final KubernetesSerialization serialization;

    KnownFields(KubernetesSerialization serialization) {
        this.serialization = serialization;
    }

    /** Takes out the fields that the kind does not have and names them; refuses values of a wrong type. */
    List<String> prune(Resource resource, ObjectNode object) {
        String kind = resource.kind().kind();
        Class<?> model =
                serialization.getRegisteredKubernetesResource(resource.kind().apiVersion(), kind);
        List<String> unknown = new ArrayList<>();
        if (model != null) {
            Walk walk = new Walk(resource, unknown);
            walk.object(Json.MAPPER.constructType(model), object, "");
        }
        return unknown;
    }

    private Map<String, JavaType> properties(JavaType type) {
        return properties.computeIfAbsent(type, this::introspect);
    }

    private Map<String, JavaType> introspect(JavaType type) {
        Map<String, JavaType> result = new LinkedHashMap<>();
        for (BeanPropertyDefinition property :
                Json.MAPPER.getDeserializationConfig().introspect(type).findProperties()) {
            result.put(property.getName(), property.getPrimaryType());
        }
        return result;
    }

    private final class Walk {
        private final Resource resource;
        private final List<String> unknown;

        Walk(Resource resource, List<String> unknown) {
            this.resource = resource;
            this.unknown = unknown;
        }

        void object(JavaType type, ObjectNode object, String path) {
            Map<String, JavaType> known = properties(type);
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JavaType field = known.get(name);
                String here = path.isEmpty() ? name : path + "." + name;
                if (field == null) {
                    unknown.add(here);
                    object.remove(name);
                } else {
                    value(type, field, object.path(name), here);
                }
            }
        }

        private void value(JavaType owner, JavaType type, JsonNode value, String path) {
            if (value.isNull()) {
                return;
            }
            if (!fits(type, value)) {
                throw Refusal.badRequest(wrongType(owner, type, value, path));
            }
            if (type.isCollectionLikeType()) {
                int index = 0;
                for (JsonNode item : value) {
                    value(owner, type.getContentType(), item, path + "[" + index++ + "]");
                }
            } else if (type.isMapLikeType()) {
                value.properties()
                        .forEach(entry ->
                                value(owner, type.getContentType(), entry.getValue(), path + "." + entry.getKey()));
            } else if (modelled(type) && value instanceof ObjectNode child) {
                object(type, child, path);
            }
        }

        private String wrongType(JavaType owner, JavaType type, JsonNode value, String path) {
            String kind = resource.kind().kind();
            String go = type.hasRawClass(Integer.class)
                    ? "int32"
                    : type.hasRawClass(Long.class) ? "int64" : type.hasRawClass(Boolean.class) ? "bool" : "string";
            String shown = type.hasRawClass(Integer.class)
                            || type.hasRawClass(Long.class)
                            || type.hasRawClass(Boolean.class)
                            || type.hasRawClass(String.class)
                    ? go
                    : type.getRawClass().getSimpleName();
            String seen = value.isTextual()
                    ? "string"
                    : value.isNumber() ? "number" : value.isBoolean() ? "bool" : word(value);
            return kind + " in version \"" + resource.kind().version() + "\" cannot be handled as a " + kind
                    + ": json: cannot unmarshal " + seen + " into Go struct field "
                    + owner.getRawClass().getSimpleName() + "." + path + " of type " + shown;
        }

        private String word(JsonNode value) {
            return value.isArray() ? "array" : "object";
        }
    }

    private static boolean modelled(JavaType type) {
        return type.getRawClass().getName().startsWith(MODEL)
                && !type.isEnumType()
                && !type.hasRawClass(IntOrString.class)
                && !type.hasRawClass(Quantity.class)
                && !type.hasRawClass(JSONSchemaProps.class)
                && !type.getRawClass().getSimpleName().startsWith("JSONSchemaProps")
                && !type.getRawClass().getSimpleName().equals("FieldsV1")
                && !type.getRawClass().getSimpleName().equals("MicroTime")
                && !type.getRawClass().isInterface();
    }

    private static boolean fits(JavaType type, JsonNode value) {
        if (type.hasRawClass(Integer.class) || type.hasRawClass(Long.class)) {
            return value.isIntegralNumber() || value.isNumber() && value.asDouble() == value.asLong();
        }
        if (type.hasRawClass(Boolean.class)) {
            return value.isBoolean();
        }
        if (type.hasRawClass(String.class)) {
            return value.isTextual();
        }
        if (type.isCollectionLikeType()) {
            return value.isArray();
        }
        return !(type.isMapLikeType() || modelled(type)) || value.isObject();
    }
}
