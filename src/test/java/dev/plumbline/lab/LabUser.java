package dev.plumbline.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A ServiceAccount on the node with the rights of one ClusterRole and no others; closing removes it.
 *
 * @param kubeconfig a file with its token
 */
public record LabUser(Node node, String name, Path kubeconfig) implements AutoCloseable {

    private static final String NAMESPACE = "default";

    /** @param name of the account, the role and the binding; no other may have it */
    public static LabUser with(ClusterRole role, String name, Node node, Path directory) throws IOException {
        try (KubernetesClient client = node.client()) {
            client.resource(new ClusterRoleBuilder(role)
                            .editMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
            client.resource(account(name)).create();
            client.resource(binding(name)).create();
            String token = client.serviceAccounts()
                    .inNamespace(NAMESPACE)
                    .withName(name)
                    .tokenRequest(new TokenRequest())
                    .getStatus()
                    .getToken();
            Path kubeconfig = Files.writeString(
                    directory.resolve(name + ".kubeconfig"), kubeconfig(client.getConfiguration(), token));
            return new LabUser(node, name, kubeconfig);
        }
    }

    /** As the audit log names it. */
    public String username() {
        return "system:serviceaccount:" + NAMESPACE + ":" + name;
    }

    @Override
    public void close() {
        try (KubernetesClient client = node.client()) {
            client.resource(binding(name)).delete();
            client.rbac().clusterRoles().withName(name).delete();
            client.resource(account(name)).delete();
            assertThat(client.rbac().clusterRoleBindings().withName(name).get()).isNull();
        }
    }

    private static ServiceAccount account(String name) {
        return new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .endMetadata()
                .build();
    }

    private static ClusterRoleBinding binding(String name) {
        return new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addNewSubject("", "ServiceAccount", name, NAMESPACE)
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", name)
                .build();
    }

    private static String kubeconfig(Config config, String token) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: u, user: {token: "%s"}}]
                contexts: [{name: lab, context: {cluster: c, user: u}}]
                current-context: lab
                """.formatted(config.getMasterUrl(), config.getCaCertData(), token);
    }
}
