package dev.plumbline.simulation.api;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetailsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.stream.Collectors;

/** The refusals of the API server, worded and coded as it does. */
final class Refusal {

    private Refusal() {}

    static KubernetesClientException notFound(Resource resource, String name) {
        return about(404, "NotFound", resource, name, resource.qualified() + " \"" + name + "\" not found");
    }

    static KubernetesClientException unknownPath() {
        return plain(404, "NotFound", "the server could not find the requested resource");
    }

    static KubernetesClientException alreadyExists(Resource resource, String name) {
        return about(409, "AlreadyExists", resource, name, resource.qualified() + " \"" + name + "\" already exists");
    }

    static KubernetesClientException conflict(Resource resource, String name, String why) {
        String message = "Operation cannot be fulfilled on " + resource.qualified() + " \"" + name + "\": " + why;
        return about(409, "Conflict", resource, name, message);
    }

    static KubernetesClientException modified(Resource resource, String name) {
        return conflict(
                resource,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    static KubernetesClientException applyConflict(String message, List<StatusCause> causes) {
        var details = new StatusDetailsBuilder().withCauses(causes).build();
        return refused(new StatusBuilder()
                .withStatus("Failure")
                .withCode(409)
                .withReason("Conflict")
                .withMessage(message)
                .withDetails(details));
    }

    static KubernetesClientException invalid(Resource resource, String name, List<StatusCause> causes) {
        String list = causes.stream()
                .map(cause -> cause.getField() + ": " + cause.getMessage())
                .collect(Collectors.joining(", "));
        String group = resource.kind().group();
        String what = resource.kind().kind() + (group.isEmpty() ? "" : "." + group) + " \"" + name + "\" is invalid: ";
        var details = new StatusDetailsBuilder()
                .withName(name)
                .withGroup(group.isEmpty() ? null : group)
                .withKind(resource.kind().kind())
                .withCauses(causes)
                .build();
        return refused(new StatusBuilder()
                .withStatus("Failure")
                .withCode(422)
                .withReason("Invalid")
                .withMessage(what + (causes.size() == 1 ? list : "[" + list + "]"))
                .withDetails(details));
    }

    static KubernetesClientException terminating(Resource resource, String name, String namespace) {
        String message =
                resource.qualified() + " \"" + name + "\" is forbidden: unable to create new content in namespace "
                        + namespace + " because it is being terminated";
        return about(403, "Forbidden", resource, name, message);
    }

    static KubernetesClientException forbidden(Resource resource, String name, String why) {
        String message = resource.qualified() + " \"" + name + "\" is forbidden: " + why;
        return about(403, "Forbidden", resource, name, message);
    }

    static KubernetesClientException badRequest(String message) {
        return plain(400, "BadRequest", message);
    }

    static KubernetesClientException methodNotAllowed() {
        return plain(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    static KubernetesClientException unsupportedMediaType(String accepted) {
        return plain(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + accepted);
    }

    static KubernetesClientException gone(long asked, long oldest) {
        return plain(410, "Expired", "too old resource version: " + asked + " (" + oldest + ")");
    }

    static KubernetesClientException unavailable(String message) {
        return plain(503, "ServiceUnavailable", message);
    }

    static KubernetesClientException plain(int code, String reason, String message) {
        return refused(new StatusBuilder()
                .withStatus("Failure")
                .withCode(code)
                .withReason(reason)
                .withMessage(message));
    }

    private static KubernetesClientException about(
            int code, String reason, Resource resource, String name, String message) {
        String group = resource.kind().group();
        var details = new StatusDetailsBuilder()
                .withName(name)
                .withGroup(group.isEmpty() ? null : group)
                .withKind(resource.kind().plural())
                .build();
        return refused(new StatusBuilder()
                .withStatus("Failure")
                .withCode(code)
                .withReason(reason)
                .withMessage(message)
                .withDetails(details));
    }

    private static KubernetesClientException refused(StatusBuilder status) {
        return new KubernetesClientException(
                status.withNewMetadata().endMetadata().build());
    }
}
