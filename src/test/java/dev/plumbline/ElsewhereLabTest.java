package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.cluster.K3sImage;
import dev.plumbline.cluster.K3sTarget;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real API server: needs Docker and a node image, which PLUMBLINE_K3S_IMAGE names. */
class ElsewhereLabTest {

    private static final String IMAGE = System.getenv("PLUMBLINE_K3S_IMAGE");

    @TempDir
    private Path directory;

    @BeforeEach
    void needsANodeImage() {
        if (IMAGE == null) {
            System.out.println("NOT RUN: ElsewhereLabTest needs a node image, PLUMBLINE_K3S_IMAGE is not set");
        }
        assumeTrue(IMAGE != null, "PLUMBLINE_K3S_IMAGE is not set");
    }

    @Test
    void aStrangersCriteriaHoldOnARealNode() throws IOException {
        assertThat(Elsewhere.verdicts(directory, "--target", "k3s", "--k3s-image", IMAGE))
                .isEqualTo(Elsewhere.WITHOUT_FLUX);
    }

    @Test
    void theyHoldOnAClusterThatIsAlreadyThereAndLeaveNothingOnIt() throws Exception {
        try (K3sTarget foreign = K3sTarget.start(new K3sImage(IMAGE, Optional.empty()), "elsewhere")) {
            Path kubeconfig = directory.resolve("kubeconfig");
            Files.writeString(kubeconfig, kubeconfig(foreign.client().getConfiguration()));
            Path profile = directory.resolve("profile.yaml");
            Files.writeString(
                    profile,
                    "clusterUid: "
                            + foreign.client()
                                    .namespaces()
                                    .withName("kube-system")
                                    .get()
                                    .getMetadata()
                                    .getUid()
                            + "\nwritable: [default]\n");
            List<String> before = objects(foreign.client());

            assertThat(Elsewhere.verdicts(
                            directory,
                            "--target",
                            "kubeconfig",
                            "--kubeconfig",
                            kubeconfig.toString(),
                            "--allow-writes",
                            "--profile",
                            profile.toString()))
                    .isEqualTo(Elsewhere.WITHOUT_FLUX);

            assertThat(objects(foreign.client())).containsExactlyElementsOf(before);
        }
    }

    private static List<String> objects(KubernetesClient client) {
        return Stream.of(
                        client.namespaces().list(),
                        client.apps().deployments().inAnyNamespace().list(),
                        client.services().inAnyNamespace().list(),
                        client.persistentVolumeClaims().inAnyNamespace().list())
                .flatMap(list -> list.getItems().stream())
                .map(object -> object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                        + object.getMetadata().getName())
                .sorted()
                .toList();
    }

    private static String kubeconfig(Config config) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: u, user: {client-certificate-data: "%s", client-key-data: "%s"}}]
                contexts: [{name: foreign, context: {cluster: c, user: u}}]
                current-context: foreign
                """.formatted(
                config.getMasterUrl(), config.getCaCertData(), config.getClientCertData(), config.getClientKeyData());
    }
}
