package dev.plumbline.criterion;

import java.util.List;
import java.util.Set;

/**
 * One scenario that proves a criterion, as written in a feature file (each row of an outline is one).
 *
 * @param tags all tags that apply, those of its feature and rule among them, with the {@code @}
 * @param steps the step texts in order, without keyword
 * @param givens how many of them come before the first When or Then
 */
public record Example(String name, SourceLine location, Set<String> tags, List<String> steps, int givens) {

    public Example {
        tags = Set.copyOf(tags);
        steps = List.copyOf(steps);
    }

    /** Whether the scenario writes to the cluster beyond its own manifests. */
    public boolean changesCluster() {
        return tags.contains("@changes-cluster");
    }

    /** The faults each of which must turn this scenario red. */
    public List<String> faults() {
        return value("@fault:");
    }

    /** Capabilities of the target without which the scenario says nothing. */
    public List<String> needs() {
        return value("@needs:");
    }

    /** Names of things that scenarios take turns on. */
    public List<String> locks() {
        return value("@lock:");
    }

    private List<String> value(String prefix) {
        return tags.stream()
                .filter(tag -> tag.startsWith(prefix))
                .map(tag -> tag.substring(prefix.length()))
                .sorted()
                .toList();
    }
}
