package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run needs is derived from what its steps say, and from the manifests that they bring in. */
class PlanTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ConfigMap "a" in namespace "b" exists within 1 second | list,watch configmaps,namespaces
            deployment "a" has its declared replicas again within 1 second | list,watch deployments.apps,namespaces
            NetworkPolicy "a" in namespace "b" does not exist within 1 second | list,watch namespaces,networkpolicies.networking.k8s.io
            Kustomization "a" in namespace "b" has condition "Ready" within 1 second | list,watch kustomizations.kustomize.toolkit.fluxcd.io,namespaces
            Gadget.example.com "a" in namespace "b" exists within 1 second | list,watch gadgets.example.com,namespaces
            Gadget "a" in namespace "b" exists within 1 second | list,watch gadgets.*,namespaces
            every pod in namespace "b" is ready within 1 second | list,watch pods
            a GET of "/" on service "a:80" in namespace "b" answers 200 within 1 second | get services/proxy; list,watch namespaces,pods,services
            running "id" in pod "a" in namespace "b" prints "0" | get pods; get,list,patch namespaces; get,create pods/exec
            someone changes ".data.a" of ConfigMap "a" in namespace "b" to "1" | get,create,patch,update configmaps; get,list,patch namespaces
            someone scales stateful set "a" in namespace "b" to 0 replicas | get,list,patch namespaces; get,create,patch,update statefulsets.apps
            """)
    void aStepNeedsTheRightsOfWhatItNames(String step, String rights) throws IOException {
        Files.writeString(
                directory.resolve("some.feature"),
                "Feature: F\n  Rule: R\n    Scenario: S\n      Given " + step + "\n");

        var json = new ObjectMapper().readTree(plan("--format", "json")).at("/criteria/0/rights");
        List<String> found = new ArrayList<>();
        json.forEach(right -> found.add(right.asText()));

        assertThat(found).containsExactlyInAnyOrder(rights.split("; "));
    }

    @Test
    void manifestsNeedTheRightsOfTheirKindsAndOfTheRolesThatTheyGrant() throws IOException {
        Files.writeString(
                Files.createDirectory(directory.resolve("manifests")).resolve("all.yaml"),
                """
                {apiVersion: v1, kind: Namespace, metadata: {name: a}}
                ---
                {apiVersion: batch/v1, kind: CronJob, metadata: {name: a, namespace: a}}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: a, namespace: a}
                rules: [{apiGroups: [apps], resources: [deployments/scale], verbs: [get]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: a}
                rules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]
                """.replace(
                                "name: a, namespace: a}}\n---\napiVersion",
                                "name: a, namespace: a},"
                                        + " spec: {schedule: '0 0 * * *', jobTemplate: {spec: {template: {spec: {containers: []}}}}}}\n---\napiVersion"));
        Files.writeString(
                directory.resolve("some.feature"),
                "Feature: F\n  @changes-cluster\n  Rule: R\n    Scenario: S\n      Given the manifests in \""
                        + directory + "/manifests\" are applied\n");

        ClusterRole role = Serialization.unmarshal(plan("--role"), ClusterRole.class);

        List<String> all = List.of("get", "list", "watch", "create", "patch", "update", "delete");
        assertThat(role.getRules())
                .containsExactlyInAnyOrder(
                        rule("", List.of("namespaces"), all),
                        rule("batch", List.of("cronjobs"), all),
                        rule("apps", List.of("deployments/scale"), List.of("get")),
                        rule("rbac.authorization.k8s.io", List.of("roles"), all));
    }

    private static PolicyRule rule(String group, List<String> resources, List<String> verbs) {
        return new PolicyRule(List.of(group), List.of(), List.of(), resources, verbs);
    }

    private String plan(String... options) {
        List<String> arguments = new ArrayList<>(List.of("plan", "--features", directory.toString()));
        arguments.addAll(Arrays.asList(options));
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(Plumbline.execute(arguments.toArray(String[]::new))).isZero();
        } finally {
            System.setOut(out);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
