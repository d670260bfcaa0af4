package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What makes a pod's spec invalid, in a pod or in a template. */
final class PodValidation {

    private static final Pattern QUANTITY = Pattern.compile("^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$");

    private PodValidation() {}

    static void check(JsonNode spec, String field, Causes causes) {
        check(spec, field, List.of(), causes);
    }

    /** @param claims volumes that come from elsewhere */
    static void check(JsonNode spec, String field, List<String> claims, Causes causes) {

        if (spec.path("containers").isEmpty()) {
            causes.required(field + ".containers", "");
        }
        Set<String> volumes = new HashSet<>();
        int index = 0;
        for (JsonNode volume : spec.path("volumes")) {
            String at = field + ".volumes[" + index++ + "]";
            name(volume, at, volumes, causes);
        }
        Set<String> names = new HashSet<>();
        volumes.addAll(claims);
        containers(spec, field, "initContainers", names, volumes, causes);
        containers(spec, field, "containers", names, volumes, causes);
    }

    private static void name(JsonNode item, String at, Set<String> seen, Causes causes) {
        String name = Json.text(item, "name");
        if (name.isEmpty()) {
            causes.required(at + ".name", "");
        } else if (!seen.add(name)) {
            causes.duplicate(at + ".name", name);
        }
    }

    private static void containers(
            JsonNode spec, String field, String list, Set<String> names, Set<String> volumes, Causes causes) {
        int index = 0;
        for (JsonNode container : spec.path(list)) {
            String at = field + "." + list + "[" + index++ + "]";
            name(container, at, names, causes);
            if (Json.text(container, "image").isEmpty()) {
                causes.required(at + ".image", "");
            }
            mounts(container, at, volumes, causes);
            resources(container.path("resources"), at + ".resources", causes);
            ports(container, at, causes);
        }
    }

    private static void resources(JsonNode resources, String at, Causes causes) {
        resources.path("requests").properties().forEach(request -> {
            JsonNode limit = resources.path("limits").path(request.getKey());
            BigDecimal asked = amount(request.getValue().asText());
            if (!limit.isMissingNode() && asked.compareTo(amount(limit.asText())) > 0) {
                causes.invalid(
                        at + ".requests",
                        request.getValue(),
                        "must be less than or equal to " + request.getKey() + " limit of " + limit.asText());
            }
        });
        resources.path("limits").forEach(limit -> amount(limit.asText()));
    }

    private static BigDecimal amount(String quantity) {
        if (!QUANTITY.matcher(quantity).matches()) {
            throw Refusal.badRequest(
                    "Pod in version \"v1\" cannot be handled as a Pod: quantities must match the regular"
                            + " expression '" + QUANTITY.pattern() + "'");
        }
        return Quantity.getAmountInBytes(new Quantity(quantity));
    }

    private static void mounts(JsonNode container, String at, Set<String> volumes, Causes causes) {
        Set<String> paths = new HashSet<>();
        int index = 0;
        for (JsonNode mount : container.path("volumeMounts")) {
            String here = at + ".volumeMounts[" + index++ + "]";
            if (!volumes.contains(Json.text(mount, "name"))) {
                causes.missing(here + ".name", Json.text(mount, "name"));
            }
            if (!paths.add(Json.text(mount, "mountPath"))) {
                causes.invalid(here + ".mountPath", mount.path("mountPath"), "must be unique");
            }
        }
    }

    private static void ports(JsonNode container, String at, Causes causes) {
        int index = 0;
        for (JsonNode port : container.path("ports")) {
            int number = port.path("containerPort").asInt();
            if (number < 1 || number > 65535) {
                String field = at + ".ports[" + index + "].containerPort";
                causes.invalid(field, port.path("containerPort"), "must be between 1 and 65535, inclusive");
            }
            index++;
        }
    }
}
