package dev.plumbline.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/**
 * Loads the Kubernetes client early and beside other work: its first kubeconfig, its first connection and its first list
 * take a second of processor time, mostly for classes. It contacts nothing.
 */
public final class ClientWarmUp implements Runnable {

    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            current-context: none
            clusters: [{name: none, cluster: {server: "https://127.0.0.1:1", insecure-skip-tls-verify: true}}]
            users: [{name: none, user: {token: none}}]
            contexts: [{name: none, context: {cluster: none, user: none}}]
            """;
    private static final String LIST = """
            {"kind": "List", "apiVersion": "v1", "metadata": {"resourceVersion": "1"},
             "items": [{"metadata": {"name": "none", "labels": {"a": "b"}, "managedFields": [{}]}, "data": {"k": "v"}}]}
            """;

    private ClientWarmUp() {}

    /** Starts it; nobody has to wait for it, and nothing depends on how it ends. */
    public static Thread start() {
        Thread thread = new Thread(new ClientWarmUp(), "client-warm-up");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void run() {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(KUBECONFIG))
                .build()) {
            client.getHttpClient();
            ObjectMapper json = new ObjectMapper();
            json.writeValueAsString(json.readValue(LIST, GenericKubernetesResourceList.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the list is JSON", e);
        }
    }
}
