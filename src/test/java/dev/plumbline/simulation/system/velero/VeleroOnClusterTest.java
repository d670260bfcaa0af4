package dev.plumbline.simulation.system.velero;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.SimulatedCluster;
import dev.plumbline.simulation.system.minio.MinioSystem;
import dev.plumbline.simulation.system.postgres.PostgresSystem;
import dev.plumbline.timing.Bell;
import dev.plumbline.timing.Clock;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A PostgreSQL namespace, backed up to MinIO, deleted and restored on the simulated cluster. */
class VeleroOnClusterTest {

    private static final String SUM =
            "psql -tAc \"SELECT count(*) || ' ' || md5(string_agg(body, ',' ORDER BY id)) FROM t\"";
    private static final String VELERO = """
            {apiVersion: v1, kind: Namespace, metadata: {name: velero}}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: minio, namespace: velero}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: minio, namespace: velero}
            spec:
              selector: {matchLabels: {app: minio}}
              template:
                metadata: {labels: {app: minio}}
                spec:
                  initContainers: [{name: bucket, image: "busybox:1.36", command: [mkdir, -p, /data/velero], volumeMounts: [{name: data, mountPath: /data}]}]
                  containers:
                    - name: minio
                      image: minio/minio:RELEASE.2025-10-15T17-29-55Z
                      args: [server, /data]
                      readinessProbe: {httpGet: {path: /minio/health/ready, port: 9000}}
                      volumeMounts: [{name: data, mountPath: /data}]
                  volumes: [{name: data, persistentVolumeClaim: {claimName: minio}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: minio, namespace: velero}
            spec: {selector: {app: minio}, ports: [{port: 9000}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: velero, namespace: velero}
            spec:
              selector: {matchLabels: {deploy: velero}}
              template:
                metadata: {labels: {deploy: velero}}
                spec:
                  initContainers:
                    - {name: crds, image: "velero/velero:v1.14.1", command: [/velero, install, --crds-only]}
                    - {name: plugin, image: "velero/velero-plugin-for-aws:v1.14.3", volumeMounts: [{name: plugins, mountPath: /target}]}
                  containers:
                    - name: velero
                      image: velero/velero:v1.14.1
                      command: [/velero]
                      args: [server]
                      env: [{name: AWS_ACCESS_KEY_ID, value: minioadmin}]
                      volumeMounts: [{name: plugins, mountPath: /plugins}]
                  volumes: [{name: plugins, emptyDir: {}}]
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: node-agent, namespace: velero}
            spec:
              selector: {matchLabels: {name: node-agent}}
              template:
                metadata: {labels: {name: node-agent}}
                spec:
                  initContainers: [{name: crds, image: "velero/velero:v1.14.1", command: [/velero, install, --crds-only]}]
                  containers: [{name: node-agent, image: "velero/velero:v1.14.1", command: [/velero], args: [node-agent, server]}]
            """;
    private static final String LOCATION = """
            apiVersion: velero.io/v1
            kind: BackupStorageLocation
            metadata: {name: default, namespace: velero}
            spec:
              provider: aws
              default: true
              objectStorage: {bucket: velero}
              config: {region: minio, s3ForcePathStyle: "true", s3Url: "http://minio.velero.svc.cluster.local:9000"}
            """;
    private static final String DATABASE = """
            {apiVersion: v1, kind: Namespace, metadata: {name: databases}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: postgres, namespace: databases}
            spec: {clusterIP: None, selector: {app: postgres}, ports: [{port: 5432}]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: postgres, namespace: databases}
            spec:
              serviceName: postgres
              selector: {matchLabels: {app: postgres}}
              template:
                metadata: {labels: {app: postgres}}
                spec:
                  containers:
                    - name: postgres
                      image: postgres:17
                      env: [{name: POSTGRES_PASSWORD, value: secret}, {name: PGUSER, value: postgres}]
                      readinessProbe: {exec: {command: [pg_isready]}}
                      volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]
              volumeClaimTemplates:
                - metadata: {name: data}
                  spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: databases}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: "nginx:1.26.3"}]}
            """;

    private SimulatedCluster cluster;
    private KubernetesClient client;
    private String sum = "";

