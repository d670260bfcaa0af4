package dev.plumbline.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.cluster.Target;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkloadsTest {

    private static final String DB = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, namespace: default}
            spec:
              serviceName: db
              replicas: 2
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db}}
                spec:
                  containers:
                  - name: db
                    image: busybox:1.36
                    command: [sh, -c, "echo ready; sleep infinity"]
                    volumeMounts:
                    - {name: data, mountPath: /data}
                    - {name: scratch, mountPath: /scratch}
                  volumes: [{name: scratch, emptyDir: {}}]
              volumeClaimTemplates:
              - metadata: {name: data}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """;
    private static final String JOB = """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: work, namespace: default}
            spec:
              backoffLimit: 1
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: work, image: busybox, command: [sh, -c, "echo working; sleep 5; exit %d"]}]
            """;

    private final Bed bed = new Bed();

    @AfterEach
    void close() {
        bed.close();
    }

    private Pod pod(String name) {
        return bed.client.pods().inNamespace("default").withName(name).get();
    }

    private boolean ready(String name) {
        Pod pod = pod(name);
        return pod != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private String run(String pod, String command) throws Target.CommandNotRun {
        var result = bed.cluster.run("default", pod, command, Duration.ofSeconds(30));
        return result.exitCode() + " " + result.out().trim() + result.err().trim();
    }

    @Test
    void aStatefulSetKeepsItsClaimsAndLosesItsScratch() throws Exception {
        bed.apply(DB);
        bed.until(Duration.ofMinutes(1), () -> ready("db-0"));
        assertThat(ready("db-1")).isFalse();
        bed.until(Duration.ofMinutes(1), () -> ready("db-1"));
        assertThat(bed.client
                        .persistentVolumeClaims()
                        .inNamespace("default")
                        .withName("data-db-0")
                        .get()
                        .getStatus()
                        .getPhase())
                .isEqualTo("Bound");
        run("db-0", "echo precious > /data/x; echo gone > /scratch/x; echo gone > /tmp/x");
        String uid = pod("db-0").getMetadata().getUid();
        bed.client.pods().inNamespace("default").withName("db-0").delete();
        bed.until(
                Duration.ofMinutes(1),
                () -> ready("db-0") && !pod("db-0").getMetadata().getUid().equals(uid));
        assertThat(run("db-0", "cat /data/x")).isEqualTo("0 precious");
        assertThat(run("db-0", "cat /scratch/x")).startsWith("1 cat: can't open '/scratch/x'");
        assertThat(run("db-1", "ls /data")).isEqualTo("0 ");
        assertThatThrownBy(() -> run("db-0", "awk 1 /data/x"))
                .isInstanceOfSatisfying(
                        Target.CommandNotRun.class,
                        refused -> assertThat(refused.permanent()).isTrue())
                .hasMessage("not simulated: command awk");
        assertThat(bed.client.pods().inNamespace("default").withName("db-0").getLog())
                .isEqualTo("ready\n");
    }

    @Test
    void aDeletedClaimWaitsForItsPodAndTakesItsVolume() {
        bed.apply(DB);
        bed.until(Duration.ofMinutes(1), () -> ready("db-1"));
        bed.client
                .persistentVolumeClaims()
                .inNamespace("default")
                .withName("data-db-1")
                .delete();
        bed.pass(Duration.ofSeconds(2));
        assertThat(bed.client
                        .persistentVolumeClaims()
                        .inNamespace("default")
                        .withName("data-db-1")
                        .get())
                .isNotNull();
        bed.client.apps().statefulSets().inNamespace("default").withName("db").scale(1);
        bed.until(
                Duration.ofMinutes(1),
                () -> bed.client
                                .persistentVolumeClaims()
                                .inNamespace("default")
                                .withName("data-db-1")
                                .get()
                        == null);
        bed.pass(Duration.ofSeconds(2));
        assertThat(bed.client.persistentVolumes().list().getItems()).hasSize(1);
    }

    private String condition(String type) {
        Job job = bed.client
                .batch()
                .v1()
                .jobs()
                .inNamespace("default")
                .withName("work")
                .get();
        return job.getStatus() == null
                ? ""
                : job.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals(type))
                        .map(condition -> condition.getReason())
                        .findFirst()
                        .orElse("");
    }

    @Test
    void aJobCompletes() {
        bed.apply(JOB.formatted(0));
        Duration took =
                bed.until(Duration.ofMinutes(1), () -> condition("Complete").equals("CompletionsReached"));
        assertThat(took).isGreaterThan(Duration.ofSeconds(5));
        assertThat(bed.client
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace("default")
                        .withName("work")
                        .get()
                        .getStatus()
                        .getSucceeded())
                .isEqualTo(1);
    }

    @Test
    void aJobThatFailsReachesItsLimit() {
        bed.apply(JOB.formatted(3));
        bed.until(Duration.ofMinutes(2), () -> condition("Failed").equals("BackoffLimitExceeded"));
        assertThat(bed.client.pods().inNamespace("default").list().getItems())
                .hasSize(2)
                .allSatisfy(pod -> {
                    assertThat(pod.getStatus().getPhase()).isEqualTo("Failed");
                    assertThat(pod.getStatus()
                                    .getContainerStatuses()
                                    .get(0)
                                    .getState()
                                    .getTerminated()
                                    .getExitCode())
                            .isEqualTo(3);
                });
    }

    @Test
    void aCronJobStartsWhenItIsDue() {
        bed.apply("""
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: tick, namespace: default}
                spec:
                  schedule: "*/5 * * * *"
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          restartPolicy: Never
                          containers: [{name: tick, image: busybox, command: [date]}]
                """);
        bed.pass(Duration.ofMinutes(4));
        assertThat(bed.client.batch().v1().jobs().inNamespace("default").list().getItems())
                .isEmpty();
        bed.pass(Duration.ofMinutes(7));
        assertThat(bed.client.batch().v1().jobs().inNamespace("default").list().getItems())
                .hasSize(2)
                .allSatisfy(job -> assertThat(job.getStatus().getSucceeded()).isEqualTo(1));
    }

    @Test
    void aDaemonSetRunsOnEachNode() {
        bed.apply("""
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: agent, namespace: default}
                spec:
                  selector: {matchLabels: {app: agent}}
                  template:
                    metadata: {labels: {app: agent}}
                    spec:
                      containers: [{name: agent, image: nginx}]
                """);
        bed.until(Duration.ofMinutes(1), () -> {
            var set = bed.client
                    .apps()
                    .daemonSets()
                    .inNamespace("default")
                    .withName("agent")
                    .get();
            return set.getStatus() != null
                    && Integer.valueOf(1).equals(set.getStatus().getNumberAvailable());
        });
    }

    private static final String SETTINGS = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: default}
            data: {color: blue}
            """;
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: default}
            spec:
              initContainers: [{name: init, image: busybox, command: [sh, -c, "echo made > /work/file"], volumeMounts: [{name: work, mountPath: /work}]}]
              containers:
              - name: main
                image: busybox
                command: [sh, -c, "%s"]
                env:
                - {name: COLOR, valueFrom: {configMapKeyRef: {name: settings, key: color}}}
                - {name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                volumeMounts: [{name: work, mountPath: /work}, {name: settings, mountPath: /etc/settings}]
              volumes:
              - {name: work, emptyDir: {}}
              - {name: settings, configMap: {name: settings, optional: true}}
            """;

    @Test
    void aPodWaitsForItsConfigMap() throws Exception {
        bed.apply(POD.formatted("cat /work/file; sleep infinity"));
        bed.pass(Duration.ofSeconds(10));
        var waiting =
                pod("p").getStatus().getContainerStatuses().get(0).getState().getWaiting();
        assertThat(waiting.getReason()).isEqualTo("CreateContainerConfigError");
        assertThat(waiting.getMessage()).isEqualTo("configmap \"settings\" not found");
        bed.apply(SETTINGS);
        bed.until(Duration.ofSeconds(20), () -> ready("p"));
        assertThat(run("p", "echo $COLOR $NAME $(cat /etc/settings/color)")).isEqualTo("0 blue p blue");
        assertThat(run("p", "echo x > /etc/settings/color")).startsWith("1 ").contains("Read-only file system");
        assertThat(bed.client.pods().inNamespace("default").withName("p").getLog())
                .isEqualTo("made\n");
    }

    @Test
    void aCrashingContainerBacksOff() {
        bed.apply(SETTINGS);
        bed.apply(POD.formatted("echo broken; exit 7"));
        bed.pass(Duration.ofSeconds(90));
        var status = pod("p").getStatus().getContainerStatuses().get(0);
        assertThat(status.getRestartCount()).isBetween(2, 5);
        assertThat(status.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
        assertThat(status.getLastState().getTerminated().getExitCode()).isEqualTo(7);
        assertThat(bed.client.v1().events().inNamespace("default").list().getItems())
                .extracting(event -> event.getReason())
                .contains("Scheduled", "Pulled", "Created", "Started", "BackOff");
    }

    @Test
    void aLivenessProbeRestartsItsContainer() {
        bed.apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p, namespace: default}
                spec:
                  containers:
                  - name: main
                    image: busybox
                    command: [sh, -c, "touch /tmp/well; sleep 10; rm /tmp/well; sleep infinity"]
                    livenessProbe: {exec: {command: [cat, /tmp/well]}, periodSeconds: 2, failureThreshold: 2}
                """);
        bed.until(Duration.ofMinutes(1), () -> {
            var statuses = pod("p").getStatus().getContainerStatuses();
            return !statuses.isEmpty() && statuses.get(0).getRestartCount() == 1;
        });
        bed.until(Duration.ofMinutes(1), () -> ready("p"));
    }

    @Test
    void theSameRunGivesTheSameEvents() {
        List<String> first = events();
        List<String> second = events();
        assertThat(first).hasSizeGreaterThan(20).isEqualTo(second);
    }

    private static List<String> events() {
        List<String> seen = new ArrayList<>();
        try (Bed bed = new Bed()) {
            bed.cluster
                    .world()
                    .state()
                    .onChange(change -> seen.add(change.type() + " " + change.ref() + " "
                            + bed.cluster.clock().instant()));
            bed.apply(DB);
            bed.apply(DeploymentTest.WEB);
            bed.pass(Duration.ofMinutes(1));
        }
        return seen;
    }
}
