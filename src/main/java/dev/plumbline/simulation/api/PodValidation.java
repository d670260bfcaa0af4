package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What makes a pod's spec invalid, in a pod or in a template. */
final class PodValidation {

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
            ports(container, at, causes);
        }
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
