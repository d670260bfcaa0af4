package dev.plumbline.cluster;

/** Whether a throwaway can be had here, found out in a few seconds where Testcontainers would try for minutes. */
final class K3sChecks {

    private K3sChecks() {}

    /** @throws TargetUnavailable when Docker does not answer, or has no such image and cannot pull it */
    static void demand(K3sImage image) {
        try (Docker docker = Docker.connect()) {
            if (!docker.hasImage(image.name()) && !docker.canPull(image.name())) {
                throw new TargetUnavailable("the image " + image.name() + " is neither in Docker nor can it be pulled;"
                        + " name one that is with --k3s-image, or take --target simulated");
            }
        } catch (Docker.NoDocker e) {
            throw new TargetUnavailable(
                    "Docker does not answer (" + e.getMessage() + "); start it, or take --target simulated", e);
        }
    }
}
