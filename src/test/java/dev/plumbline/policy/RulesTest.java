package dev.plumbline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule finds what it is for, at its line, and never shows a value. */
class RulesTest {

    private static final String NOTHING = "apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n";

    @TempDir
    private Path directory;

    @Test
    void clearSecretsAreFoundEncryptedOnesAreNot() throws IOException {
        assertThat(check("no secret in clear text", """
                apiVersion: v1
                kind: Secret
                metadata: {name: db, namespace: shop}
                stringData:
                  password: hunter2
                """)).singleElement().satisfies(found -> {
            assertThat(found)
                    .endsWith("a.yaml:5: Secret shop/db: stringData.password is in clear text: encrypt it, or"
                            + " make the Secret on the cluster");
            assertThat(found).doesNotContain("hunter2");
        });
        assertThat(check("no secret in clear text", """
                apiVersion: v1
                kind: Secret
                metadata: {name: db}
                data: {password: "ENC[AES256_GCM,data:x]"}
                sops: {mac: x}
                """)).isEmpty();
    }

    @Test
    void passwordsInTheEnvironmentAndTokensInAnyFileAreFound() throws IOException {
        assertThat(check("no secret in clear text", """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  containers:
                    - name: web
                      env:
                        - {name: DB_PASSWORD, value: hunter2}
                        - {name: API_KEY, valueFrom: {secretKeyRef: {name: a, key: b}}}
                """))
                .singleElement()
                .asString()
                .contains("a.yaml:8: Pod web: spec.containers[0].env[0] DB_PASSWORD");
        Files.writeString(directory.resolve("notes.txt"), "first\nglpat-" + "abcdefghijklmnopqrst\n");
        assertThat(check("no-secret-in-clear-text", "apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n"))
                .singleElement()
                .asString()
                .endsWith("notes.txt:2: a GitLab token in clear text");
    }

    @Test
    void fieldsThatMustBeSetAreNamedWithTheirLine() throws IOException {
        assertThat(check("pruning is on", """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps}
                spec:
                  prune: false
                """))
                .singleElement()
                .asString()
                .endsWith("a.yaml:5: Kustomization apps: spec.prune is false, expected true");
        assertThat(check("helm drift is corrected", """
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: web}
                spec: {interval: 1m}
                """))
                .singleElement()
                .asString()
                .contains("spec.driftDetection.mode is not set, expected enabled");
    }

    @Test
    void aRuleThatConcernsNothingSaysSo() throws IOException {
        Files.writeString(directory.resolve("a.yaml"), "apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n");

        assertThat(PolicyReport.of(
                                directory, List.of(Rules.named("pruning-is-on").orElseThrow()))
                        .concerned())
                .isZero();
    }

    @Test
    void theTemplatesOfAChartAreNoManifests() throws IOException {
        Files.createDirectories(directory.resolve("chart/templates"));
        Files.writeString(directory.resolve("chart/Chart.yaml"), "name: x\n");
        Files.writeString(directory.resolve("chart/templates/a.yaml"), "{{ if .Values.x }}: {\n");

        assertThat(check("schema", "apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n"))
                .isEmpty();
    }

    @Test
    void dashboardsThatGrafanaWouldRefuseOrPeopleCouldNotReadAreFound() throws IOException {
        Files.writeString(directory.resolve("good.json"), """
                {"uid": "a", "title": "A", "refresh": "30s", "time": {"from": "now-24h"},
                 "panels": [{"type": "stat", "title": "T", "fieldConfig": {"defaults": {"unit": "s"}}}]}
                """);
        for (String rule : List.of("files are bare", "are told apart", "look back a day", "can be read")) {
            assertThat(check("dashboard" + (rule.startsWith("f") ? " " : "s ") + rule, NOTHING))
                    .isEmpty();
        }
        Files.writeString(directory.resolve("bad.json"), """
                {"dashboard": {"uid": "a", "title": "B", "time": {"from": "now-2d"},
                 "panels": [{"type": "row", "panels": [{"type": "stat", "title": "T"}]}]},
                 "overwrite": true}
                """);

        assertThat(check("dashboard files are bare", NOTHING))
                .singleElement()
                .asString()
                .contains("bad.json:1");
        assertThat(check("dashboards are told apart", NOTHING))
                .singleElement()
                .asString()
                .contains("uid \"a\"");
        assertThat(check("dashboards look back a day", NOTHING))
                .singleElement()
                .asString()
                .contains("now-2d");
        assertThat(check("dashboards can be read", NOTHING))
                .satisfiesExactlyInAnyOrder(
                        refresh -> assertThat(refresh).contains("does not refresh"),
                        row -> assertThat(row).contains("has no title"),
                        unit -> assertThat(unit).contains("bad.json:2").contains("has no unit"));
    }

    private List<String> check(String rule, String yaml) throws IOException {
        Files.writeString(directory.resolve("a.yaml"), yaml);
        return PolicyReport.of(directory, List.of(Rules.named(rule).orElseThrow())).findings().stream()
                .map(Finding::toString)
                .toList();
    }
}
