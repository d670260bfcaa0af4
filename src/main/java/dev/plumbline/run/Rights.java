package dev.plumbline.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rights on the API server, as text and as the role that holds exactly them. */
public record Rights(SortedSet<Right> all) {

    public Rights {
        all = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(all));
    }

    public static Rights together(Collection<Rights> many) {
        return new Rights(
                many.stream().flatMap(rights -> rights.all().stream()).collect(Collectors.toCollection(TreeSet::new)));
    }

    /** One text a set of verbs, such as {@code list,watch configmaps,pods,deployments.apps}. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        byVerbs(all).forEach((verbs, resources) -> texts.add(verbs + " " + String.join(",", resources)));
        return texts;
    }

    private static Map<String, List<String>> byVerbs(Collection<Right> rights) {
        Map<String, List<String>> verbs = new TreeMap<>();
        for (Right right : rights) {
            verbs.merge(right.resource(), List.of(right.verb()), Rights::joined);
        }
        Map<String, List<String>> resources = new LinkedHashMap<>();
        verbs.forEach((resource, of) -> resources.merge(String.join(",", of), List.of(resource), Rights::joined));
        return resources;
    }

    private static List<String> joined(List<String> one, List<String> other) {
        List<String> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }

    /** A ClusterRole with these rights and no other, as YAML. */
    public String clusterRole(String name) {
        Map<String, List<Right>> groups =
                all.stream().collect(Collectors.groupingBy(Right::group, TreeMap::new, Collectors.toList()));
        List<Map<String, Object>> rules = new ArrayList<>();
        groups.forEach((group, rights) -> byVerbs(rights).forEach((verbs, resources) -> {
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("apiGroups", List.of(group));
            rule.put(
                    "resources",
                    resources.stream()
                            .map(resource -> new Right("", resource).plainResource())
                            .toList());
            rule.put("verbs", List.of(verbs.split(",")));
            rules.add(rule);
        }));
        Map<String, Object> role = new LinkedHashMap<>();
        role.put("apiVersion", "rbac.authorization.k8s.io/v1");
        role.put("kind", "ClusterRole");
        role.put("metadata", Map.of("name", name));
        role.put("rules", rules);
        try {
            return YAMLMapper.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .build()
                    .writeValueAsString(role);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and lists do not print as YAML", e);
        }
    }

    @Override
    public String toString() {
        return String.join("; ", texts());
    }
}
