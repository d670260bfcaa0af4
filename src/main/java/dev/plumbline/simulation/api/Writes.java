package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Create, update, patch, apply and delete. */
final class Writes {

    private static final Set<String> RETURNED =
            Set.of("Pod", "Service", "ServiceAccount", "PersistentVolume", "PersistentVolumeClaim", "Namespace");

    private final Api api;
    private final Bodies bodies;

    Writes(Api api) {
        this.api = api;
        this.bodies = new Bodies(api.serialization());
    }

    Answer create(Route route, Call call) {
        Resource resource = route.resource();
        ObjectNode body = bodies.object(call);
        if (resource.has("review")) {
            return Answer.json(201, Reviews.answer(resource, body));
        }
        if (resource.is("Pod") && route.subresource().equals("eviction")) {
            return evict(route);
        }
        if (!route.collection() || !route.subresource().isEmpty()) {
            throw Refusal.methodNotAllowed();
        }
        String namespace = namespace(route, body);
        return answer(api.objects().create(resource, namespace, body, call.options("")));
    }

    private static @Nullable String namespace(Route route, ObjectNode body) {
        if (route.namespace() == null && route.resource().kind().namespaced()) {
            String own = Json.namespace(body);
            throw own.isEmpty()
                    ? Refusal.badRequest("an empty namespace may not be set during creation")
                    : Refusal.methodNotAllowed();
        }
        return route.namespace();
    }

    private Answer evict(Route route) {
        api.deletion().delete(route.resource(), route.namespace(), route.name(), Deletion.Asked.BACKGROUND);
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return Answer.json(201, status.put("status", "Success").put("code", 201));
    }

    private static Answer answer(Objects.Written written) {
        return Answer.json(written.created() ? 201 : 200, written.object());
    }

    Answer update(Route route, Call call) {
        ObjectNode body = bodies.object(call);
        if (route.subresource().equals("scale")) {
            return scale(route, call, live -> body);
        }
        return answer(api.objects()
                .update(route.resource(), route.namespace(), route.name(), body, call.options(subresource(route))));
    }

    private static String subresource(Route route) {
        boolean known = route.subresource().isEmpty()
                || route.subresource().equals("status") && route.resource().hasStatus()
                || route.subresource().equals("finalize") && route.resource().is("Namespace");
        if (!known) {
            throw Refusal.unknownPath();
        }
        return route.subresource();
    }

    private Answer scale(Route route, Call call, UnaryOperator<ObjectNode> edit) {
        Resource resource = route.resource();
        UnaryOperator<ObjectNode> patch = live -> {
            ObjectNode asked = edit.apply(Scale.of(resource, live));
            int replicas = Json.at(asked, "spec", "replicas").asInt();
            if (replicas < 0) {
                Causes causes = new Causes();
                causes.invalid(
                        "spec.replicas", Json.at(asked, "spec", "replicas"), "must be greater than or equal to 0");
                causes.refuseAny(Scale.KIND, route.name());
            }
            return Scale.into(resource, live, asked);
        };
        var written = api.objects().patch(resource, route.namespace(), route.name(), patch, call.options("scale"));
        return Answer.json(200, Scale.of(resource, written.object()));
    }

    Answer patch(Route route, Call call) {
        String type = call.header("content-type").split(";")[0].trim();
        boolean strategic = type.equals("application/strategic-merge-patch+json");
        if (strategic && route.resource().crd() != null) {
            throw Refusal.unsupportedMediaType(accepted(route.resource()));
        }
        return switch (type) {
            case "application/apply-patch+yaml" -> apply(route, call);
            case "application/json-patch+json" -> patched(route, call, live -> jsonPatch(live, bodies.tree(call)));
            case "application/merge-patch+json" ->
                patched(route, call, live -> (ObjectNode) StrategicMerge.json(live, bodies.object(call)));
            case "application/strategic-merge-patch+json" ->
                patched(route, call, live -> StrategicMerge.strategic(live, bodies.object(call)));
            default -> throw Refusal.unsupportedMediaType(accepted(route.resource()));
        };
    }

    private static String accepted(Resource resource) {
        String strategic = resource.crd() == null ? "application/strategic-merge-patch+json, " : "";
        return "application/json-patch+json, application/merge-patch+json, " + strategic
                + "application/apply-patch+yaml";
    }

