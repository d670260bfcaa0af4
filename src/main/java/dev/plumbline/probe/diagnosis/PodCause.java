package dev.plumbline.probe.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What keeps a pod from being ready: the field that says it, and what it says. */
final class PodCause {

    /** Waiting for one of these is the ordinary course of things. */
    private static final Set<String> ORDINARY = Set.of("ContainerCreating", "PodInitializing", "");

    private final Around around;

    PodCause(Around around) {
        this.around = around;
    }

    Optional<String> of(Live pod) {
        List<Function<Live, Optional<String>>> ways =
                List.of(this::node, this::unscheduled, this::container, this::mount, this::probe, this::phase);
        return ways.stream()
                .flatMap(way -> way.apply(pod).stream())
                .findFirst()
                .map(cause -> pod.words() + " " + cause);
    }

    private Optional<String> node(Live pod) {
        return around.named("Node", pod.text("/spec/nodeName"))
                .flatMap(node -> node.condition("Ready")
                        .filter(ready -> !ready.path("status").asText().equals("True"))
                        .map(ready -> "is on " + node.words() + ", whose " + Conditions.words(ready)));
    }

    private Optional<String> unscheduled(Live pod) {
        Optional<JsonNode> refused = pod.condition("PodScheduled")
                .filter(condition -> condition.path("status").asText().equals("False"));
        return refused.map(condition -> claim(pod).orElse(Conditions.words(condition)));
    }

    private Optional<String> claim(Live pod) {
        for (JsonNode volume : pod.list("/spec/volumes")) {
            String name = volume.at("/persistentVolumeClaim/claimName").asText("");
            if (name.isEmpty()) {
                continue;
            }
            Optional<Live> claim = around.named("PersistentVolumeClaim", name);
            if (claim.isEmpty()) {
                return Optional.of(".spec.volumes[\"" + volume.path("name").asText() + "\"] names claim \"" + name
                        + "\", which is not there");
            }
            Optional<String> pending = new ClaimCause(around).of(claim.get());
            if (pending.isPresent()) {
                return pending.map(cause -> "waits for " + cause);
            }
        }
        return Optional.empty();
    }

    private Optional<String> container(Live pod) {
        for (JsonNode status : Around.containerStatuses(pod)) {
            Optional<String> cause = container(pod, status);
            if (cause.isPresent()) {
                return cause.map(said -> "container \"" + status.path("name").asText() + "\" " + said);
            }
        }
        return Optional.empty();
    }

    private Optional<String> container(Live pod, JsonNode status) {
        String reason = status.at("/state/waiting/reason").asText("");
        if (status.path("ready").asBoolean()) {
            return Optional.empty();
        }
        Optional<String> liveness = status.path("restartCount").asInt() == 0
                ? Optional.empty()
                : around.told(pod, "Unhealthy").filter(said -> said.startsWith("Liveness"));
        if (liveness.isPresent()) {
            return liveness.map(said -> ".restartCount is " + status.path("restartCount") + ": " + said);
        }
        String field = status.at("/state/terminated").isMissingNode() ? "lastState" : "state";
        JsonNode ended = status.path(field).path("terminated");
        boolean failed = ended.path("exitCode").asInt() != 0;
        if (failed && (reason.equals("CrashLoopBackOff") || ORDINARY.contains(reason))) {
            String waiting = reason.isEmpty() ? "" : ".state.waiting.reason is " + reason + ": ";
            return Optional.of(waiting + "." + field + ".terminated" + ended(pod, status, ended) + ", restarts "
                    + status.path("restartCount"));
        }
        return ORDINARY.contains(reason) ? Optional.empty() : Optional.of(waiting(status, reason));
    }

    private static String waiting(JsonNode status, String reason) {
        String image =
                reason.contains("Image") ? "image " + status.path("image").asText() : "";
        String message = status.at("/state/waiting/message").asText("");
        String colon = image.isEmpty() || message.isEmpty() ? "" : ": ";
        return ".state.waiting.reason is " + reason + " (" + image + colon + message + ")";
    }

    private String ended(Live pod, JsonNode status, JsonNode ended) {
        String name = status.path("name").asText();
        int exit = ended.path("exitCode").asInt();
        String reason = ended.path("reason").asText();
        if (reason.equals("OOMKilled")) {
            String limit = limit(pod, name);
            return ".reason is OOMKilled (exit code " + exit
                    + (limit.isEmpty() ? "" : ", .resources.limits.memory is " + limit) + ")";
        }
        String message = ended.path("message").asText();
        String said = message.isBlank() ? lastLine(pod, status) : message.strip();
        return ".exitCode is " + exit + " (" + reason + ")" + (said.isEmpty() ? "" : ", " + said);
    }

    private static String limit(Live pod, String container) {
        return pod.list("/spec/containers").stream()
                .filter(one -> one.path("name").asText().equals(container))
                .map(one -> one.at("/resources/limits/memory").asText(""))
                .findFirst()
                .orElse("");
    }

    private String lastLine(Live pod, JsonNode status) {
        String name = status.path("name").asText();
        boolean now = status.path("state").has("terminated");
        return around.log(Around.logName(pod, name, !now))
                .or(() -> around.log(Around.logName(pod, name, now)))
                .flatMap(log -> log.lines().filter(line -> !line.isBlank()).reduce((one, next) -> next))
                .map(line -> "last log line \"" + line.strip() + "\"")
                .orElse("");
    }

    private Optional<String> mount(Live pod) {
        return around.told(pod, "FailedMount", "FailedAttachVolume")
                .map(said -> ".spec.volumes cannot be mounted: " + said)
                .or(() -> around.told(pod, "FailedCreatePodSandBox").map(said -> "has no sandbox: " + said));
    }

    private Optional<String> probe(Live pod) {
        Optional<String> unready = Around.containerStatuses(pod).stream()
                .filter(status -> status.has("state")
                        && status.path("state").has("running")
                        && !status.path("ready").asBoolean())
                .map(status -> status.path("name").asText())
                .findFirst();
        return unready.map(name -> "container \"" + name + "\" .ready is false: "
                + around.told(pod, "Unhealthy").orElse("no probe has told why"));
    }

    private Optional<String> phase(Live pod) {
        if (!pod.text("/metadata/deletionTimestamp").isEmpty()) {
            return Optional.of(".metadata.deletionTimestamp is set, finalizers "
                    + pod.at("/metadata/finalizers").toString());
        }
        return pod.text("/status/reason").isEmpty()
                ? Optional.empty()
                : Optional.of(".status.reason is " + pod.text("/status/reason") + ": " + pod.text("/status/message"));
    }
}
