package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The objects that a list or a watch is about. */
record Matching(@Nullable String namespace, String name, LabelQuery labels, FieldQuery fields) {

    static Matching of(Route route, Call call) {
        return new Matching(
                route.namespace(),
                route.name(),
                LabelQuery.parse(call.parameter("labelSelector")),
                FieldQuery.parse(route.resource(), call.parameter("fieldSelector")));
    }

    boolean test(@Nullable JsonNode object) {
        return object != null
                && (namespace == null || namespace.equals(Json.namespace(object)))
                && (name.isEmpty() || name.equals(Json.name(object)))
                && labels.matches(object)
                && fields.matches(object);
    }
}
