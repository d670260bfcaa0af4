package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An action that goes wrong is looked into as a judgement is: what is around its object, and the wait's timeline. */
class ActionsExplainedTest {

    private static final String CRASHING = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: default}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers: [{name: app, image: "busybox:1.36", command: [sh, -c, "echo no ledger; exit 3"]}]
            """;

    @TempDir
    private Path directory;

    private Bench bench;

    @BeforeEach
    void openABench() throws IOException {
        bench = new Bench(directory);
    }

    @Test
    void aRefusedChangeShowsTheChainOfItsObject() throws Exception {
        bench.manifest("app", CRASHING);
        feature("""
                Given the manifests in "DIR/app" are applied
                Then Deployment "web" in namespace "default" has ".status.unavailableReplicas" equal to "1" within 1 minute
                When someone changes ".spec.selector.matchLabels.app" of Deployment "web" in namespace "default" to "x"
                """);

        Bench.Run run = bench.verify();

        assertThat(run.exitCode()).as(run.said()).isEqualTo(1);
        assertThat(run.out()).contains("`selector` does not match template `labels`");
        assertThat(run.file("evidence/X-01/diagnosis.txt"))
                .contains("Deployment \"web\"", "ReplicaSet \"web-", "Pod \"web-");
        Agreement.of(run, true);
    }

    @Test
    void aWaitOfAnActionNamesWhatIsWrongAndShowsItsTimeline() throws Exception {
        bench.manifest(
                "app",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: lone, namespace: default}\n"
                        + "spec: {serviceAccountName: nobody, containers: [{name: c, image: \"busybox:1.36\"}]}\n");
        feature("Given the manifests in \"DIR/app\" are applied\n");

        Bench.Run run = bench.verify();

        assertThat(run.exitCode()).as(run.said()).isEqualTo(3);
        assertThat(run.out())
                .contains(
                        "ServiceAccount \"nobody\" in namespace \"default\" is not there; serviceaccounts that are: default");
        assertThat(run.file("evidence/X-01/timeline.tsv")).contains("is not there");
        assertThat(run.statement().path("criteria").path(0).path("measurements"))
                .isEmpty();
        Agreement.of(run, true);
    }

    @Test
    void fluxThatDoesNotTakeUpTheRepositoryIsLookedInto() throws Exception {
        bench.manifest(
                "manifests/shop", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: nowhere}\n");
        feature("Given the \"shop\" manifests are deployed from Git\n");

        Bench.Run run = bench.verify("--manifests", "DIR/manifests");

        assertThat(run.exitCode()).as(run.said()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "Flux did not take up the repository",
                        ".status.conditions[Ready] is False",
                        "namespaces \"nowhere\" not found");
        assertThat(run.file("evidence/X-01/diagnosis.txt")).contains("Kustomization \"", "GitRepository \"");
        assertThat(run.file("evidence/X-01/timeline.tsv")).contains("not applied yet");
        Agreement.of(run, true);
    }

    @Test
    void aCommandThatCannotRunShowsThePod() throws Exception {
        bench.manifest(
                "app",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: lone, namespace: default}\nspec: {containers: [{name: c,"
                        + " image: \"busybox:1.36\", command: [sh, -c, \"echo no ledger; exit 3\"]}]}\n");
        feature("""
                Given the manifests in "DIR/app" are applied
                Then Pod "lone" in namespace "default" has ".status.containerStatuses[0].restartCount" equal to "1" within 1 minute
                And Pod "lone" in namespace "default" has ".status.containerStatuses[0].ready" equal to "false" within 1 minute
                Then running "cat /x" in pod "lone" in namespace "default" prints "y"
                """);

        Bench.Run run = bench.verify();

        assertThat(run.exitCode()).as(run.said()).isEqualTo(3);
        assertThat(run.out()).contains("Pod \"lone\"", "container \"c\"", "exitCode is 3");
    }

    private void feature(String steps) throws IOException {
        bench.feature("Feature: F\n  @criterion:X-01\n  Rule: R\n    Scenario: S\n" + steps.indent(6));
    }
}
