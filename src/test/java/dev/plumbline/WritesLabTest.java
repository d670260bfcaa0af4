package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.lab.LabNode;
import dev.plumbline.lab.LabUser;
import dev.plumbline.lab.Node;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a run sends to a cluster that is not its own, by the API server's audit log. */
@ExtendWith(LabNode.class)
class WritesLabTest {

    private static final Path FILES = Path.of("src/test/resources");
    private static final String STRANGE = FILES.resolve("rights/features") + "," + FILES.resolve("elsewhere/features");
    private static final Set<String> READS = Set.of("get", "list", "watch");
    private static final Set<String> REVIEWS =
            Set.of("selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews");

    @TempDir
    private Path directory;

    private final String name =
            "plumbline-audit-" + UUID.randomUUID().toString().substring(0, 8);

    /** One request of the audit log. */
    private record Sent(String verb, String resource, String subresource, String namespace, String object, int code) {

        boolean reads() {
            boolean channel = Set.of("exec", "attach", "portforward").contains(subresource);
            return READS.contains(verb) && !channel || verb.equals("create") && REVIEWS.contains(resource);
        }
    }

    @Test
    void aReadOnlyRunOfAllFeaturesOnlyReads(Node node) throws Exception {
        try (LabUser user = LabUser.with(everything(), name, node, directory)) {
            run(user, "features", profile("values: {namespace: default}"));
            run(user, STRANGE, profile(values("", name)));

            assertThat(sent(user)).isNotEmpty().allMatch(Sent::reads);
        }
    }

    @Test
    void aRunThatMayWriteStaysInTheNamespacesThatItMadeOrMayWrite(Node node) throws Exception {
        Set<String> own = Set.of("shop", name + "-writable");
        try (LabUser user = LabUser.with(everything(), name, node, directory);
                KubernetesClient client = node.client();
                AutoCloseable foreign = namespaces(client)) {
            String pin = "clusterUid: " + node.uid() + "\nwritable: [" + name + "-writable]\n";
            run(user, STRANGE, profile(values(pin, name + "-foreign")), "--allow-writes");
            run(user, STRANGE, profile(values(pin, name + "-writable")), "--allow-writes");

            List<Sent> writes = sent(user).stream().filter(one -> !one.reads()).toList();
            assertThat(writes)
                    .anyMatch(one -> one.namespace().equals(name + "-writable"))
                    .anyMatch(one -> one.subresource().equals("exec"))
                    .allMatch(one -> own.contains(one.namespace()), "in a namespace of its own or a writable one");
            assertThat(writes.stream().filter(one -> one.resource().equals("namespaces")))
                    .as("the namespaces themselves: only the one that the run made")
                    .allMatch(one -> one.object().equals("shop"));
        }
    }

    @Test
    void anotherClusterThanTheOneThatIsPinnedIsRefusedBeforeAnyWrite(Node node) throws Exception {
        try (LabUser user = LabUser.with(everything(), name, node, directory)) {
            for (String pin : List.of("clusterUid: 00000000-0000-0000-0000-000000000000\n", "")) {
                assertThat(run(user, STRANGE, profile(values(pin, name)), "--allow-writes"))
                        .isEqualTo(2);
            }
            assertThat(sent(user)).isNotEmpty().allMatch(Sent::reads);
        }
    }

    private int run(LabUser user, String features, Path profile, String... options) {
        List<String> arguments = new ArrayList<>(List.of("verify", "--target", "kubeconfig", "--features", features));
        // the directory of its manifests is not that of the others
        arguments.addAll(List.of("--tags", "not @criterion:SHOP-GITOPS"));
        arguments.addAll(List.of("--kubeconfig", user.kubeconfig().toString(), "--profile", profile.toString()));
        arguments.addAll(List.of("--reports", directory.resolve("reports").toString(), "--parallel", "8"));
        arguments.addAll(List.of("--history", directory.resolve("history.jsonl").toString()));
        arguments.addAll(List.of(options));
        return Plumbline.execute(arguments.toArray(String[]::new));
    }

    private String values(String pin, String namespace) throws IOException {
        return pin + "values: {ns: " + namespace + ", own: " + manifests(namespace) + "}";
    }

    private Path profile(String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "profile", ".yaml"), text + "\n");
    }

    /** Without the namespace itself, which is there. */
    private Path manifests(String namespace) throws IOException {
        Path own = Files.createDirectories(directory.resolve(namespace));
        String all = Files.readString(FILES.resolve("rights/own/own.yaml")).replace("NAMESPACE", namespace);
        Files.writeString(own.resolve("own.yaml"), all.substring(all.indexOf("---")));
        return own;
    }

    /** Two that were there before; the profile lists one. */
    private AutoCloseable namespaces(KubernetesClient client) {
        List<String> names = List.of(name + "-foreign", name + "-writable");
        names.forEach(one -> client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(one)
                        .endMetadata()
                        .build())
                .create());
        return () -> names.forEach(one -> client.namespaces().withName(one).delete());
    }

    private static ClusterRole everything() {
        return new ClusterRoleBuilder()
                .withNewMetadata()
                .endMetadata()
                .addToRules(new PolicyRuleBuilder()
                        .withApiGroups("*")
                        .withResources("*")
                        .withVerbs("*")
                        .build())
                .build();
    }

    private static List<Sent> sent(LabUser user) throws IOException {
        List<Sent> sent = new ArrayList<>();
        for (String line : user.node().auditLog().split("\n")) {
            if (line.contains(user.username())) {
                JsonNode entry = new ObjectMapper().readTree(line);
                JsonNode object = entry.path("objectRef");
                sent.add(new Sent(
                        entry.path("verb").asText(),
                        object.path("resource").asText(),
                        object.path("subresource").asText(),
                        object.path("namespace").asText(),
                        object.path("name").asText(),
                        entry.at("/responseStatus/code").asInt()));
            }
        }
        return sent;
    }
}
