package dev.plumbline.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiRulesTest {

    private final Bed bed = new Bed();

    @AfterEach
    void close() {
        bed.close();
    }

    private ConfigMap create(String name, String... labels) {
        ConfigMapBuilder builder =
                new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata();
        for (int i = 0; i < labels.length; i += 2) {
            builder.editMetadata().addToLabels(labels[i], labels[i + 1]).endMetadata();
        }
        return bed.client.resource(builder.build()).inNamespace("default").create();
    }

    private static int code(Runnable call) {
        try {
            call.run();
            return 200;
        } catch (KubernetesClientException e) {
            return e.getCode();
        }
    }

    private List<String> selected(String selector) {
        return bed.client.configMaps().inNamespace("default").withLabelSelector(selector).list().getItems().stream()
                .map(found -> found.getMetadata().getName())
                .toList();
    }

    @Test
    void selectsByLabelsOfAllKinds() {
        create("a", "tier", "front", "env", "dev");
        create("b", "tier", "back");
        create("c", "env", "prod");
        assertThat(selected("tier=front")).containsExactly("a");
        assertThat(selected("tier!=front")).contains("b", "c").doesNotContain("a");
        assertThat(selected("tier in (front,back)")).containsExactly("a", "b");
        assertThat(selected("tier notin (front)")).contains("b", "c").doesNotContain("a");
        assertThat(selected("env,tier")).containsExactly("a");
        assertThat(selected("!tier,env")).containsExactly("c");
        assertThat(code(() -> selected("tier in front"))).isEqualTo(400);
    }

    @Test
    void selectsByFieldsAndRefusesUnknownOnes() {
        create("a");
        assertThat(bed.client
                        .configMaps()
                        .inAnyNamespace()
                        .withField("metadata.name", "a")
                        .list()
                        .getItems())
                .hasSize(1);
        assertThat(code(() -> bed.client
                        .configMaps()
                        .inNamespace("default")
                        .withField("data.x", "1")
                        .list()))
                .isEqualTo(400);
    }

    @Test
    void pagesLists() {
        create("a");
        create("b");
        create("c");
        var first = bed.client
                .configMaps()
                .inNamespace("default")
                .list(new io.fabric8.kubernetes.api.model.ListOptionsBuilder()
                        .withLimit(2L)
                        .build());
        assertThat(first.getItems()).hasSize(2);
        assertThat(first.getMetadata().getRemainingItemCount()).isEqualTo(2);
        var rest = bed.client
                .configMaps()
                .inNamespace("default")
                .list(new io.fabric8.kubernetes.api.model.ListOptionsBuilder()
                        .withLimit(2L)
                        .withContinue(first.getMetadata().getContinue())
                        .build());
        assertThat(rest.getItems())
                .extracting(item -> item.getMetadata().getName())
                .containsExactly("c", "kube-root-ca.crt");
        assertThat(rest.getMetadata().getContinue()).isNull();
    }

    @Test
    void refusesWhatIsThereAndWhatIsNot() {
        create("a");
        assertThatThrownBy(() -> create("a")).hasMessageContaining("configmaps \"a\" already exists");
        assertThat(code(() -> create("Bad_Name"))).isEqualTo(422);
        assertThat(code(() -> bed.client
                        .resource(new ConfigMapBuilder()
                                .withNewMetadata()
                                .withName("x")
                                .endMetadata()
                                .build())
                        .inNamespace("nowhere")
                        .create()))
                .isEqualTo(404);
        assertThat(bed.client
                        .configMaps()
                        .inNamespace("default")
                        .withName("none")
                        .get())
                .isNull();
        assertThat(bed.client.raw("/apis/nothing.example/v1/things")).isNull();
    }

    @Test
    void dryRunKeepsNothing() {
        ConfigMap made = bed.client
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("dry")
                        .endMetadata()
                        .build())
                .inNamespace("default")
                .dryRun()
                .create();
        assertThat(made.getMetadata().getUid()).isNotEmpty();
        assertThat(bed.client
                        .configMaps()
                        .inNamespace("default")
                        .withName("dry")
                        .get())
                .isNull();
        create("kept");
        bed.client.configMaps().inNamespace("default").withName("kept").dryRun().delete();
        assertThat(bed.client
                        .configMaps()
                        .inNamespace("default")
                        .withName("kept")
                        .get())
                .isNotNull();
    }

    @Test
    void refusesAStaleUpdate() {
        ConfigMap old = create("a");
        bed.client.configMaps().inNamespace("default").withName("a").edit(live -> {
            live.setData(java.util.Map.of("x", "1"));
            return live;
        });
        old.setData(java.util.Map.of("x", "2"));
        assertThatThrownBy(() -> bed.client.resource(old).update())
                .hasMessageContaining("the object has been modified; please apply your changes to the latest version");
    }

    @Test
    void patchesInAllThreeWays() {
        bed.apply(DeploymentTest.WEB);
        var web = bed.client.apps().deployments().inNamespace("default").withName("web");
        web.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"replicas\":3}}");
        assertThat(web.get().getSpec().getReplicas()).isEqualTo(3);
        web.patch(PatchContext.of(PatchType.JSON), "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":1}]");
        assertThat(web.get().getSpec().getReplicas()).isEqualTo(1);
        String strategic =
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"nginx:2\"}]}}}}";
        web.patch(PatchContext.of(PatchType.STRATEGIC_MERGE), strategic);
        Deployment patched = web.get();
        assertThat(patched.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage())
                .isEqualTo("nginx:2");
        assertThat(patched.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getPorts())
                .hasSize(1);
        assertThat(patched.getMetadata().getGeneration()).isEqualTo(4);
    }

    @Test
    void keepsTheStatusToItsSubresource() {
        bed.apply(DeploymentTest.WEB);
        var web = bed.client.apps().deployments().inNamespace("default").withName("web");
        web.edit(live -> new io.fabric8.kubernetes.api.model.apps.DeploymentBuilder(live)
                .withNewStatus()
                .withReplicas(99)
                .endStatus()
                .build());
        assertThat(web.get().getStatus() == null ? null : web.get().getStatus().getReplicas())
                .isNull();
        long generation = web.get().getMetadata().getGeneration();
        web.editStatus(live -> new io.fabric8.kubernetes.api.model.apps.DeploymentBuilder(live)
                .withNewStatus()
                .withReplicas(7)
                .endStatus()
                .editSpec()
                .withReplicas(9)
                .endSpec()
                .build());
        assertThat(web.get().getStatus().getReplicas()).isEqualTo(7);
        assertThat(web.get().getSpec().getReplicas()).isEqualTo(2);
        assertThat(web.get().getMetadata().getGeneration()).isEqualTo(generation);
    }

    @Test
    void refusesABrokenDeploymentInTheServersWords() {
        Deployment broken = bed.client.getKubernetesSerialization().unmarshal("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: default}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: other}}
                    spec:
                      containers: [{name: web, image: nginx}]
                """, Deployment.class);
        assertThatThrownBy(() -> bed.client.resource(broken).create())
                .isInstanceOfSatisfying(KubernetesClientException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo(422);
                    assertThat(refused.getStatus().getMessage())
                            .isEqualTo(
                                    "Deployment.apps \"web\" is invalid: spec.template.metadata.labels: Invalid value:"
                                            + " {\"app\":\"other\"}: `selector` does not match template `labels`");
                });
    }

    @Test
    void answersRawRequestsAsAServerDoes() throws Exception {
        URI base = URI.create(bed.client.getConfiguration().getMasterUrl());
        HttpClient http = HttpClient.newHttpClient();
        HttpResponse<String> strict = http.send(
                HttpRequest.newBuilder(base.resolve("/api/v1/namespaces/default/pods?fieldValidation=Strict"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"contaners\":[],\"containers\":[{\"name\":\"a\","
                                        + "\"image\":\"nginx\"}]}}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(strict.statusCode()).isEqualTo(400);
        assertThat(strict.body()).contains("strict decoding error: unknown field \\\"spec.contaners\\\"");
        HttpResponse<String> type = http.send(
                HttpRequest.newBuilder(base.resolve("/api/v1/namespaces/default/configmaps/x"))
                        .header("Content-Type", "text/plain")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(type.statusCode()).isEqualTo(415);
        HttpResponse<String> ready = http.send(
                HttpRequest.newBuilder(base.resolve("/readyz")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(ready.body()).isEqualTo("ok");
        assertThat(bed.client.getKubernetesVersion().getMinor()).isEqualTo("34");
    }

    @Test
    void namespacesComeFurnishedAndGoWithAllTheyHold() {
        bed.client
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .endMetadata()
                        .build())
                .create();
        assertThat(bed.client
                        .serviceAccounts()
                        .inNamespace("shop")
                        .withName("default")
                        .get())
                .isNotNull();
        assertThat(bed.client
                        .configMaps()
                        .inNamespace("shop")
                        .withName("kube-root-ca.crt")
                        .get())
                .isNotNull();
        bed.apply(DeploymentTest.WEB.replace("namespace: default", "namespace: shop"));
        bed.pass(Duration.ofSeconds(10));
        bed.client.namespaces().withName("shop").delete();
        assertThat(bed.client.namespaces().withName("shop").get().getStatus().getPhase())
                .isEqualTo("Terminating");
        assertThat(code(() -> bed.client
                        .resource(new ConfigMapBuilder()
                                .withNewMetadata()
                                .withName("late")
                                .endMetadata()
                                .build())
                        .inNamespace("shop")
                        .create()))
                .isEqualTo(403);
        bed.until(
                Duration.ofSeconds(10),
                () -> bed.client.namespaces().withName("shop").get() == null);
        assertThat(bed.client.pods().inNamespace("shop").list().getItems()).isEmpty();
    }

    @Test
    void finalizersHoldADeletedObject() {
        ConfigMap held = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("held")
                .withFinalizers("example.com/hold")
                .endMetadata()
                .build();
        bed.client.resource(held).inNamespace("default").create();
        var handle = bed.client.configMaps().inNamespace("default").withName("held");
        handle.delete();
        assertThat(handle.get().getMetadata().getDeletionTimestamp()).isNotNull();
        handle.edit(live -> {
            live.getMetadata().setFinalizers(List.of());
            return live;
        });
        assertThat(handle.get()).isNull();
    }
}
