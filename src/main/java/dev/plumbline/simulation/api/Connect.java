package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The subresources that reach into pods: logs and proxies. */
final class Connect {

    private final Api api;
    private final Workloads workloads;

    Connect(Api api, Workloads workloads) {
        this.api = api;
        this.workloads = workloads;
    }

    static boolean proxies(Route route) {
        return route.subresource().equals("proxy")
                && (route.resource().is("Service") || route.resource().is("Pod"));
    }

    Answer log(Route route, Call call) {
        ObjectNode pod = api.objects().get(route.resource(), route.namespace(), route.name());
        String container = container(pod, call.parameter("container"));
        boolean previous = call.flag("previous");
        String text = workloads
                .log(Objects.requireNonNull(route.namespace()), route.name(), container, previous)
                .orElseThrow(() -> Refusal.badRequest(unready(pod, container, previous)));
        return Answer.text(200, tail(text, call.number("tailLines", Long.MAX_VALUE)));
    }

    private static String container(JsonNode pod, String asked) {
        List<String> names = new ArrayList<>();
        List<String> startable = new ArrayList<>();
        Json.at(pod, "spec", "containers").forEach(container -> names.add(Json.text(container, "name")));
        Json.at(pod, "spec", "initContainers").forEach(container -> startable.add(Json.text(container, "name")));
        startable.addAll(names);
        if (asked.isEmpty() && names.size() > 1) {
            throw Refusal.badRequest("a container name must be specified for pod " + Json.name(pod)
                    + ", choose one of: [" + String.join(" ", names) + "]");
        }
        if (!asked.isEmpty() && !startable.contains(asked)) {
            throw Refusal.badRequest("container " + asked + " is not valid for pod " + Json.name(pod));
        }
        return asked.isEmpty() ? names.get(0) : asked;
    }

    private static String unready(JsonNode pod, String container, boolean previous) {
        if (previous) {
            return "previous terminated container \"" + container + "\" in pod \"" + Json.name(pod) + "\" not found";
        }
        String reason = "ContainerCreating";
        for (JsonNode status : Json.at(pod, "status", "containerStatuses")) {
            if (Json.text(status, "name").equals(container)) {
                reason = Json.at(status, "state", "waiting", "reason").asText(reason);
            }
        }
        return "container \"" + container + "\" in pod \"" + Json.name(pod) + "\" is waiting to start: " + reason;
    }

    private static String tail(String text, long lines) {
        List<String> all = text.lines().toList();
        if (all.size() <= lines) {
            return text;
        }
        return all.subList((int) (all.size() - lines), all.size()).stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    Answer proxy(Route route, Call call) {
        String[] parts = route.name().split(":");
        String name = parts.length == 3 ? parts[1] : parts[0];
        String port = parts.length == 3 ? parts[2] : parts.length == 2 ? parts[1] : "";
        ObjectNode object = api.objects().get(route.resource(), route.namespace(), name);
        String namespace = Objects.requireNonNull(route.namespace());
        Program.Request request = request(call);
        try {
            Program.Reply reply = route.resource().is("Service")
                    ? workloads.toService(namespace, name, servicePort(object, name, port), request)
                    : workloads.toPod(namespace, name, podPort(object, port), request);
            return new Answer(reply.status(), reply.contentType(), reply.body());
        } catch (World.Refused e) {
            throw Refusal.unavailable(String.valueOf(e.getMessage()));
        }
    }

    /** The path behind /proxy as it was sent, with the query. */
    private static Program.Request request(Call call) {
        int at = call.rawPath().indexOf("/proxy") + "/proxy".length();
        String rest = call.rawPath().substring(at);
        String path = (rest.isEmpty() ? "/" : rest) + (call.rawQuery().isEmpty() ? "" : "?" + call.rawQuery());
        return new Program.Request(call.method(), path, call.headers(), call.body());
    }

    private static int servicePort(JsonNode service, String name, String asked) {
        JsonNode ports = Json.at(service, "spec", "ports");
        for (JsonNode port : ports) {
            boolean only = asked.isEmpty() && ports.size() == 1;
            if (only
                    || port.path("port").asText().equals(asked)
                    || Json.text(port, "name").equals(asked)) {
                return port.path("port").asInt();
            }
        }
        String port = asked.chars().allMatch(Character::isDigit) ? asked : "\"" + asked + "\"";
        throw Refusal.unavailable("no service port " + port + " found for service \"" + name + "\"");
    }

    private static int podPort(JsonNode pod, String asked) {
        if (!asked.isEmpty() && asked.chars().allMatch(Character::isDigit)) {
            return Integer.parseInt(asked);
        }
        for (JsonNode container : Json.at(pod, "spec", "containers")) {
            for (JsonNode port : container.path("ports")) {
                if (asked.isEmpty() || Json.text(port, "name").equals(asked)) {
                    return port.path("containerPort").asInt();
                }
            }
        }
        return asked.isEmpty() ? 80 : 0;
    }
}
