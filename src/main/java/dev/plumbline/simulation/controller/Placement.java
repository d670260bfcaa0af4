package dev.plumbline.simulation.controller;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.simulation.api.Json;
import dev.plumbline.simulation.api.LabelQuery;
import dev.plumbline.simulation.api.State;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which node a pod can go to, and why not to the others. */
final class Placement {

    private final State state;
    private final Pod pod;
    private final List<Node> nodes;
    private final Map<String, Integer> reasons = new TreeMap<>();

    Placement(State state, Pod pod) {
        this.state = state;
        this.pod = pod;
        this.nodes = state.list(Node.class, null);
    }

    int count() {
        return nodes.size();
    }

    /** The first node, by name, that takes the pod. */
    Optional<Node> node() {
        return nodes.stream().filter(this::takes).findFirst();
    }

    String why() {
        if (nodes.isEmpty()) {
            return "no nodes available to schedule pods";
        }
        return reasons.entrySet().stream()
                .map(reason -> reason.getValue() + " " + reason.getKey())
                .collect(Collectors.joining(", ", "", "."));
    }

    private boolean takes(Node node) {
        String reason = refusal(node);
        if (!reason.isEmpty()) {
            reasons.merge(reason, 1, Integer::sum);
        }
        return reason.isEmpty();
    }

    private String refusal(Node node) {
        if (Boolean.TRUE.equals(node.getSpec().getUnschedulable())) {
            return "node(s) were unschedulable";
        }
        for (Taint taint : node.getSpec().getTaints()) {
            if (!taint.getEffect().equals("PreferNoSchedule") && !tolerated(pod, taint)) {
                return "node(s) had untolerated taint(s)";
            }
        }
        if (!selected(pod, node)) {
            return "node(s) didn't match Pod's node affinity/selector";
        }
        return room(node);
    }

    static boolean tolerated(Pod pod, Taint taint) {
        return pod.getSpec().getTolerations().stream().anyMatch(toleration -> tolerates(toleration, taint));
    }

    private static boolean tolerates(Toleration toleration, Taint taint) {
        boolean effect = toleration.getEffect() == null
                || toleration.getEffect().isEmpty()
                || toleration.getEffect().equals(taint.getEffect());
        boolean every = toleration.getKey() == null || toleration.getKey().isEmpty();
        boolean key = every || toleration.getKey().equals(taint.getKey());
        boolean exists = "Exists".equals(toleration.getOperator());
        boolean value = exists || java.util.Objects.equals(toleration.getValue(), taint.getValue());
        return effect && key && value;
    }

    static boolean selected(Pod pod, Node node) {
        Map<String, String> labels = Pods.labels(node);
        Map<String, String> selector = pod.getSpec().getNodeSelector();
        if (selector != null && !LabelQuery.of(selector).matches(labels)) {
            return false;
        }
        var affinity = pod.getSpec().getAffinity();
        if (affinity == null
                || affinity.getNodeAffinity() == null
                || affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution() == null) {
            return true;
        }
        return affinity
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms()
                .stream()
                .anyMatch(term -> matches(term, labels) && named(term, node));
    }

    private static boolean matches(NodeSelectorTerm term, Map<String, String> labels) {
        LabelSelector selector = new LabelSelector();
        selector.setMatchExpressions(term.getMatchExpressions().stream()
                .map(expression -> new LabelSelectorRequirement(
                        expression.getKey(), expression.getOperator(), expression.getValues()))
                .toList());
        return LabelQuery.of(selector).matches(labels);
    }

    private static boolean named(NodeSelectorTerm term, Node node) {
        return term.getMatchFields() == null
                || term.getMatchFields().stream()
                        .allMatch(field ->
                                field.getValues().contains(node.getMetadata().getName()));
    }

    private String room(Node node) {
        String name = node.getMetadata().getName();
        List<Pod> others = state.list(
                Pod.class,
                null,
                object -> Json.text((JsonNode) object, "spec", "nodeName").equals(name));
        Map<String, BigDecimal> used = new TreeMap<>();
        others.stream().filter(other -> !Pods.over(other)).forEach(other -> add(other, used));
        Map<String, BigDecimal> wanted = new TreeMap<>();
        add(pod, wanted);
        for (Map.Entry<String, BigDecimal> want : wanted.entrySet()) {
            Quantity there = node.getStatus().getAllocatable().get(want.getKey());
            BigDecimal free = (there == null ? BigDecimal.ZERO : there.getNumericalAmount())
                    .subtract(used.getOrDefault(want.getKey(), BigDecimal.ZERO));
            if (want.getValue().compareTo(free) > 0) {
                return "Insufficient " + want.getKey();
            }
        }
        return "";
    }

    private static void add(Pod pod, Map<String, BigDecimal> sum) {
        pod.getSpec().getContainers().forEach(container -> {
            if (container.getResources() != null && container.getResources().getRequests() != null) {
                container
                        .getResources()
                        .getRequests()
                        .forEach((name, amount) -> sum.merge(name, amount.getNumericalAmount(), BigDecimal::add));
            }
        });
    }
}
