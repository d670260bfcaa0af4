package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Target;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Questions about the containers that one workload's pod template describes. */
public final class TemplateSurveys {

    private static final FieldPath CONTAINERS = FieldPath.parse(".spec.template.spec.containers");
    private static final List<String> PROBES = List.of("startupProbe", "readinessProbe", "livenessProbe");

    private final Target target;
    private final String kind;
    private final String namespace;
    private final String name;

    public TemplateSurveys(Target target, String kind, String namespace, String name) {
        this.target = target;
        this.kind = kind;
        this.namespace = namespace;
        this.name = name;
    }

    /** Each HTTP probe asks for one of these paths; without any probe there is nothing to judge. */
    public Survey probes(Set<String> paths) {
        return each("HTTP probes", container -> {
            List<Finding> found = new ArrayList<>();
            for (String probe : PROBES) {
                FieldPath.parse("." + probe + ".httpGet.path").in(container).ifPresent(path -> {
                    String text = probe + " of container " + container.get("name") + " asks for " + path;
                    found.add(new Finding(paths.contains(path.toString()) ? Optional.empty() : Optional.of(text)));
                });
            }
            return found;
        });
    }

    /** Each image names a tag that does not move, and one that the predicate likes. */
    public Survey images(Predicate<String> tag, String wanted) {
        return each("images", container -> {
            String image = Objects.toString(container.get("image"), "");
            String last = image.substring(image.lastIndexOf('/') + 1).replaceFirst("@.*", "");
            String found = last.contains(":") ? last.substring(last.indexOf(':') + 1) : "";
            boolean moves = found.isEmpty() || found.equals("latest");
            Optional<String> wrong = moves
                    ? Optional.of("image " + image + " is not pinned")
                    : tag.test(found) ? Optional.empty() : Optional.of("image " + image + " is not " + wanted);
            return List.of(new Finding(wrong));
        });
    }

    /** No container sets the variable, so that a setting of the same meaning holds. */
    public Survey without(String variable) {
        return each("containers", container -> {
            List<?> env = (List<?>) FieldPath.parse(".env").in(container).orElse(List.of());
            boolean set = env.stream().anyMatch(entry -> variable.equals(((Map<?, ?>) entry).get("name")));
            return List.of(new Finding(
                    set ? Optional.of("container " + container.get("name") + " sets " + variable) : Optional.empty()));
        });
    }

    /** @param wrong empty when it is as it should be */
    private record Finding(Optional<String> wrong) {}

    private Survey each(String what, Function<Map<?, ?>, List<Finding>> question) {
        String subject = what + " of " + kind + " \"" + name + "\" in namespace \"" + namespace + "\"";
        return new Survey(target, subject, List.of(kind), reader -> {
            List<Finding> findings = new ArrayList<>();
            for (GenericKubernetesResource object : reader.list(kind, namespace)) {
                if (object.getMetadata().getName().equals(name)) {
                    for (Object container : containers(object)) {
                        findings.addAll(question.apply((Map<?, ?>) container));
                    }
                }
            }
            return new Survey.Tally(
                    findings.size(),
                    findings.stream()
                            .flatMap(finding -> finding.wrong().stream())
                            .toList());
        });
    }

    private static List<?> containers(GenericKubernetesResource object) {
        return (List<?>) CONTAINERS.in(object.getAdditionalProperties()).orElse(List.of());
    }
}
