package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.Kind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the spec of a Backup or Restore takes in: namespaces, resources and labels. */
record Selection(GenericKubernetesResource task) {

    private List<String> names(String field) {
        List<String> names = task.get("spec", field);
        return names == null ? List.of() : names;
    }

    boolean takesNamespace(String namespace) {
        List<String> included = names("includedNamespaces");
        boolean in = included.isEmpty() || included.contains("*") || included.contains(namespace);
        return in && !names("excludedNamespaces").contains(namespace);
    }

    boolean takesAllNamespaces() {
        List<String> included = names("includedNamespaces");
        return (included.isEmpty() || included.contains("*"))
                && names("excludedNamespaces").isEmpty();
    }

    /** Absent when nothing is said: then only cluster-wide objects that others need are taken. */
    @Nullable
    Boolean clusterResources() {
        return task.get("spec", "includeClusterResources");
    }

    boolean takesResource(Kind kind) {
        List<String> included = names("includedResources");
        boolean in = included.isEmpty() || included.contains("*") || names(included, kind);
        String scope = kind.namespaced() ? "NamespaceScopedResources" : "ClusterScopedResources";
        List<String> scoped = names("included" + scope);
        boolean inScope = scoped.isEmpty() || scoped.contains("*") || names(scoped, kind);
        List<String> out = names("excluded" + scope);
        return in && inScope && !names(names("excludedResources"), kind) && !out.contains("*") && !names(out, kind);
    }

    private static boolean names(List<String> words, Kind kind) {
        String full = resource(kind);
        return words.stream()
                .anyMatch(word -> word.equalsIgnoreCase(full)
                        || word.equalsIgnoreCase(kind.plural())
                        || word.equalsIgnoreCase(kind.kind()));
    }

    /** The name of a kind as Velero writes it: {@code deployments.apps}. */
    static String resource(Kind kind) {
        return kind.plural() + (kind.group().isEmpty() ? "" : "." + kind.group());
    }

    boolean takesLabels(Map<String, String> labels) {
        Map<String, Object> one = task.get("spec", "labelSelector");
        List<Map<String, Object>> several = task.get("spec", "orLabelSelectors");
        if (several != null && !several.isEmpty()) {
            return several.stream().anyMatch(selector -> matches(selector, labels));
        }
        return one == null || matches(one, labels);
    }

    private static boolean matches(Map<String, Object> selector, Map<String, String> labels) {
        if (selector.get("matchLabels") instanceof Map<?, ?> wanted
                && !wanted.entrySet().stream().allMatch(it -> Objects.equals(labels.get(it.getKey()), it.getValue()))) {
            return false;
        }
        return !(selector.get("matchExpressions") instanceof List<?> expressions)
                || expressions.stream().allMatch(it -> holds((Map<?, ?>) it, labels));
    }

    private static boolean holds(Map<?, ?> expression, Map<String, String> labels) {
        String value = labels.get(String.valueOf(expression.get("key")));
        List<?> values = expression.get("values") instanceof List<?> list ? list : List.of();
        return switch (String.valueOf(expression.get("operator"))) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
