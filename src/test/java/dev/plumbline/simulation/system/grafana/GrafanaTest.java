package dev.plumbline.simulation.system.grafana;

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
import dev.plumbline.simulation.system.prometheus.PrometheusSystem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrafanaTest {

    private static final Map<String, String> ANONYMOUS =
            Map.of("GF_AUTH_ANONYMOUS_ENABLED", "true", "GF_AUTH_ANONYMOUS_ORG_ROLE", "Viewer");

    private final TinyWorld world = new TinyWorld();
    private final MemoryFiles files = new MemoryFiles()
            .with(
                    "/etc/grafana/provisioning/datasources/d.yaml",
                    "apiVersion: 1\ndatasources: [{name: Prometheus, uid: prometheus, type: prometheus,"
                            + " url: 'http://prometheus:9090', isDefault: true, jsonData: {timeInterval: 15s}}]")
            .with(
                    "/etc/grafana/provisioning/dashboards/d.yaml",
                    "apiVersion: 1\nproviders: [{name: default, folder: Homelab, type: file,"
                            + " options: {path: /var/lib/grafana/dashboards}}]")
            .with("/var/lib/grafana/dashboards/one.json", "{\"uid\":\"one\",\"title\":\"The First\",\"panels\":[]}");

    private Program start(Map<String, String> env) throws StartFailure {
        return new GrafanaSystem()
                .images()
                .get(0)
                .start(world.start("grafana/grafana:12.2.1", List.of(), env, files, List.of()));
    }

    private Page prometheusOver(String page) throws Exception {
        Page target = new Page(80, page);
        world.serve("web", target);
        MemoryFiles config = new MemoryFiles()
                .with(
                        "/etc/prometheus/prometheus.yml",
                        "global: {scrape_interval: 15s}\n"
                                + "scrape_configs: [{job_name: web, static_configs: [{targets: ['web:80']}]}]");
        world.serve(
                "prometheus",
                new PrometheusSystem()
                        .images()
                        .get(0)
                        .start(world.start("prom/prometheus:v2.53.3", List.of(), Map.of(), config, List.of())));
        return target;
    }

    private static JsonNode json(Program.Reply reply) throws Exception {
        return new ObjectMapper().readTree(reply.body());
    }

    private static Program.Reply get(Program grafana, String path) {
        return TinyWorld.get(grafana, 3000, path);
    }

    private static Program.Reply query(Program grafana, String queries) {
        String body = "{'from':'now-1h','to':'now','queries':[" + queries + "]}";
        return TinyWorld.send(grafana, 3000, "POST", "/api/ds/query", body.replace('\'', '"'));
    }

    @Test
    void showsProvisionedDashboards() throws Exception {
        Program grafana = start(ANONYMOUS);
        assertThat(json(get(grafana, "/api/health")).path("database").asText()).isEqualTo("ok");
        JsonNode found = json(get(grafana, "/api/search?type=dash-db&limit=5000"));
        assertThat(found).hasSize(1);
        assertThat(found.at("/0/url").asText()).isEqualTo("/d/one/the-first");
        JsonNode meta = json(get(grafana, "/api/dashboards/uid/one")).path("meta");
        assertThat(meta.path("provisioned").asBoolean()).isTrue();
        assertThat(meta.path("provisionedExternalId").asText()).isEqualTo("one.json");
        assertThat(meta.path("folderTitle").asText()).isEqualTo("Homelab");
        assertThat(get(grafana, "/api/dashboards/uid/two").status()).isEqualTo(404);
    }

    @Test
    void refusesTheWrapperOfTheImportInterface() throws Exception {
        files.with("/var/lib/grafana/dashboards/two.json", "{\"dashboard\":{\"title\":\"x\"},\"overwrite\":true}");
        Program grafana = start(ANONYMOUS);
        assertThat(json(get(grafana, "/api/search?type=dash-db"))).hasSize(1);
        assertThat(grafana.log())
                .contains("error=\"Dashboard title cannot be empty\"")
                .contains("two.json");
    }

    @Test
    void readsDashboardsAgainAfterAWhile() throws Exception {
        Program grafana = start(ANONYMOUS);
        files.with("/var/lib/grafana/dashboards/two.json", "{\"uid\":\"two\",\"title\":\"Second\"}");
        assertThat(json(get(grafana, "/api/search"))).hasSize(2);
        world.pass(Duration.ofSeconds(11));
        assertThat(json(get(grafana, "/api/search"))).hasSize(3);
    }

    @Test
    void letsInWhomItWasTold() throws Exception {
        Program grafana = start(Map.of("GF_SECURITY_ADMIN_PASSWORD", "pw"));
        assertThat(get(grafana, "/api/search").status()).isEqualTo(401);
        assertThat(get(grafana, "/api/health").status()).isEqualTo(200);
        String basic = Base64.getEncoder().encodeToString("admin:pw".getBytes(StandardCharsets.UTF_8));
        Program.Request admin = new Program.Request(
                "GET", "/api/datasources/uid/prometheus", Map.of("authorization", "Basic " + basic), new byte[0]);
        assertThat(json(grafana.answer(3000, admin)).path("readOnly").asBoolean())
                .isTrue();
        assertThat(get(start(ANONYMOUS), "/api/datasources").status()).isEqualTo(403);
    }

    @Test
    void answersPanelsWithFrames() throws Exception {
        prometheusOver("load 0.5\nhits 3\n");
        Program grafana = start(ANONYMOUS);
        world.pass(Duration.ofMinutes(10));
        JsonNode answer = json(query(
                grafana,
                "{'refId':'A','datasource':{'uid':'prometheus'},'expr':'load','intervalMs':15000,'maxDataPoints':240,"
                        + "'legendFormat':'{{job}}'},"
                        + "{'refId':'B','datasource':{'uid':'prometheus'},'instant':true,'range':false,"
                        + "'expr':'rate(hits[$__rate_interval])'}"));
        JsonNode frame = answer.at("/results/A/frames/0");
        assertThat(frame.at("/schema/fields/0/type").asText()).isEqualTo("time");
        assertThat(frame.at("/schema/fields/1/labels/job").asText()).isEqualTo("web");
        assertThat(frame.at("/schema/fields/1/config/displayNameFromDS").asText())
                .isEqualTo("web");
        JsonNode times = frame.at("/data/values/0");
        assertThat(times.size()).isBetween(38, 41);
        long newest = times.get(times.size() - 1).asLong();
        assertThat(world.clock().instant().toEpochMilli() - newest).isLessThan(15_000);
        assertThat(frame.at("/data/values/1/0").asDouble()).isEqualTo(0.5);
        assertThat(answer.at("/results/B/frames/0/data/values/1/0").asDouble()).isZero();
        assertThat(answer.at("/results/B/frames/0/schema/meta/executedQueryString")
                        .asText())
                .contains("rate(hits[1m])");
    }

    @Test
    void showsNoSamplesWhereThereAreNone() throws Exception {
        prometheusOver("load 0.5\n");
        Program grafana = start(ANONYMOUS);
        world.pass(Duration.ofMinutes(1));
        JsonNode answer = json(query(grafana, "{'refId':'A','datasource':{'uid':'prometheus'},'expr':'lod'}"));
        assertThat(answer.at("/results/A/frames/0/data/values")).isEmpty();
    }

    @Test
    void passesTheErrorsOfItsDatasourceOn() throws Exception {
        prometheusOver("load 0.5\n");
        Program grafana = start(ANONYMOUS);
        Program.Reply wrong = query(grafana, "{'refId':'A','datasource':{'uid':'prometheus'},'expr':'load{'}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(json(wrong).at("/results/A/error").asText()).startsWith("bad_data: invalid parameter \"query\"");
        assertThat(text(query(grafana, "{'refId':'A','datasource':{'uid':'x'},'expr':'load'}")))
                .contains("Data source not found");
        assertThat(get(grafana, "/api/datasources/uid/prometheus/health").status())
                .isEqualTo(200);
        world.unserve("prometheus");
        assertThat(json(get(grafana, "/api/datasources/uid/prometheus/health"))
                        .path("status")
                        .asText())
                .isEqualTo("ERROR");
        assertThat(json(query(grafana, "{'refId':'A','datasource':{'uid':'prometheus'},'expr':'load'}"))
                        .at("/results/A/error")
                        .asText())
                .startsWith("Post \"http://prometheus:9090/api/v1/query_range\"");
    }

    @Test
    void handsResourceCallsOn() throws Exception {
        prometheusOver("load 0.5\n");
        Program grafana = start(ANONYMOUS);
        world.pass(Duration.ofSeconds(16));
        String path = "/api/datasources/uid/prometheus/resources/api/v1/label/instance/values?match%5B%5D=load";
        assertThat(json(get(grafana, path)).at("/data/0").asText()).isEqualTo("web:80");
        assertThat(json(get(grafana, "/api/frontend/settings"))
                        .path("defaultDatasource")
                        .asText())
                .isEqualTo("Prometheus");
    }

    @Test
    void doesNotStartWithTwoDefaults() {
        files.with(
                "/etc/grafana/provisioning/datasources/e.yaml",
                "datasources: [{name: Other, type: prometheus, url: 'http://o', isDefault: true}]");
        assertThatThrownBy(() -> start(ANONYMOUS))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("Only one datasource per organization can be marked as default");
    }
}
