package dev.plumbline.simulation.system.prometheus;

import static dev.plumbline.simulation.system.TinyWorld.get;
import static dev.plumbline.simulation.system.TinyWorld.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.simulation.ImageModel.StartFailure;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.system.TinyWorld;
import dev.plumbline.simulation.system.TinyWorld.MemoryFiles;
import dev.plumbline.simulation.system.TinyWorld.Page;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTest {

    private static final String CONFIG = """
            global:
              scrape_interval: 15s
            scrape_configs:
              - job_name: web
                static_configs:
                  - targets: ["web:80"]
                    labels: {zone: a}
            """;

    private final TinyWorld world = new TinyWorld();
    private final MemoryFiles files = new MemoryFiles().with("/etc/prometheus/prometheus.yml", CONFIG);
    private final Page web = new Page(80, "# TYPE hits counter\nhits{code=\"200\"} 5\nload 0.5\n");

    private Program start(String... args) throws StartFailure {
        world.serve("web", web);
        return new PrometheusSystem()
                .images()
                .get(0)
                .start(world.start(
                        "prom/prometheus:v2.53.3", List.of(args), Map.of(), files, List.of("/prometheus", "/etc/x")));
    }

    private static JsonNode json(Program program, String path) throws Exception {
        Program.Reply reply = get(program, 9090, path);
        return new ObjectMapper().readTree(reply.body());
    }

    private static JsonNode query(Program program, String query) throws Exception {
        return json(program, "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .at("/data/result");
    }

    @Test
    void scrapesItsTargetsInVirtualTime() throws Exception {
        Program prometheus = start();
        assertThat(query(prometheus, "up")).isEmpty();
        world.pass(Duration.ofSeconds(16));
        JsonNode up = query(prometheus, "up");
        assertThat(up.at("/0/metric").toString())
                .isEqualTo("{\"__name__\":\"up\",\"instance\":\"web:80\",\"job\":\"web\",\"zone\":\"a\"}");
        assertThat(up.at("/0/value/1").asText()).isEqualTo("1");
        assertThat(query(prometheus, "hits{code=\"200\"}").at("/0/value/1").asText())
                .isEqualTo("5");
        assertThat(query(prometheus, "scrape_samples_scraped").at("/0/value/1").asText())
                .isEqualTo("2");
        assertThat(json(prometheus, "/api/v1/metadata").at("/data/hits/0/type").asText())
                .isEqualTo("counter");
    }

    @Test
    void marksSeriesOfADeadTargetAsEnded() throws Exception {
        Program prometheus = start();
        world.pass(Duration.ofSeconds(16));
        world.unserve("web");
        world.pass(Duration.ofSeconds(15));
        assertThat(query(prometheus, "hits")).isEmpty();
        assertThat(query(prometheus, "up").at("/0/value/1").asText()).isEqualTo("0");
        JsonNode target = json(prometheus, "/api/v1/targets").at("/data/activeTargets/0");
        assertThat(target.path("health").asText()).isEqualTo("down");
        assertThat(target.path("lastError").asText()).startsWith("Get \"http://web:80/metrics\"");
    }

    @Test
    void answersRangesAndForms() throws Exception {
        Program prometheus = start();
        world.pass(Duration.ofMinutes(2));
        long now = world.clock().instant().getEpochSecond();
        JsonNode range =
                json(prometheus, "/api/v1/query_range?query=load&step=15s&start=" + (now - 60) + "&end=" + now);
        assertThat(range.at("/data/resultType").asText()).isEqualTo("matrix");
        assertThat(range.at("/data/result/0/values")).hasSize(5);
        Program.Reply form = prometheus.answer(
                9090,
                new Program.Request(
                        "POST",
                        "/api/v1/query",
                        Map.of("content-type", "application/x-www-form-urlencoded"),
                        "query=up%3D%3D1".getBytes(StandardCharsets.UTF_8)));
        assertThat(text(form)).contains("\"resultType\":\"vector\"").contains("\"1\"");
    }

    @Test
    void wordsErrorsAsTheRealOne() throws Exception {
        Program prometheus = start();
        Program.Reply reply = get(prometheus, 9090, "/api/v1/query?query=up%7B");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(text(reply))
                .startsWith(
                        "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"invalid parameter \\\"query\\\":"
                                + " 1:4: parse error: unexpected end of input");
        assertThat(get(prometheus, 9090, "/api/v1/nope").status()).isEqualTo(404);
        assertThat(json(prometheus, "/api/v1/query_range?query=up&start=1&end=2&step=0")
                        .path("error")
                        .asText())
                .contains("zero or negative query resolution step widths are not accepted");
        assertThat(text(get(prometheus, 9090, "/-/ready"))).isEqualTo("Prometheus Server is Ready.\n");
    }

    @Test
    void refusesABadConfigurationAndSaysWhere() {
        files.with("/etc/prometheus/prometheus.yml", "global:\n  scrape_intervall: 15s\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("msg=\"Error loading config (--config.file=/etc/prometheus/prometheus.yml)\"")
                .hasMessageContaining("line 2: field scrape_intervall not found in type config.plain");
        assertThatThrownBy(() -> start("--config.fil=x")).hasMessageContaining("unknown long flag '--config.fil'");
    }

    @Test
    void keepsSamplesOnItsVolumeOverARestart() throws Exception {
        Program first = start("--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus");
        world.pass(Duration.ofSeconds(16));
        first.close();
        Program second = start("--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus");
        assertThat(query(second, "hits").at("/0/value/1").asText()).isEqualTo("5");
        first.close();
    }

    @Test
    void losesSamplesOfTheContainersOwnLayer() throws Exception {
        Program first = start("--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/data");
        world.pass(Duration.ofSeconds(16));
        first.close();
        assertThat(files.list("/data")).isEmpty();
    }

    @Test
    void firesAlertsAfterTheirTime() throws Exception {
        files.with("/etc/prometheus/prometheus.yml", CONFIG + "rule_files: [rules/*.yml]\n")
                .with("/etc/prometheus/rules/a.yml", """
                        groups:
                          - name: g
                            interval: 15s
                            rules:
                              - record: job:load:sum
                                expr: sum by (job) (load)
                              - alert: Down
                                expr: up == 0
                                for: 1m
                                labels: {severity: page}
                                annotations: {summary: "{{ $labels.instance }} is {{ $value }}"}
                        """);
        Program prometheus = start();
        world.pass(Duration.ofSeconds(31));
        assertThat(query(prometheus, "job:load:sum").at("/0/value/1").asText()).isEqualTo("0.5");
        assertThat(json(prometheus, "/api/v1/alerts").at("/data/alerts")).isEmpty();
        world.unserve("web");
        world.pass(Duration.ofSeconds(31));
        assertThat(json(prometheus, "/api/v1/alerts").at("/data/alerts/0/state").asText())
                .isEqualTo("pending");
        world.pass(Duration.ofMinutes(1));
        JsonNode alert = json(prometheus, "/api/v1/alerts").at("/data/alerts/0");
        assertThat(alert.path("state").asText()).isEqualTo("firing");
        assertThat(alert.at("/annotations/summary").asText()).isEqualTo("web:80 is 0");
        assertThat(query(prometheus, "ALERTS{alertstate=\"firing\",severity=\"page\"}"))
                .hasSize(1);
        assertThat(json(prometheus, "/api/v1/rules")
                        .at("/data/groups/0/rules/1/state")
                        .asText())
                .isEqualTo("firing");
        world.serve("web", web);
        world.pass(Duration.ofSeconds(31));
        assertThat(json(prometheus, "/api/v1/alerts").at("/data/alerts")).isEmpty();
        assertThat(query(prometheus, "ALERTS")).isEmpty();
    }

    @Test
    void refusesRulesThatDoNotParse() {
        files.with("/etc/prometheus/prometheus.yml", "rule_files: [/etc/prometheus/r.yml]\n")
                .with("/etc/prometheus/r.yml", "groups:\n- name: g\n  rules:\n  - {alert: A, expr: 'up =='}\n");
        assertThatThrownBy(this::start).hasMessageContaining("could not parse expression");
    }

    @Test
    void findsPodsBehindServicesAndRelabelsThem() throws Exception {
        world.with(new EndpointsBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .withNamespace("shop")
                        .endMetadata()
                        .addNewSubset()
                        .addNewAddress()
                        .withIp("10.0.0.7")
                        .withNewTargetRef()
                        .withKind("Pod")
                        .withName("web-0")
                        .endTargetRef()
                        .endAddress()
                        .addNewPort()
                        .withName("http")
                        .withPort(80)
                        .endPort()
                        .endSubset()
                        .build())
                .with(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .withNamespace("shop")
                        .addToAnnotations("prometheus.io/scrape", "true")
                        .endMetadata()
                        .build())
                .with(new PodBuilder()
                        .withNewMetadata()
                        .withName("web-0")
                        .withNamespace("shop")
                        .addToLabels("app.kubernetes.io/name", "web")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("c")
                        .endContainer()
                        .endSpec()
                        .withNewStatus()
                        .withPodIP("10.0.0.7")
                        .endStatus()
                        .build());
        world.serve("10.0.0.7", web);
        files.with("/etc/prometheus/prometheus.yml", """
                scrape_configs:
                  - job_name: services
                    scrape_interval: 10s
                    kubernetes_sd_configs: [{role: endpoints}]
                    relabel_configs:
                      - {source_labels: [__meta_kubernetes_service_annotation_prometheus_io_scrape], action: keep, regex: "true"}
                      - {source_labels: [__meta_kubernetes_namespace, __meta_kubernetes_pod_name], target_label: pod, separator: /}
                      - {action: labelmap, regex: __meta_kubernetes_pod_label_(.+)}
                    metric_relabel_configs:
                      - {source_labels: [__name__], action: drop, regex: load}
                """);
        Program prometheus = start();
        world.pass(Duration.ofSeconds(11));
        assertThat(query(prometheus, "hits").at("/0/metric").toString())
                .isEqualTo("{\"__name__\":\"hits\",\"app_kubernetes_io_name\":\"web\",\"code\":\"200\","
                        + "\"instance\":\"10.0.0.7:80\",\"job\":\"services\",\"pod\":\"shop/web-0\"}");
        assertThat(query(prometheus, "load")).isEmpty();
    }

    @Test
    void findsTheEndpointsOfAHeadlessServiceByName() throws Exception {
        world.with(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .withNamespace("shop")
                        .endMetadata()
                        .withNewSpec()
                        .withClusterIP("None")
                        .endSpec()
                        .build())
                .with(new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withName("web-x")
                        .withNamespace("shop")
                        .addToLabels("kubernetes.io/service-name", "web")
                        .endMetadata()
                        .addNewEndpoint()
                        .withAddresses("10.0.0.7")
                        .endEndpoint()
                        .build());
        world.serve("10.0.0.7", web);
        files.with("/etc/prometheus/prometheus.yml", """
                scrape_configs:
                  - job_name: dns
                    scrape_interval: 10s
                    dns_sd_configs: [{names: [web.shop.svc.cluster.local], type: A, port: 80}]
                """);
        Program prometheus = start();
        world.pass(Duration.ofSeconds(11));
        assertThat(query(prometheus, "up").at("/0/metric/instance").asText()).isEqualTo("10.0.0.7:80");
    }

    @Test
    void showsMetricsOfItsOwn() throws Exception {
        files.with(
                "/etc/prometheus/prometheus.yml",
                "scrape_configs: [{job_name: prometheus, scrape_interval: 5s, static_configs: [{targets: ['localhost:9090']}]}]");
        Program prometheus = start();
        world.pass(Duration.ofSeconds(60));
        assertThat(query(prometheus, "prometheus_build_info")
                        .at("/0/metric/version")
                        .asText())
                .isEqualTo("2.53.3");
        assertThat(query(prometheus, "time() - process_start_time_seconds")
                        .at("/0/value/1")
                        .asDouble())
                .isEqualTo(60);
        assertThat(query(prometheus, "rate(process_cpu_seconds_total[1m]) > 0")).hasSize(1);
    }
}
