package dev.plumbline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** "No data" is predicted for what no target of the manifests exports, and for nothing else. */
class MetricsExportedTest {

    private static final String NODE_EXPORTER = """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: node-exporter}
            spec:
              selector: {matchLabels: {app: node}}
              template:
                metadata: {labels: {app: node, tier: x}}
                spec:
                  containers:
                    - {name: a, image: "quay.io/prometheus/node-exporter:v1.9.0", ports: [{name: m, containerPort: 9100}]}
                    - {name: b, image: "example/other:1", ports: [{containerPort: 1}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: node}
            spec: {selector: {app: node}, ports: [{port: 80, targetPort: m}]}
            """;

    private static final String PROMETHEUS = """
            scrape_configs:
              - job_name: node
                static_configs: [{targets: ["node.shop.svc:80"], labels: {site: home}}]
                metric_relabel_configs:
                  - {source_labels: [__name__], regex: node_netstat_.*, action: drop}
              - job_name: kubelet
                kubernetes_sd_configs: [{role: node}]
                relabel_configs:
                  - {target_label: __metrics_path__, replacement: "/api/v1/nodes/${1}/proxy/metrics/cadvisor"}
            """;

    private static final String RULES = """
            groups:
              - name: a
                rules:
                  - {record: "node:load", expr: node_load1}
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void aCluster() throws IOException {
        Files.writeString(directory.resolve("node.yaml"), NODE_EXPORTER);
        Files.writeString(
                directory.resolve("kustomization.yaml"),
                "configMapGenerator: [{name: c, files: [prometheus.yml, rules.yml]}]\n");
        Files.writeString(directory.resolve("prometheus.yml"), PROMETHEUS);
        Files.writeString(directory.resolve("rules.yml"), RULES);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sum(rate(node_cpu_seconds_total{mode="idle",site="home",instance=~"$node"}[$__rate_interval])) |
            count(up{job="node"} == 1) + node:load                    |
            ALERTS{alertstate="firing", severity="x"}                 |
            ${metric}{any="thing"}                                    |
            {__name__=~"node_memory_.+"}                              |
            container_cpu_usage_seconds_total{pod!="", namespace="a"} |
            node_memory_MemFree                                       | which no declared target exports (node_memory_MemFree_bytes is)
            node_netstat_Tcp_CurrEstab                                | which no declared target exports
            container_cpu_usage_seconds_total{pod_name!=""}           | by [pod_name], labels that it does not have
            container_cpu_usage_seconds_total{job="node"}             | which no declared target exports
            node_load1{job="nodes"}                                   | but the jobs are node, kubelet
            up{pod="x"}                                               | by [pod]
            """)
    void aPanelsQueryIsKnownOrFound(String expression, String problem) throws IOException {
        dashboard("\"panels\": [{\"id\": 1,\n \"title\": \"P\", \"targets\": [{\n\"expr\": \""
                + expression.replace("\"", "\\\"") + "\"}]}]");

        List<Finding> findings = check();

        if (problem == null) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings).singleElement().satisfies(found -> {
                assertThat(found.message()).startsWith("panel \"P\" asks for ").contains(problem);
                assertThat(found.line()).isEqualTo(3);
                assertThat(found.severity()).isEqualTo(Severity.ERROR);
            });
        }
    }

    @Test
    void variablesAndRowsAndAlertsAskToo() throws IOException {
        dashboard("""
                "templating": {"list": [
                  {"type": "query", "name": "n", "query": {"query": "label_values(node_load1, nodename)"}}]},
                "panels": [{"type": "row", "panels": [{"id": 7, "targets": [{"expr": "nope"}]}]}]
                """);
        Files.writeString(
                directory.resolve("rules.yml"),
                "groups:\n  - rules:\n      - alert: Full\n        expr: disk_full > 0\n");

        assertThat(check())
                .extracting(Finding::message)
                .satisfiesExactly(
                        panel -> assertThat(panel).startsWith("panel 7 asks for nope"),
                        variable -> assertThat(variable).startsWith("variable \"n\" asks for node_load1 by [nodename]"),
                        alert -> assertThat(alert).startsWith("alert \"Full\" asks for disk_full"));
    }

    @Test
    void whereATargetIsNotKnownItOnlyWarns() throws IOException {
        dashboard(
                "\"panels\": [{\"id\": 1, \"targets\": [{\"expr\": \"shop_orders_total + node_load2{job='node'}\"}]}]");
        Files.writeString(
                directory.resolve("prometheus.yml"),
                PROMETHEUS + "  - job_name: shop\n    static_configs: [{targets: [\"shop.example:80\"]}]\n");

        assertThat(check()).extracting(Finding::severity).containsExactly(Severity.WARNING, Severity.ERROR);
        Files.delete(directory.resolve("prometheus.yml"));
        assertThat(check())
                .singleElement()
                .satisfies(found -> assertThat(found.message()).contains("no scrape_configs among the manifests"));
    }

    private void dashboard(String fields) throws IOException {
        Files.writeString(directory.resolve("d.json"), "{\"title\": \"D\", " + fields + "}");
    }

    private List<Finding> check() throws IOException {
        PolicyReport report = PolicyReport.of(directory, List.of(new MetricsExported()));
        assertThat(report.concerned()).isEqualTo(1);
        return report.findings();
    }
}
