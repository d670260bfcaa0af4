package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Target;
import dev.plumbline.probe.PromQuery.Sample;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a Prometheus has samples of metric families, from anywhere or from every node of the cluster. */
public final class CollectedMetrics implements Probe<Survey.Tally> {

    private final Target target;
    private final Http http;
    private final List<String> families;
    private final boolean everyNode;

    /**
     * @param families names, patterns of names such as {@code node_disk_.+}, or selectors in braces
     * @param everyNode a node is known by the label node, or by its name or address in the label instance
     */
    public CollectedMetrics(
            Target target, String namespace, String service, int port, List<String> families, boolean everyNode) {
        this.target = target;
        this.http = new Http(target, namespace, service, port);
        this.families = List.copyOf(families);
        this.everyNode = everyNode;
    }

    @Override
    public String subject() {
        return families.size() + " metrics on Prometheus";
    }

    @Override
    public List<About> about() {
        return http.about();
    }

    @Override
    public Observation<Survey.Tally> look() {
        try {
            List<String> wrong = new ArrayList<>();
            List<Set<String>> nodes = everyNode ? nodes() : List.of();
            for (String family : families) {
                List<Sample> samples = samples(family);
                if (!everyNode && samples.isEmpty()) {
                    wrong.add("no data of " + family);
                }
                nodes.stream()
                        .filter(names -> samples.stream().noneMatch(sample -> isOf(names, sample.labels())))
                        .forEach(names -> wrong.add("no data of " + family + " from node "
                                + names.iterator().next()));
            }
            int looked = families.size() * (everyNode ? nodes.size() : 1);
            return looked == 0
                    ? new Observation.Unreachable<>("nothing selected: no node or no metric", subject(), http.now())
                    : new Observation.Seen<>(new Survey.Tally(looked, wrong), subject(), http.now());
        } catch (NotSeen e) {
            return e.as(subject());
        }
    }

    private List<Sample> samples(String family) throws NotSeen {
        String selector = family.contains("{") ? family : "{__name__=~\"" + family + "\"}";
        String query = "count by (node, instance) (" + selector + ")";
        HttpAnswer answer =
                NotSeen.unlessSeen(http.get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)));
        PromQuery.Result result = PromQuery.result(answer)
                .orElseThrow(() -> new NotSeen(
                        new Observation.Absent<>("no answer of Prometheus: " + answer, subject(), http.now())));
        if (result.error().isPresent()) {
            throw new NotSeen(new Observation.Unreachable<>(result.error().get(), subject(), http.now()));
        }
        return result.samples();
    }

    /** The names of each node: its own first, then its addresses. */
    private List<Set<String>> nodes() throws NotSeen {
        List<Set<String>> nodes = new ArrayList<>();
        for (GenericKubernetesResource node : new Survey.Reader(target).list("Node", null)) {
            Set<String> names = new LinkedHashSet<>();
            names.add(node.getMetadata().getName());
            Object addresses = FieldPath.parse(".status.addresses")
                    .in(node.getAdditionalProperties())
                    .orElse(List.of());
            ((List<?>) addresses).forEach(each -> names.add(String.valueOf(((Map<?, ?>) each).get("address"))));
            nodes.add(names);
        }
        return nodes;
    }

    private static boolean isOf(Set<String> names, Map<String, String> labels) {
        String instance = labels.getOrDefault("instance", "");
        return names.contains(labels.getOrDefault("node", ""))
                || names.contains(instance)
                || names.contains(instance.replaceFirst(":\\d+$", ""));
    }
}
