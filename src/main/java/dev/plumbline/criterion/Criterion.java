package dev.plumbline.criterion;

import java.util.List;
import java.util.Set;

/**
 * One sentence of a document that a cluster must satisfy: a Gherkin {@code Rule}.
 *
 * @param id stable identifier, for example {@code GITOPS-DRIFT-01}
 * @param document the document's name, which its features and manifests share, for example {@code gitops-plan}
 * @param text the rule as its feature file states it, threshold included
 * @param pending whether the document itself calls it future or optional
 * @param tags those of the rule and its feature, with the {@code @}
 * @param examples the scenarios that prove it; none makes it unproven
 */
public record Criterion(
        String id,
        String document,
        String text,
        Tier tier,
        boolean pending,
        SourceLine location,
        Set<String> tags,
        List<Example> examples) {

    public Criterion {
        tags = Set.copyOf(tags);
        examples = List.copyOf(examples);
    }

    /** The same criterion with only some of its scenarios. */
    public Criterion with(List<Example> some) {
        return new Criterion(id, document, text, tier, pending, location, tags, some);
    }
}
