package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** What a CustomResourceDefinition says of one version. */
record CustomResource(JsonNode definition, JsonNode version) {

    JsonNode schema() {
        JsonNode schema = Json.at(version, "schema", "openAPIV3Schema");
        return schema.isObject() ? schema : MissingNode.getInstance();
    }

    Shape shape() {
        return new SchemaShape(schema(), true);
    }

    String replicasPath() {
        return Json.text(version, "subresources", "scale", "specReplicasPath");
    }

    String statusReplicasPath() {
        return Json.text(version, "subresources", "scale", "statusReplicasPath");
    }

    String selectorPath() {
        return Json.text(version, "subresources", "scale", "labelSelectorPath");
    }
}
