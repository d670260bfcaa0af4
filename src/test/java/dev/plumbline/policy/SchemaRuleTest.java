package dev.plumbline.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.yaml.YamlDocument;
import dev.plumbline.yaml.YamlException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaRuleTest {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              creationTimestamp: null
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - name: web
                    image: nginx:1.26.3
                    ports: [{containerPort: 80}]
                    livenessProbe: {httpGet: {port: http}}
                    readinessProbe: {httpGet: {port: 80}}
                    resources: {limits: {cpu: 1, memory: 64Mi}}
            """;

    private static final String CRD = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: things.example.org}
            spec:
              group: example.org
              scope: Namespaced
              names: {kind: Thing, plural: things}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    required: [spec]
                    properties:
                      spec:
                        type: object
                        properties:
                          size: {type: integer}
                          mode: {type: string, enum: [a, b]}
                          name: {type: string, pattern: "^[a-z]+$"}
                          exotic: {type: string, pattern: "(?P<go>a)"}
                          free: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: string}}}
            ---
            """;

    private final SchemaRule rule = new SchemaRule();

    @Test
    void aRightManifestPasses() throws YamlException {
        assertThat(check(DEPLOYMENT)).isEmpty();
    }

    @Test
    void aMisspelledFieldIsFoundOnItsLine() throws YamlException {
        assertThat(check(DEPLOYMENT.replace("replicas", "replica")))
                .containsExactly("web.yaml:7: Deployment web: unknown field spec.replica, did you mean replicas?");
        assertThat(check(DEPLOYMENT.replace("  name: web\n  creation", "  name: web\n  lables: {}\n  creation")))
                .containsExactly("web.yaml:5: Deployment web: unknown field metadata.lables, did you mean labels?");
    }

    @Test
    void aWrongTypeAMissingAndAWrongValueAreFound() throws YamlException {
        assertThat(check(DEPLOYMENT.replace("replicas: 2", "replicas: \"2\"")))
                .containsExactly("web.yaml:7: Deployment web: spec.replicas: string found, integer expected");
        assertThat(check(DEPLOYMENT.replace("- name: web\n        image", "- image")))
                .containsExactly("web.yaml:13: Deployment web: spec.template.spec.containers[0].name is missing");
        assertThat(check(DEPLOYMENT.replace("port: http}", "port: http, scheme: http}"))
                        .get(0))
                .endsWith("livenessProbe.httpGet.scheme: must be one of [\"HTTP\", \"HTTPS\"]");
        assertThat(check(DEPLOYMENT.replace("port: http}", "port: [1]}")).get(0))
                .endsWith("livenessProbe.httpGet.port: expected integer or string");
        assertThat(check(DEPLOYMENT.replace("  name: web\n  creation", "  creation")))
                .containsExactly("web.yaml:3: Deployment : metadata.name is missing");
    }

    @Test
    void anUnknownKindIsFoundWithWhatIsKnown() throws YamlException {
        assertThat(check("apiVersion: apps/v1\nkind: Deploment\nmetadata: {name: a}\n"))
                .containsExactly(
                        "web.yaml:2: Deploment a: unknown kind Deploment in apps/v1, did you mean Deployment?");
        assertThat(check("apiVersion: apps/v1\nkind: Foo\nmetadata: {name: a}\n")
                        .get(0))
                .contains("unknown kind Foo in apps/v1, known are ControllerRevision, DaemonSet, Deployment");
        assertThat(check("apiVersion: apps/v1beta1\nkind: Deployment\nmetadata: {name: a}\n")
                        .get(0))
                .endsWith("unknown apiVersion apps/v1beta1, known are apps/v1");
        assertThat(check("apiVersion: v2\nkind: Pod\nmetadata: {name: a}\n").get(0))
                .endsWith("unknown apiVersion v2, known are v1");
        assertThat(check("apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\n")
                        .get(0))
                .endsWith("no CustomResourceDefinition for Thing is among the manifests");
    }

    @Test
    void aCustomKindIsKnownFromItsDefinition() throws YamlException {
        String thing = CRD + "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: t, labels: {a: b}}\nspec: ";
        assertThat(check(thing + "{size: 1, mode: a, name: x, exotic: z, free: {a: b, c: d}}"))
                .isEmpty();
        assertThat(check(thing + "{size: big, mode: c, name: X, free: {a: 1}, sise: 1}"))
                .extracting(it -> it.substring(it.indexOf("Thing t: ") + 9))
                .containsExactlyInAnyOrder(
                        "spec.size: string found, integer expected",
                        "spec.mode: must be one of [\"a\", \"b\"]",
                        "spec.name: must match ^[a-z]+$",
                        "spec.free.a: integer found, string expected",
                        "unknown field spec.sise, did you mean size?");
    }

    @Test
    void theKindsOfFluxAndVeleroAreKnown() throws YamlException {
        String kustomization = """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps, namespace: flux-system}
                spec: {interval: 5m, prune: true, path: ./apps, sourceRef: {kind: GitRepository, name: flux-system}}
                """;
        assertThat(check(kustomization)).isEmpty();
        assertThat(check(kustomization.replace("prune", "prunes"))).anyMatch(it -> it.endsWith("did you mean prune?"));
        String backup =
                "apiVersion: velero.io/v1\nkind: Backup\nmetadata: {name: b}\nspec: {includedNamespaces: [a]}\n";
        assertThat(check(backup)).isEmpty();
        assertThat(check(backup.replace("spaces", "space")).get(0)).endsWith("did you mean includedNamespaces?");
    }

    @Test
    void everyCapturedGroupCanBeLoaded() {
        Schemas schemas = new Schemas();
        for (String version : List.of("v1", "apps/v1", "batch/v1", "networking.k8s.io/v1", "storage.k8s.io/v1")) {
            assertThat(schemas.of(version).orElseThrow().kinds()).isNotEmpty();
        }
        assertThat(schemas.of("v1").orElseThrow().kinds()).contains("Pod", "Secret", "Namespace");
    }

    @Test
    void aSecretsValueStandsInNoMessage() throws YamlException {
        assertThat(check("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: 4711, b: [hunter2]}\n"))
                .hasSize(2)
                .noneMatch(it -> it.contains("4711") || it.contains("hunter2"));
    }

    private List<String> check(String text) throws YamlException {
        List<Manifest> manifests = new ArrayList<>();
        for (YamlDocument document : YamlDocument.read("web.yaml", text.getBytes(UTF_8))) {
            manifests.add(new Manifest("web.yaml", document.line(), document.map(), document::line));
        }
        return rule.check(manifests).stream().map(Finding::toString).toList();
    }
}
