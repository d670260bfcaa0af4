package dev.plumbline.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerSideApplyTest {

    private static final String TWO_CONTAINERS = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: default}
            spec:
              replicas: %s
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - name: web
                    image: nginx:1
                    env: [{name: A, value: "1"}, {name: B, value: "2"}]
                  %s
            """;

    private final Bed bed = new Bed();

    @AfterEach
    void close() {
        bed.close();
    }

    private static ConfigMap settings(String... data) {
        ConfigMapBuilder builder = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .withNamespace("default")
                .endMetadata();
        for (int i = 0; i < data.length; i += 2) {
            builder.addToData(data[i], data[i + 1]);
        }
        return builder.build();
    }

    private ConfigMap apply(ConfigMap object, String manager) {
        return bed.client.resource(object).fieldManager(manager).serverSideApply();
    }

    @Test
    void refusesAFieldThatAnotherManagerOwnsUntilForced() {
        apply(settings("color", "blue"), "git");
        assertThatThrownBy(() -> apply(settings("color", "red"), "someone"))
                .isInstanceOfSatisfying(KubernetesClientException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo(409);
                    assertThat(refused.getStatus().getMessage())
                            .isEqualTo("Apply failed with 1 conflict: conflict with \"git\": .data.color");
                    assertThat(refused.getStatus().getDetails().getCauses())
                            .singleElement()
                            .satisfies(cause -> {
                                assertThat(cause.getReason()).isEqualTo("FieldManagerConflict");
                                assertThat(cause.getField()).isEqualTo(".data.color");
                            });
                });
        ConfigMap forced = bed.client
                .resource(settings("color", "red"))
                .fieldManager("someone")
                .forceConflicts()
                .serverSideApply();
        assertThat(forced.getData()).containsEntry("color", "red");
        assertThat(forced.getMetadata().getManagedFields())
                .extracting(entry -> entry.getManager() + entry.getOperation())
                .containsExactly("someoneApply");
    }

    @Test
    void sharesAFieldWithTheSameValueAndTakesOutWhatNobodyAppliesAnyMore() {
        apply(settings("color", "blue", "size", "1"), "git");
        apply(settings("color", "blue", "own", "x"), "other");
        ConfigMap smaller = apply(settings("size", "1"), "git");
        assertThat(smaller.getData()).containsOnlyKeys("color", "size", "own");
        ConfigMap least = apply(settings("own", "x"), "other");
        assertThat(least.getData()).containsOnlyKeys("size", "own");
    }

    @Test
    void conflictsWithAPlainUpdate() {
        apply(settings("color", "blue"), "git");
        bed.client.configMaps().inNamespace("default").withName("settings").edit(live -> {
            live.getData().put("color", "red");
            return live;
        });
        assertThatThrownBy(() -> apply(settings("color", "blue"), "git"))
                .hasMessageContaining("conflict with \"fabric8-kubernetes-client\" using v1: .data.color");
    }

    @Test
    void changesNothingWhenNothingChanged() {
        String before = apply(settings("color", "blue"), "git").getMetadata().getResourceVersion();
        assertThat(apply(settings("color", "blue"), "git").getMetadata().getResourceVersion())
                .isEqualTo(before);
    }

    @Test
    void mergesListsByTheirKeys() {
        bed.apply(TWO_CONTAINERS.formatted("2", "- {name: side, image: 'busybox:1', command: [sleep, infinity]}"));
        Deployment other = bed.client.getKubernetesSerialization().unmarshal("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: web, namespace: default}
                        spec:
                          template:
                            spec:
                              containers:
                              - name: web
                                env: [{name: C, value: "3"}]
                        """, Deployment.class);
        Deployment merged = bed.client.resource(other).fieldManager("other").serverSideApply();
        var containers = merged.getSpec().getTemplate().getSpec().getContainers();
        assertThat(containers).extracting(container -> container.getName()).containsExactly("web", "side");
        assertThat(containers.get(0).getEnv()).extracting(env -> env.getName()).contains("A", "B", "C");

        bed.apply(TWO_CONTAINERS.formatted("2", "").replace(", {name: B, value: \"2\"}", ""));
        var left = bed.client
                .apps()
                .deployments()
                .inNamespace("default")
                .withName("web")
                .get();
        containers = left.getSpec().getTemplate().getSpec().getContainers();
        assertThat(containers).extracting(container -> container.getName()).containsExactly("web");
        assertThat(containers.get(0).getEnv()).extracting(env -> env.getName()).containsExactlyInAnyOrder("A", "C");
    }

    @Test
    void leavesAFieldToWhoeverScales() {
        bed.apply(TWO_CONTAINERS.formatted("2", ""));
        bed.client.apps().deployments().inNamespace("default").withName("web").scale(0);
        Deployment scaled = bed.client
                .apps()
                .deployments()
                .inNamespace("default")
                .withName("web")
                .get();
        assertThat(scaled.getSpec().getReplicas()).isZero();
        assertThat(scaled.getMetadata().getGeneration()).isEqualTo(2);
        bed.apply(TWO_CONTAINERS.formatted("2", ""));
        assertThat(bed.client
                        .apps()
                        .deployments()
                        .inNamespace("default")
                        .withName("web")
                        .get()
                        .getSpec()
                        .getReplicas())
                .isEqualTo(2);
    }
}
