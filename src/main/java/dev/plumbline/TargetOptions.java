package dev.plumbline;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster: the options that verify, doctor and sweep share. */
final class TargetOptions {

    /** The choices of {@code --target}. */
    enum Choice {
        AUTO,
        SIMULATED,
        K3S,
        KUBECONFIG;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--target",
            paramLabel = "auto|simulated|k3s|kubeconfig",
            defaultValue = "auto",
            description = "auto takes k3s where Docker and the image can be had, else simulated. Default: auto")
    private Choice target = Choice.AUTO;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "For --target kubeconfig. Default: KUBECONFIG, then ~/.kube/config")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "Of the kubeconfig. Default: its current one")
    private @Nullable String context;

    @Option(names = "--k3s-image", paramLabel = "NAME", description = "The node image of the throwaway K3s.")
    private @Nullable String k3sImage;

    @Option(
            names = "--k3s-images",
            paramLabel = "DIR",
            description =
                    "Image archives (*.tar) that the node loads before it starts, for machines without a registry.")
    private @Nullable Path k3sImages;

    @Option(
            names = "--flux-install",
            paramLabel = "FILE|URL#sha256=DIGEST",
            description = "The manifest that installs Flux in a real cluster.")
    private @Nullable String fluxInstall;

    @Option(
            names = "--allow-writes",
            description =
                    "Lets a run write to the cluster of a kubeconfig: its own namespaces and the profile's writable"
                            + " ones, on the cluster whose UID the profile pins.")
    private boolean allowWrites;

    @Option(
            names = "--ledger",
            paramLabel = "DIR",
            description = "Where a run keeps what it has to take back from a cluster that outlives it, until it has."
                    + " Default: plumbline/ledger in the user's state directory")
    private @Nullable Path ledger;

    Choice target() {
        return target;
    }

    Optional<Path> kubeconfig() {
        return Optional.ofNullable(kubeconfig);
    }

    Optional<String> context() {
        return Optional.ofNullable(context);
    }

    Optional<String> k3sImage() {
        return Optional.ofNullable(k3sImage);
    }

    Optional<Path> k3sImages() {
        return Optional.ofNullable(k3sImages);
    }

    Optional<String> fluxInstall() {
        return Optional.ofNullable(fluxInstall);
    }

    boolean allowWrites() {
        return allowWrites;
    }

    /** https://specifications.freedesktop.org/basedir-spec says where state of a user belongs. */
    Path ledger() {
        if (ledger != null) {
            return ledger;
        }
        String state = System.getenv("XDG_STATE_HOME");
        Path home = state == null || state.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(state);
        return home.resolve("plumbline").resolve("ledger");
    }
}
