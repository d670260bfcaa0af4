package dev.plumbline.probe.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.verdict.About;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The diagnosis as a text: causes, the chain from who applied it down to the containers, events, nodes, what was not to be had. */
final class Report {

    private static final int MOST_PODS = 50;
    private static final int MOST_EVENTS = 100;
    private static final int LONGEST = 1_000;

    private final Around around;
    private final StringBuilder text = new StringBuilder();

    Report(Around around) {
        this.around = around;
    }

    String of(List<About> abouts, List<String> causes, List<String> whileWaiting) {
        abouts.forEach(about -> text.append(about).append('\n'));
        section("Causes", causes);
        text.append("\nChain\n");
        roots().forEach(root -> chain(root, 1));
        section("Events, newest first", events());
        section("Nodes", around.ofKind("Node").stream().map(Report::node).toList());
        section("API errors while waiting", whileWaiting);
        section("Could not be had", around.troubles());
        return text.toString();
    }

    private void section(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append('\n').append(title).append('\n');
            lines.forEach(line -> text.append("  ").append(shortened(line)).append('\n'));
        }
    }

    private static String shortened(String line) {
        String one = line.replace('\n', ' ').strip();
        return one.length() <= LONGEST ? one : one.substring(0, LONGEST) + "...";
    }

    /** Objects that nobody among the others owns, nodes aside. */
    private List<Live> roots() {
        List<Live> all = around.objects();
        return all.stream()
                .filter(object -> !object.kind().matches("Node|StorageClass"))
                .filter(object -> all.stream().noneMatch(object::ownedBy))
                .limit(MOST_PODS)
                .toList();
    }

    private void chain(Live object, int depth) {
        String indent = "  ".repeat(depth);
        text.append(indent).append(object.words());
        if (!object.namespace().isEmpty()) {
            text.append(" in namespace \"").append(object.namespace()).append('"');
        }
        String phase = object.text("/status/phase");
        String node = object.text("/spec/nodeName");
        text.append(phase.isEmpty() ? "" : " " + phase)
                .append(node.isEmpty() ? "" : " on " + node)
                .append('\n');
        for (JsonNode condition : object.list("/status/conditions")) {
            text.append(indent)
                    .append("    ")
                    .append(shortened(Conditions.words(condition)))
                    .append('\n');
        }
        for (JsonNode status : Around.containerStatuses(object)) {
            text.append(indent)
                    .append("    ")
                    .append(shortened(container(status)))
                    .append('\n');
        }
        List<Live> children = around.objects().stream()
                .filter(child -> child.ownedBy(object))
                .sorted(java.util.Comparator.comparing(child -> !child.unhealthyPod()))
                .toList();
        children.stream().limit(MOST_PODS).forEach(child -> chain(child, depth + 1));
        if (children.size() > MOST_PODS) {
            text.append(indent)
                    .append("  and ")
                    .append(children.size() - MOST_PODS)
                    .append(" more\n");
        }
    }

    private static String container(JsonNode status) {
        List<String> said = new ArrayList<>();
        said.add(state(status.path("state")));
        if (!status.path("lastState").isEmpty()) {
            said.add("before: " + state(status.path("lastState")));
        }
        said.add("restarts " + status.path("restartCount").asInt());
        said.add(status.path("ready").asBoolean() ? "ready" : "not ready");
        return "container \"" + status.path("name").asText() + "\" image "
                + status.path("image").asText() + ": " + String.join(", ", said);
    }

    private static String state(JsonNode state) {
        for (var entry : state.properties()) {
            JsonNode detail = entry.getValue();
            return entry.getKey()
                    + Optional.of(detail.path("reason").asText())
                            .filter(reason -> !reason.isEmpty())
                            .map(reason -> " " + reason)
                            .orElse("")
                    + (detail.has("exitCode")
                            ? " with exit code " + detail.path("exitCode").asInt()
                            : "")
                    + (detail.has("signal")
                            ? " and signal " + detail.path("signal").asInt()
                            : "")
                    + (detail.has("startedAt")
                            ? " since " + detail.path("startedAt").asText()
                            : "")
                    + (detail.has("finishedAt")
                            ? " until " + detail.path("finishedAt").asText()
                            : "")
                    + (detail.has("message") ? " (" + detail.path("message").asText() + ")" : "");
        }
        return "no state";
    }

    private List<String> events() {
        return around.events().stream()
                .limit(MOST_EVENTS)
                .map(event -> Around.when(event) + " " + event.text("/type") + " " + event.text("/reason") + " x"
                        + Math.max(1, event.at("/count").asInt()) + " "
                        + event.text("/involvedObject/kind") + " \"" + event.text("/involvedObject/name") + "\": "
                        + event.text("/message"))
                .toList();
    }

    private static String node(Live node) {
        StringBuilder line = new StringBuilder(node.words());
        node.list("/status/conditions")
                .forEach(condition -> line.append(' ')
                        .append(condition.path("type").asText())
                        .append('=')
                        .append(condition.path("status").asText()));
        line.append(" allocatable ").append(node.at("/status/allocatable"));
        if (node.at("/spec/unschedulable").asBoolean()) {
            line.append(" unschedulable");
        }
        if (!node.list("/spec/taints").isEmpty()) {
            line.append(" taints ").append(node.at("/spec/taints"));
        }
        return line.toString();
    }
}
