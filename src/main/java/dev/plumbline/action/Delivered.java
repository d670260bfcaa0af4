package dev.plumbline.action;

import dev.plumbline.gitops.GitRepository;
import java.util.Optional;

/**
 * A document's manifests as they got into the cluster.
 *
 * @param repository holds them; whoever wants a change commits it there
 * @param declared what the repository's head declares
 * @param withoutFlux present when they were applied instead of pulled by Flux, saying why
 */
public record Delivered(GitRepository repository, DeclaredState declared, Optional<String> withoutFlux) {}
