package dev.plumbline.action;

import dev.plumbline.gitops.GitRepository;
import dev.plumbline.verdict.NotMeasured;
import java.util.Map;
import java.util.Optional;

/**
 * A document's manifests as they got into the cluster.
 *
 * @param repository holds them; whoever wants a change commits it there
 * @param others the repositories beside it, by name
 * @param declared what the repositories' heads declare
 * @param withoutFlux present when they were applied instead of pulled by Flux, saying why
 */
public record Delivered(
        GitRepository repository,
        Map<String, GitRepository> others,
        DeclaredState declared,
        Optional<String> withoutFlux) {

    /** @throws NotMeasured when there is no repository of that name beside the main one */
    public GitRepository other(String name) {
        GitRepository found = others.get(name);
        if (found == null) {
            throw new NotMeasured("there is no repository \"" + name + "\" beside the main one, there are "
                    + others.keySet() + ": put its files under repositories/" + name);
        }
        return found;
    }
}
