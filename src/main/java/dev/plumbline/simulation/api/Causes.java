package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusCauseBuilder;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with an object, worded as the API server does. */
final class Causes {

    private final List<StatusCause> found = new ArrayList<>();

    void required(String field, String detail) {
        add("FieldValueRequired", field, detail.isEmpty() ? "Required value" : "Required value: " + detail);
    }

    void invalid(String field, JsonNode value, String detail) {
        add("FieldValueInvalid", field, "Invalid value: " + Json.write(value) + ": " + detail);
    }

    void forbidden(String field, String detail) {
        add("FieldValueForbidden", field, "Forbidden: " + detail);
    }

    void missing(String field, String value) {
        add("FieldValueNotFound", field, "Not found: \"" + value + "\"");
    }

    void duplicate(String field, String value) {
        add("FieldValueDuplicate", field, "Duplicate value: \"" + value + "\"");
    }

    void unsupported(String field, String value, List<String> supported) {
        String list = String.join(
                ", ", supported.stream().map(name -> "\"" + name + "\"").toList());
        add("FieldValueNotSupported", field, "Unsupported value: \"" + value + "\": supported values: " + list);
    }

    private void add(String reason, String field, String message) {
        found.add(new StatusCauseBuilder()
                .withReason(reason)
                .withField(field)
                .withMessage(message)
                .build());
    }

    void refuseAny(Resource resource, String name) {
        if (!found.isEmpty()) {
            throw Refusal.invalid(resource, name, found);
        }
    }
}