    @BeforeEach
    void startEverything() throws Exception {
        cluster = new SimulatedCluster(
                List.of(new VeleroSystem(), new MinioSystem(), new PostgresSystem()),
                Instant.parse("2026-01-01T00:00:00Z"),
                Set.of());
        client = cluster.client();
        apply(VELERO);
        apply(DATABASE);
        pass(Duration.ofSeconds(30));
        apply(LOCATION);
        pass(Duration.ofSeconds(5));
        run("psql -c \"CREATE TABLE t(id int primary key, body text);"
                + " INSERT INTO t SELECT g, md5(g::text) FROM generate_series(1,1000) g\"");
        sum = run(SUM).out();
        assertThat(sum).startsWith("1000 ");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void apply(String yaml) {
        for (String document : yaml.split("(?m)^---$")) {
            HasMetadata object = Serialization.unmarshal("---\n" + document, GenericKubernetesResource.class);
            client.resource(object).serverSideApply();
        }
    }

    private CommandResult run(String command) throws Exception {
        return cluster.run("databases", "postgres-0", command, Duration.ofSeconds(30));
    }

    private void pass(Duration time) throws InterruptedException {
        try (Clock.Presence ignored = cluster.clock().enter()) {
            cluster.clock().await(new Bell(), cluster.clock().instant().plus(time));
        }
    }

    private String phase(Kind kind, String name) {
        return cluster.world()
                .state()
                .get(new ObjectRef(kind, "velero", name))
                .map(Velero::phase)
                .orElse("gone");
    }

    private void backUpLoseAndRestore(String more) throws InterruptedException {
        apply("{apiVersion: velero.io/v1, kind: Backup, metadata: {name: one, namespace: velero},"
                + " spec: {includedNamespaces: [databases]" + more + "}}");
        pass(Duration.ofSeconds(20));
        assertThat(phase(Velero.BACKUP, "one")).isEqualTo("Completed");
        client.namespaces().withName("databases").delete();
        pass(Duration.ofSeconds(30));
        assertThat(client.namespaces().withName("databases").get()).isNull();
        apply(
                "{apiVersion: velero.io/v1, kind: Restore, metadata: {name: again, namespace: velero}, spec: {backupName: one}}");
        pass(Duration.ofSeconds(60));
        assertThat(phase(Velero.RESTORE, "again")).isEqualTo("Completed");
    }

    @Test
    void bringsBackTheRowsOfALostNamespace() throws Exception {
        backUpLoseAndRestore(", defaultVolumesToFsBackup: true");
        assertThat(run(SUM).out()).isEqualTo(sum);
        List<Pod> pods = client.pods().inNamespace("databases").list().getItems();
        assertThat(pods)
                .hasSize(2)
                .allSatisfy(it -> assertThat(it.getMetadata().getOwnerReferences())
                        .anyMatch(owner -> owner.getKind().matches("StatefulSet|ReplicaSet")));
        assertThat(client.apps().replicaSets().inNamespace("databases").list().getItems())
                .singleElement()
                .satisfies(
                        it -> assertThat(it.getMetadata().getOwnerReferences()).hasSize(1));
        assertThat(cluster.world().state().list(Velero.VOLUME_BACKUP, "velero")).hasSize(1);
    }

    @Test
    void bringsBackAnEmptyDatabaseWhenVolumesWereLeftOut() throws Exception {
        backUpLoseAndRestore("");
        assertThat(run(SUM).err()).contains("relation \"t\" does not exist");
        assertThat(cluster.world().state().list(Velero.VOLUME_BACKUP, "velero")).isEmpty();
    }

    @Test
    void bringsBackAnEmptyDatabaseFromAVolumeOfTypeHostPath() throws Exception {
        client.apps()
                .statefulSets()
                .inNamespace("databases")
                .withName("postgres")
                .delete();
        client.persistentVolumeClaims().inNamespace("databases").delete();
        pass(Duration.ofSeconds(10));
        apply(DATABASE.replace(
                "metadata: {name: data}", "metadata: {name: data, annotations: {volumeType: hostPath}}"));
        pass(Duration.ofSeconds(20));
        run("psql -c 'CREATE TABLE t(id int)'");
        backUpLoseAndRestore(", defaultVolumesToFsBackup: true");
        assertThat(run("psql -c 'SELECT * FROM t'").err()).contains("relation \"t\" does not exist");
    }
}