    private Answer apply(Route route, Call call) {
        if (call.parameter("fieldManager").isEmpty()) {
            throw Refusal.plain(
                    422,
                    "Invalid",
                    "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply"
                            + " patch");
        }
        ObjectNode body = bodies.object(call);
        if (Json.text(body, "kind").isEmpty() || Json.text(body, "apiVersion").isEmpty()) {
            throw Refusal.badRequest("invalid object type: /, Kind=" + Json.text(body, "kind"));
        }
        if (!Json.at(body, "metadata", "managedFields").isEmpty()) {
            throw Refusal.badRequest("metadata.managedFields must be nil");
        }
        Options options = call.options(subresource(route));
        return answer(api.objects().apply(route.resource(), route.namespace(), route.name(), body, options));
    }

    private Answer patched(Route route, Call call, UnaryOperator<ObjectNode> patch) {
        if (route.subresource().equals("scale")) {
            return scale(route, call, patch);
        }
        return answer(api.objects()
                .patch(route.resource(), route.namespace(), route.name(), patch, call.options(subresource(route))));
    }

    private static ObjectNode jsonPatch(ObjectNode live, JsonNode patch) {
        JsonNode next = live;
        for (JsonNode step : patch) {
            // the library takes no offence at it
            boolean removes = step.path("op").asText().equals("remove");
            if (removes && next.at(step.path("path").asText()).isMissingNode()) {
                throw unfit();
            }
            try {
                next = JsonPatch.apply(Json.MAPPER.createArrayNode().add(step), next);
            } catch (JsonPatchException e) {
                throw unfit();
            }
        }
        return (ObjectNode) next;
    }

    private static KubernetesClientException unfit() {
        return Refusal.plain(422, "Invalid", "the server rejected our request due to an error in our request");
    }

    Answer delete(Route route, Call call) {
        if (!route.subresource().isEmpty()) {
            throw Refusal.methodNotAllowed();
        }
        var result = api.deletion().delete(route.resource(), route.namespace(), route.name(), asked(call));
        boolean object =
                !result.gone() || RETURNED.contains(route.resource().kind().kind());
        return Answer.json(200, object ? result.object() : success(route, result.object()));
    }

    private static ObjectNode success(Route route, ObjectNode object) {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        ObjectNode details = status.putObject("details").put("name", route.name());
        if (!route.resource().kind().group().isEmpty()) {
            details.put("group", route.resource().kind().group());
        }
        details.put("kind", route.resource().kind().plural());
        details.put("uid", Json.text(object, "metadata", "uid"));
        return status;
    }

    Answer deleteCollection(Route route, Call call) {
        Matching matching = Matching.of(route, call);
        Deletion.Asked asked = asked(call);
        List<ObjectNode> deleted = new ArrayList<>();
        api.store().atomically(() -> {
            for (ObjectNode object : api.store().list(route.resource(), route.namespace())) {
                if (matching.test(object)) {
                    String namespace = route.resource().kind().namespaced() ? Json.namespace(object) : null;
                    api.deletion().delete(route.resource(), namespace, Json.name(object), asked);
                    deleted.add(object);
                }
            }
            return deleted;
        });
        return Answer.json(200, Reads.list(route.resource(), deleted));
    }

    private Deletion.Asked asked(Call call) {
        ObjectNode body = call.body().length == 0 ? Json.object() : bodies.object(call);
        String policy = body.path("propagationPolicy").asText(call.parameter("propagationPolicy"));
        if (body.path("orphanDependents").isBoolean()) {
            policy = body.path("orphanDependents").asBoolean() ? "Orphan" : "Background";
        }
        long grace = body.path("gracePeriodSeconds").asLong(call.number("gracePeriodSeconds", -1));
        JsonNode conditions = body.path("preconditions");
        boolean dryRun = call.parameter("dryRun").equals("All")
                || body.path("dryRun") instanceof ArrayNode list
                        && list.toString().contains("\"All\"");
        return new Deletion.Asked(
                policy.isEmpty() ? null : policy,
                grace < 0 ? null : grace,
                conditions.path("uid").textValue(),
                conditions.path("resourceVersion").textValue(),
                dryRun);
    }
}
