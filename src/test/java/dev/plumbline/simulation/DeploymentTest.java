package dev.plumbline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeploymentTest {

    static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: default}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - name: web
                    image: nginx:1.27
                    ports: [{containerPort: 80, name: http}]
                    readinessProbe: {httpGet: {path: /, port: http}, periodSeconds: 2}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: default}
            spec:
              selector: {app: web}
              ports: [{port: 8080, targetPort: http}]
            """;

    private final Bed bed = new Bed("nginx:missing");

    @AfterEach
    void close() {
        bed.close();
    }

    private Deployment deployment() {
        return bed.client
                .apps()
                .deployments()
                .inNamespace("default")
                .withName("web")
                .get();
    }

    private boolean available(int replicas) {
        Deployment deployment = deployment();
        return deployment.getStatus() != null
                && Objects.equals(
                        deployment.getStatus().getObservedGeneration(),
                        deployment.getMetadata().getGeneration())
                && Objects.equals(deployment.getStatus().getAvailableReplicas(), replicas)
                && Objects.equals(deployment.getStatus().getUpdatedReplicas(), replicas)
                && Objects.equals(deployment.getStatus().getReplicas(), replicas);
    }

    @Test
    void recreatesItsPodsOnlyAfterTheOldOnesAreGone() {
        String recreated = WEB.replace("replicas: 2", "replicas: 1\n  strategy: {type: Recreate}");
        bed.apply(recreated);
        bed.until(Duration.ofSeconds(30), () -> available(1));

        bed.apply(recreated.replace("nginx:1.27", "nginx:1.28"));

        bed.until(Duration.ofSeconds(30), () -> available(1));
        assertThat(bed.client.pods().inNamespace("default").list().getItems())
                .extracting(pod -> pod.getSpec().getContainers().get(0).getImage())
                .containsExactly("nginx:1.28");
    }

    @Test
    void rollsOutAndServes() {
        bed.apply(WEB);
        Duration took = bed.until(Duration.ofSeconds(30), () -> available(2));
        assertThat(took).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(10));
        assertThat(deployment().getStatus().getConditions())
                .extracting(condition -> condition.getType() + condition.getStatus() + condition.getReason())
                .containsExactlyInAnyOrder(
                        "AvailableTrueMinimumReplicasAvailable", "ProgressingTrueNewReplicaSetAvailable");
        String page = bed.client.raw("/api/v1/namespaces/default/services/web:8080/proxy/");
        assertThat(page).contains("Welcome to nginx!");
    }

    @Test
    void rollsANewTemplateOutWithoutLosingAvailability() {
        bed.apply(WEB);
        bed.until(Duration.ofSeconds(30), () -> available(2));
        bed.apply(WEB.replace("nginx:1.27", "nginx:1.28"));
        bed.until(Duration.ofSeconds(60), () -> {
            assertThat(deployment().getStatus().getAvailableReplicas()).isGreaterThanOrEqualTo(2);
            return available(2);
        });
        bed.pass(Duration.ofSeconds(5));
        List<Pod> pods = bed.client.pods().inNamespace("default").list().getItems();
        assertThat(pods)
                .hasSize(2)
                .allSatisfy(
                        pod -> assertThat(pod.getSpec().getContainers().get(0).getImage())
                                .isEqualTo("nginx:1.28"));
        List<ReplicaSet> sets =
                bed.client.apps().replicaSets().inNamespace("default").list().getItems();
        assertThat(sets).extracting(set -> set.getSpec().getReplicas()).containsExactlyInAnyOrder(0, 2);
        assertThat(deployment().getMetadata().getAnnotations()).containsEntry("deployment.kubernetes.io/revision", "2");
    }

    @Test
    void replacesADeletedPodAndGoesWithItsDeployment() {
        bed.apply(WEB);
        bed.until(Duration.ofSeconds(30), () -> available(2));
        Pod victim = bed.client.pods().inNamespace("default").list().getItems().get(0);
        bed.client.resource(victim).delete();
        bed.pass(Duration.ofSeconds(1));
        bed.until(Duration.ofSeconds(30), () -> available(2));
        assertThat(bed.client
                        .pods()
                        .inNamespace("default")
                        .withName(victim.getMetadata().getName())
                        .get())
                .isNull();
        bed.client.apps().deployments().inNamespace("default").withName("web").delete();
        bed.until(
                Duration.ofSeconds(10),
                () -> bed.client.pods().inNamespace("default").list().getItems().isEmpty());
        assertThat(bed.client.apps().replicaSets().inNamespace("default").list().getItems())
                .isEmpty();
    }

    @Test
    void saysThatAnImageIsNotSimulated() {
        bed.apply(WEB.replace("nginx:1.27", "example/unheard-of:1"));
        bed.pass(Duration.ofSeconds(10));
        Pod pod = bed.client.pods().inNamespace("default").list().getItems().get(0);
        var waiting = pod.getStatus().getContainerStatuses().get(0).getState().getWaiting();
        assertThat(waiting.getReason()).isEqualTo("NotSimulated");
        assertThat(waiting.getMessage()).isEqualTo("not simulated: image example/unheard-of:1");
    }

    @Test
    void backsOffFromAnImageThatIsNotThereAndMissesItsDeadline() {
        bed.apply(WEB.replace("nginx:1.27", "nginx:missing")
                .replace("replicas: 2", "replicas: 1\n  progressDeadlineSeconds: 60"));
        bed.pass(Duration.ofSeconds(10));
        Pod pod = bed.client.pods().inNamespace("default").list().getItems().get(0);
        assertThat(pod.getStatus()
                        .getContainerStatuses()
                        .get(0)
                        .getState()
                        .getWaiting()
                        .getReason())
                .isEqualTo("ImagePullBackOff");
        bed.pass(Duration.ofSeconds(70));
        assertThat(deployment().getStatus().getConditions())
                .filteredOn(condition -> condition.getType().equals("Progressing"))
                .singleElement()
                .satisfies(condition -> assertThat(condition.getReason()).isEqualTo("ProgressDeadlineExceeded"));
    }

    @Test
    void tenVirtualMinutesCostLittle() {
        bed.apply(WEB);
        bed.until(Duration.ofSeconds(30), () -> available(2));
        long start = System.nanoTime();
        bed.pass(Duration.ofMinutes(10));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
}
