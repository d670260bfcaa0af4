package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The shape of a custom resource, as its schema's x-kubernetes extensions tell it; lists are atomic unless they say else. */
record SchemaShape(JsonNode schema, boolean root) implements Shape {

    @Override
    public boolean atomic() {
        return schema.path("x-kubernetes-map-type").asText().equals("atomic");
    }

    @Override
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        if (schema.path("x-kubernetes-list-type").asText().equals("map")) {
            schema.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.asText()));
        }
        return keys;
    }

    @Override
    public boolean set() {
        return schema.path("x-kubernetes-list-type").asText().equals("set");
    }

    @Override
    public Shape field(String name) {
        if (root && name.equals("metadata")) {
            return new NamedShape("metadata", null);
        }
        JsonNode field = schema.path("properties").path(name);
        return new SchemaShape(field.isMissingNode() ? schema.path("additionalProperties") : field, false);
    }

    @Override
    public Shape item() {
        return new SchemaShape(schema.path("items"), false);
    }
}
