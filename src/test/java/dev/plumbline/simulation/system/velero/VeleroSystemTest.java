package dev.plumbline.simulation.system.velero;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.system.FakeFiles;
import dev.plumbline.simulation.system.FakeWorld;
import dev.plumbline.simulation.system.minio.MinioSystem;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VeleroSystemTest {

    private static final Pod SERVER = new PodBuilder()
            .withNewMetadata()
            .withNamespace("velero")
            .withName("velero-0")
            .endMetadata()
            .withNewSpec()
            .withNodeName("node-1")
            .endSpec()
            .build();
    private static final ObjectRef POD = new ObjectRef(new Kind("", "v1", "Pod", "pods", true), "db", "pg-0");
    private static final ObjectRef CLAIM =
            new ObjectRef(new Kind("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", true), "db", "data");

    private final FakeWorld world = new FakeWorld();
    private final FakeFiles drive = new FakeFiles();
    private final FakeFiles volume = new FakeFiles();
    private final VeleroSystem velero = new VeleroSystem();
    private Program agent;

    @BeforeEach
    void startVelero() throws Exception {
        drive.makeDirectory("/data/velero");
        ImageModel minio = new MinioSystem().images().get(0);
        Container command = new ContainerBuilder()
                .withImage("minio/minio:x")
                .withCommand("minio", "server", "/data")
                .build();
        world.put(
                "minio.velero.svc", minio.start(new ImageModel.Start(SERVER, command, Map.of(), drive, world)), drive);
        FakeFiles files = new FakeFiles();
        files.write("/plugins/velero-plugin-for-aws", new byte[0]);
        run(files, "server");
        agent = run(files, "node-agent", "server");
        create("""
                apiVersion: velero.io/v1
                kind: BackupStorageLocation
                metadata: {name: default, namespace: velero}
                spec:
                  provider: aws
                  default: true
                  objectStorage: {bucket: velero}
                  config: {region: minio, s3ForcePathStyle: "true", s3Url: "http://minio.velero.svc:9000"}
                """);
        createDatabase("csi: {driver: x}");
        volume.write("/data/rows", "precious".getBytes(StandardCharsets.UTF_8));
        world.put("db/pg-0/postgres", null, volume);
        world.pass(Duration.ofSeconds(5));
    }

    private Program run(FakeFiles files, String... words) throws ImageModel.StartFailure {
        Container container = new ContainerBuilder()
                .withImage("velero/velero:v1.14.1")
                .withCommand("/velero")
                .withArgs(words)
                .build();
        Map<String, String> env = Map.of("AWS_ACCESS_KEY_ID", "minioadmin");
        return velero.images().get(0).start(new ImageModel.Start(SERVER, container, env, files, world));
    }

    private void createDatabase(String source) {
        create("{apiVersion: v1, kind: Namespace, metadata: {name: db, labels: {team: home}}}");
        create("{apiVersion: v1, kind: PersistentVolume, metadata: {name: pv-1}, spec: {" + source + "}}");
        create(
                "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data, namespace: db}, spec: {volumeName: pv-1}}");
        create("""
                apiVersion: v1
                kind: Pod
                metadata: {name: pg-0, namespace: db, labels: {app: pg}}
                spec:
                  nodeName: node-1
                  containers: [{name: postgres, image: postgres:17, volumeMounts: [{name: data, mountPath: /data}]}]
                  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
                status: {phase: Running}
                """);
    }

    private void create(String yaml) {
        world.state().create(Serialization.unmarshal("---\n" + yaml, GenericKubernetesResource.class));
    }

    private void backUp(String name, String more) throws InterruptedException {
        create("{apiVersion: velero.io/v1, kind: Backup, metadata: {name: " + name
                + ", namespace: velero}, spec: {includedNamespaces: [db]" + more + "}}");
        world.pass(Duration.ofSeconds(30));
    }

    private void restore(String name) {
        create(
                "{apiVersion: velero.io/v1, kind: Restore, metadata: {name: again, namespace: velero}, spec: {backupName: "
                        + name + "}}");
    }

    private String phase(Kind kind, String name) {
        return world.state()
                .get(new ObjectRef(kind, "velero", name))
                .map(Velero::phase)
                .orElse("gone");
    }

    private List<GenericKubernetesResource> volumeBackups() {
        return world.state().list(Velero.VOLUME_BACKUP, "velero");
    }

    private void loseTheNamespace() {
        world.remove("db/pg-0/postgres");
        world.state().delete(POD);
        world.state().delete(CLAIM);
    }

    @Test
    void bringsBackTheFilesOfAVolume() throws Exception {
        backUp("full", ", defaultVolumesToFsBackup: true");
        assertThat(phase(Velero.BACKUP, "full")).isEqualTo("Completed");
        assertThat(volumeBackups()).singleElement().satisfies(it -> {
            assertThat(Velero.phase(it)).isEqualTo("Completed");
            assertThat(it.getMetadata().getAnnotations()).containsEntry("velero.io/pvc-name", "data");
        });
        loseTheNamespace();
        restore("full");
        world.pass(Duration.ofSeconds(5));
        assertThat(phase(Velero.RESTORE, "again")).isEqualTo("InProgress");
        assertThat(world.state().get(CLAIM).orElseThrow().<Object>get("spec", "volumeName"))
                .isNull();
        FakeFiles fresh = waitingPod();
        world.pass(Duration.ofSeconds(5));
        assertThat(fresh.read("/restores/data/rows"))
                .hasValueSatisfying(it -> assertThat(it).asString().isEqualTo("precious"));
        assertThat(phase(Velero.RESTORE, "again")).isEqualTo("Completed");
    }

    /** Starts what the node would: the first container of the restored pod, on the node with the agent. */
    private FakeFiles waitingPod() throws ImageModel.StartFailure {
        world.state().edit(Pod.class, "db", "pg-0", pod -> {
            pod.getSpec().setNodeName("node-1");
            return pod;
        });
        Pod pod = world.state().get(Pod.class, "db", "pg-0").orElseThrow();
        Container wait = pod.getSpec().getInitContainers().get(0);
        FakeFiles files = new FakeFiles();
        ImageModel helper = velero.images().stream()
                .filter(it -> it.runs(wait.getImage()))
                .findFirst()
                .orElseThrow();
        world.put("db/pg-0/restore-wait", helper.start(new ImageModel.Start(pod, wait, Map.of(), files, world)), files);
        return files;
    }

    @Test
    void completesWithoutAnyDataWhenVolumesAreNotAskedFor() throws Exception {
        backUp("objects", "");
        assertThat(phase(Velero.BACKUP, "objects")).isEqualTo("Completed");
        assertThat(volumeBackups()).isEmpty();
        loseTheNamespace();
        restore("objects");
        world.pass(Duration.ofSeconds(10));
        assertThat(phase(Velero.RESTORE, "again")).isEqualTo("Completed");
        assertThat(world.state()
                        .get(Pod.class, "db", "pg-0")
                        .orElseThrow()
                        .getSpec()
                        .getInitContainers())
                .isEmpty();
    }

    @Test
    void skipsAVolumeOfTypeHostPathAndCompletes() throws Exception {
        createDatabase("hostPath: {path: /srv}");
        backUp("silent", ", defaultVolumesToFsBackup: true");
        assertThat(phase(Velero.BACKUP, "silent")).isEqualTo("Completed");
        assertThat(volumeBackups()).isEmpty();
    }

    @Test
    void failsInPartWithoutANodeAgent() throws Exception {
        agent.close();
        backUp("alone", ", defaultVolumesToFsBackup: true");
        assertThat(phase(Velero.BACKUP, "alone")).isEqualTo("PartiallyFailed");
    }

    @Test
    void refusesABackupWhileTheStoreIsAway() throws Exception {
        world.remove("minio.velero.svc");
        world.pass(Duration.ofSeconds(70));
        assertThat(phase(Velero.LOCATION, "default")).isEqualTo("Unavailable");
        backUp("nowhere", "");
        assertThat(phase(Velero.BACKUP, "nowhere")).isEqualTo("FailedValidation");
    }

    @Test
    void makesBackupsOfASchedule() throws Exception {
        create(
                "{apiVersion: velero.io/v1, kind: Schedule, metadata: {name: often, namespace: velero, creationTimestamp: \"2026-01-01T00:00:00Z\"},"
                        + " spec: {schedule: '*/5 * * * *', template: {includedNamespaces: [db], ttl: 24h0m0s}}}");
        world.pass(Duration.ofMinutes(11));
        List<GenericKubernetesResource> backups = world.state().list(Velero.BACKUP, "velero");
        assertThat(backups).hasSize(2).allSatisfy(it -> {
            assertThat(Velero.phase(it)).isEqualTo("Completed");
            assertThat(it.getMetadata().getName()).startsWith("often-20260101");
        });
    }

    @Test
    void knowsBackupsThatOnlyTheStoreHas() throws Exception {
        backUp("full", "");
        world.state().delete(new ObjectRef(Velero.BACKUP, "velero", "full"));
        world.pass(Duration.ofSeconds(65));
        assertThat(phase(Velero.BACKUP, "full")).isEqualTo("Completed");
    }

    @Test
    void definesItsKinds() {
        assertThat(VeleroCrds.objects())
                .extracting(it -> it.getMetadata().getName())
                .contains("backups.velero.io");
        assertThat(VeleroCrds.objects())
                .allSatisfy(it -> assertThat(it.<Object>get("spec", "versions")).isNotNull());
        assertThat(Serialization.asJson(VeleroCrds.objects().get(1)))
                .contains("\"existingResourcePolicy\"")
                .contains("matchExpressions");
    }
}
