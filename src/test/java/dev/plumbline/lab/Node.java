package dev.plumbline.lab;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ExposedPort;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.testcontainers.DockerClientFactory;

/**
 * A running Kubernetes that no run of Plumbline owns. Leave it as you found it: other tests use it after you.
 *
 * @param container the Docker container that it is
 * @param kubeconfig a file with the administrator's
 */
public record Node(String container, Path kubeconfig) {

    static final int API_PORT = 6443;
    private static final String KUBECONFIG = "/etc/rancher/k3s/k3s.yaml";
    private static final String AUDIT_LOG = "/var/log/kubebox/audit.log";

    static Node of(String container) {
        String port = docker().inspectContainerCmd(container)
                .exec()
                .getNetworkSettings()
                .getPorts()
                .getBindings()
                .get(ExposedPort.tcp(API_PORT))[0]
                .getHostPortSpec();
        String server = "https://" + DockerClientFactory.instance().dockerHostIpAddress() + ":" + port;
        try {
            Path file = Files.createTempFile("plumbline-lab", ".kubeconfig");
            file.toFile().deleteOnExit();
            Files.writeString(file, read(container, KUBECONFIG).replaceAll("https://[^,}\"\\s]+", server));
            return new Node(container, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An administrator's client; close it. */
    public KubernetesClient client() {
        try {
            return new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a profile has to pin before this cluster may be written to. */
    public String uid() {
        try (KubernetesClient client = client()) {
            return client.namespaces()
                    .withName("kube-system")
                    .get()
                    .getMetadata()
                    .getUid();
        }
    }

    /** Stops every process of the node where it stands, the API server among them. Always thaw again. */
    public void freeze() {
        docker().pauseContainerCmd(container).exec();
    }

    public void thaw() {
        docker().unpauseContainerCmd(container).exec();
    }

    /** The API server's audit log so far: one JSON object a line, level Metadata. */
    public String auditLog() {
        return read(container, AUDIT_LOG);
    }

    private static String read(String container, String path) {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                docker().copyArchiveFromContainerCmd(container, path).exec())) {
            tar.getNextEntry();
            return new String(tar.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DockerClient docker() {
        return DockerClientFactory.instance().client();
    }
}
