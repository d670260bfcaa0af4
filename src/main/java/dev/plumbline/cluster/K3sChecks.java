package dev.plumbline.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a throwaway can be had here, found out in a few seconds where Testcontainers would try for minutes. */
final class K3sChecks {

    /** Testcontainers asks this image for the way out when it finds itself in a container, before anything else. */
    static final String GATEWAY_IMAGE = "alpine:3.17";

    private K3sChecks() {}

    /** What is in the way of starting this image, in one clause; absent when nothing is. */
    static Optional<String> obstacle(K3sImage image) {
        return obstacle(image, System.getenv("DOCKER_HOST"));
    }

    static Optional<String> obstacle(K3sImage image, @Nullable String dockerHost) {
        try (Docker docker = Docker.connect(dockerHost)) {
            if (!docker.hasImage(image.name()) && !docker.canPull(image.name())) {
                return Optional.of("the image " + image.name()
                        + " is not in Docker and no registry offers it in time (--k3s-image names another)");
            }
            if (needsGatewayImage() && !docker.hasImage(GATEWAY_IMAGE) && !docker.canPull(GATEWAY_IMAGE)) {
                return Optional.of("this is a container itself and the image " + GATEWAY_IMAGE + ", which finds the way"
                        + " out, cannot be had (TESTCONTAINERS_HOST_OVERRIDE can name the Docker host instead)");
            }
            return Optional.empty();
        } catch (Docker.NoDocker e) {
            return Optional.of("Docker does not answer (" + e.getMessage() + ")");
        }
    }

    private static boolean needsGatewayImage() {
        return Files.exists(Path.of("/.dockerenv")) && System.getenv("TESTCONTAINERS_HOST_OVERRIDE") == null;
    }

    /** @throws TargetUnavailable when something is in the way */
    static void demand(K3sImage image) {
        obstacle(image).ifPresent(obstacle -> {
            throw new TargetUnavailable("no throwaway K3s here: " + obstacle + "; or take --target simulated");
        });
    }
}
