package dev.plumbline.cluster;

import org.jspecify.annotations.Nullable;

/**
 * What {@code auto} takes, and why.
 *
 * @param target {@code k3s} or {@code simulated}; a cluster that is already there is never taken without being asked for
 * @param reason one sentence
 */
public record TargetChoice(String target, String reason) {

    /** Decides in less than five seconds, also where Docker hangs or no registry answers. */
    public static TargetChoice auto(K3sImage image) {
        return auto(image, System.getenv("DOCKER_HOST"));
    }

    static TargetChoice auto(K3sImage image, @Nullable String dockerHost) {
        return K3sChecks.obstacle(image, dockerHost)
                .map(obstacle -> new TargetChoice("simulated", "no throwaway K3s here: " + obstacle + "."))
                .orElseGet(() -> new TargetChoice(
                        "k3s", "Docker answers and the image " + image.name() + " is there or can be pulled."));
    }
}
