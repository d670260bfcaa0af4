package dev.plumbline.simulation.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.SimulatedCluster;
import dev.plumbline.simulation.system.exporter.ExporterSystem;
import dev.plumbline.simulation.system.grafana.GrafanaSystem;
import dev.plumbline.simulation.system.prometheus.PrometheusSystem;
import dev.plumbline.simulation.system.qdrant.QdrantSystem;
import dev.plumbline.simulation.system.redis.RedisSystem;
import dev.plumbline.timing.Bell;
import dev.plumbline.timing.Clock;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prometheus, its exporters, Grafana, Redis and Qdrant together on the simulated cluster. */
class ObservabilityOnClusterTest {

    private static final String EXPORTERS = """
            {apiVersion: v1, kind: Namespace, metadata: {name: homelab}}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: node-exporter, namespace: homelab}
            spec:
              selector: {matchLabels: {app: node-exporter}}
              template:
                metadata: {labels: {app: node-exporter}}
                spec:
                  hostNetwork: true
                  containers:
                    - name: node-exporter
                      image: prom/node-exporter:v1.9.0
                      ports: [{name: metrics, containerPort: 9100}]
                      readinessProbe: {httpGet: {path: /, port: metrics}, periodSeconds: 2}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: node-exporter, namespace: homelab}
            spec: {clusterIP: None, selector: {app: node-exporter}, ports: [{port: 9100}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: redis, namespace: homelab}
            spec:
              selector: {matchLabels: {app: redis}}
              template:
                metadata: {labels: {app: redis}}
                spec:
                  containers:
                    - name: redis
                      image: redis:8.0.2
                      args: [redis-server, --appendonly, "yes"]
                      readinessProbe: {exec: {command: [redis-cli, ping]}, periodSeconds: 2}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: redis, namespace: homelab}
            spec: {selector: {app: redis}, ports: [{port: 6379}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: redis-exporter, namespace: homelab}
            spec:
              selector: {matchLabels: {app: redis-exporter}}
              template:
                metadata: {labels: {app: redis-exporter}}
                spec:
                  containers:
                    - name: exporter
                      image: oliver006/redis_exporter:v1.69.0
                      args: ["--redis.addr=redis://redis.homelab.svc.cluster.local:6379"]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: redis-exporter, namespace: homelab}
            spec: {selector: {app: redis-exporter}, ports: [{port: 9121}]}
            """;
    private static final String MONITORING = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: prometheus, namespace: homelab}
            data:
              prometheus.yml: |
                global: {scrape_interval: 15s}
                scrape_configs:
                  - job_name: prometheus
                    static_configs: [{targets: ["localhost:9090"]}]
                  - job_name: node
                    dns_sd_configs: [{names: [node-exporter.homelab.svc.cluster.local], type: A, port: 9100}]
                  - job_name: redis
                    static_configs: [{targets: ["redis-exporter.homelab.svc.cluster.local:9121"]}]
                  - job_name: pods
                    kubernetes_sd_configs: [{role: endpoints, namespaces: {names: [homelab]}}]
                    relabel_configs: [{source_labels: [__meta_kubernetes_service_name], action: keep, regex: qdrant}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: prometheus, namespace: homelab}
            spec:
              selector: {matchLabels: {app: prometheus}}
              template:
                metadata: {labels: {app: prometheus}}
                spec:
                  containers:
                    - name: prometheus
                      image: prom/prometheus:v2.53.3
                      args: ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"]
                      readinessProbe: {httpGet: {path: /-/ready, port: 9090}, periodSeconds: 2}
                      volumeMounts: [{name: config, mountPath: /etc/prometheus}]
                  volumes: [{name: config, configMap: {name: prometheus}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: prometheus, namespace: homelab}
            spec: {selector: {app: prometheus}, ports: [{port: 9090}]}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: grafana, namespace: homelab}
            data:
              datasources.yaml: |
                datasources:
                  - {name: Prometheus, uid: prometheus, type: prometheus, isDefault: true,
                     url: "http://prometheus.homelab.svc.cluster.local:9090", jsonData: {timeInterval: 15s}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: grafana, namespace: homelab}
            spec:
              selector: {matchLabels: {app: grafana}}
              template:
                metadata: {labels: {app: grafana}}
                spec:
                  containers:
                    - name: grafana
                      image: grafana/grafana:12.2.1
                      env: [{name: GF_AUTH_ANONYMOUS_ENABLED, value: "true"}]
                      readinessProbe: {httpGet: {path: /api/health, port: 3000}, periodSeconds: 2}
                      volumeMounts:
                        - {name: config, mountPath: /etc/grafana/provisioning/datasources/datasources.yaml, subPath: datasources.yaml}
                  volumes: [{name: config, configMap: {name: grafana}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: grafana, namespace: homelab}
            spec: {selector: {app: grafana}, ports: [{port: 3000}]}
            """;
    private static final String QDRANT = """
            apiVersion: v1
            kind: Service
            metadata: {name: qdrant, namespace: homelab}
            spec: {selector: {app: qdrant}, ports: [{name: http, port: 6333}]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: qdrant, namespace: homelab}
            spec:
              serviceName: qdrant
              selector: {matchLabels: {app: qdrant}}
              template:
                metadata: {labels: {app: qdrant}}
                spec:
                  containers:
                    - name: qdrant
                      image: qdrant/qdrant:v1.15.5
                      readinessProbe: {httpGet: {path: /readyz, port: 6333}, periodSeconds: 2}
                      volumeMounts: [{name: storage, mountPath: /qdrant/storage}]
                  VOLUMES
              volumeClaimTemplates:
                - metadata: {name: storage}
                  spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """;

    private SimulatedCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new SimulatedCluster(
                List.of(
                        new PrometheusSystem(),
                        new ExporterSystem(),
                        new GrafanaSystem(),
                        new QdrantSystem(),
                        new RedisSystem()),
                Instant.parse("2026-01-01T00:00:00Z"),
                Set.of());
        apply(EXPORTERS);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void apply(String yaml) {
        for (String document : yaml.split("(?m)^---$")) {
            HasMetadata object = Serialization.unmarshal("---\n" + document, GenericKubernetesResource.class);
            cluster.client().resource(object).serverSideApply();
        }
    }

    private void pass(Duration time) throws InterruptedException {
        try (Clock.Presence ignored = cluster.clock().enter()) {
            cluster.clock().await(new Bell(), cluster.clock().instant().plus(time));
        }
    }

    private JsonNode ask(String host, int port, String method, String path, String body) throws Exception {
        Map<String, String> headers = Map.of("content-type", "application/json");
        Program.Request request = new Program.Request(
                method, path, headers, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return new ObjectMapper()
                .readTree(cluster.world().send("homelab", host, port, request).body());
    }

    private JsonNode query(String expression) throws Exception {
        return ask("prometheus", 9090, "GET", "/api/v1/query?query=" + expression, "")
                .at("/data/result");
    }

    private JsonNode panel(String expression) throws Exception {
        String query = "{'from':'now-1h','to':'now','queries':[{'refId':'A','datasource':{'uid':'prometheus'},"
                + "'intervalMs':15000,'maxDataPoints':240,'expr':'" + expression + "'}]}";
        return ask("grafana", 3000, "POST", "/api/ds/query", query).at("/results/A");
    }

    private void scaleNodeExporterAway() {
        cluster.client()
                .apps()
                .daemonSets()
                .inNamespace("homelab")
                .withName("node-exporter")
                .delete();
    }

    @Test
    void panelsShowSamplesAsLongAsTheExporterIsThere() throws Exception {
        apply(MONITORING);
        pass(Duration.ofMinutes(3));
        assertThat(query("up==1")).hasSize(3);
        assertThat(query("redis_up").at("/0/value/1").asText()).isEqualTo("1");
        JsonNode frame = panel("rate(node_cpu_seconds_total{mode=\\\"idle\\\"}[$__rate_interval])")
                .at("/frames/0");
        JsonNode times = frame.at("/data/values/0");
        Instant newest = Instant.ofEpochMilli(times.get(times.size() - 1).asLong());
        assertThat(Duration.between(newest, cluster.clock().instant())).isLessThan(Duration.ofSeconds(30));
        assertThat(frame.at("/data/values/1/" + (times.size() - 1)).asDouble()).isBetween(0.8, 1.0);
        scaleNodeExporterAway();
        pass(Duration.ofMinutes(6));
        assertThat(query("node_time_seconds")).isEmpty();
        JsonNode left = panel("node_time_seconds").at("/frames/0/data/values/0");
        Instant last = Instant.ofEpochMilli(left.get(left.size() - 1).asLong());
        assertThat(Duration.between(last, cluster.clock().instant())).isGreaterThan(Duration.ofMinutes(4));
    }

    @Test
    void theExporterSaysThatRedisIsAway() throws Exception {
        apply(MONITORING);
        cluster.client()
                .apps()
                .deployments()
                .inNamespace("homelab")
                .withName("redis")
                .scale(0);
        pass(Duration.ofMinutes(1));
        assertThat(query("redis_up").at("/0/value/1").asText()).isEqualTo("0");
        assertThat(query("up{job=%22redis%22}").at("/0/value/1").asText()).isEqualTo("1");
        assertThat(query("redis_memory_used_bytes")).isEmpty();
    }

    @Test
    void aBrokenConfigurationKeepsPrometheusFromStarting() throws Exception {
        apply(MONITORING.replace("global: {scrape_interval: 15s}", "global: {scrape_intervall: 15s}"));
        pass(Duration.ofMinutes(1));
        var pod = cluster.client()
                .pods()
                .inNamespace("homelab")
                .withLabel("app", "prometheus")
                .list()
                .getItems()
                .get(0);
        assertThat(pod.getStatus().getContainerStatuses().get(0).getRestartCount())
                .isPositive();
        assertThat(cluster.client()
                        .pods()
                        .inNamespace("homelab")
                        .withName(pod.getMetadata().getName())
                        .terminated()
                        .getLog())
                .contains("field scrape_intervall not found in type config.plain");
    }

    private int pointsAfterARestart() throws Exception {
        pass(Duration.ofSeconds(30));
        ask("qdrant", 6333, "PUT", "/collections/c", "{'vectors':{'size':2,'distance':'Cosine'}}");
        String points = "{'points':[{'id':1,'vector':[1,2]},{'id':2,'vector':[2,1]}]}";
        ask("qdrant", 6333, "PUT", "/collections/c/points?wait=true", points);
        assertThat(ask("qdrant", 6333, "GET", "/collections/c", "")
                        .at("/result/points_count")
                        .asInt())
                .isEqualTo(2);
        cluster.client().pods().inNamespace("homelab").withName("qdrant-0").delete();
        pass(Duration.ofMinutes(1));
        return ask("qdrant", 6333, "POST", "/collections/c/points/count", "{}")
                .at("/result/count")
                .asInt(0);
    }

    @Test
    void qdrantKeepsItsPointsOnAClaim() throws Exception {
        apply(QDRANT.replace("VOLUMES", "volumes: []"));
        assertThat(pointsAfterARestart()).isEqualTo(2);
    }

    @Test
    void qdrantLosesItsPointsWithAnEmptyDirectory() throws Exception {
        apply(QDRANT.replace("VOLUMES", "volumes: [{name: storage, emptyDir: {}}]")
                .replaceFirst("(?s)  volumeClaimTemplates.*", ""));
        assertThat(pointsAfterARestart()).isZero();
    }
}
