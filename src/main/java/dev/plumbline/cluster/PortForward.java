package dev.plumbline.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.stream.Stream;

/** A tunnel through the API server, as {@code kubectl port-forward} makes it. */
final class PortForward implements Tunnel {

    private final LocalPortForward forward;

    PortForward(KubernetesClient client, String namespace, String pod, int port) {
        this.forward = client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .portForward(port, InetAddress.getLoopbackAddress(), 0);
    }

    static String path(String namespace, String pod) {
        return "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/portforward";
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), forward.getLocalPort());
    }

    @Override
    public Optional<String> trouble() {
        return Stream.concat(forward.getServerThrowables().stream(), forward.getClientThrowables().stream())
                .map(cause -> cause.getCause() == null ? cause : cause.getCause())
                .map(String::valueOf)
                .findFirst();
    }

    @Override
    public void close() {
        try {
            forward.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the way to a pod's port could not be closed", e);
        }
    }
}
