package dev.plumbline.simulation.system.prometheus;

import java.util.Set;

/** The fields that Prometheus 2.53 knows; any other is an error there. */
final class ConfigFields {

    static final Set<String> ROOT = Set.of(
            "global",
            "runtime",
            "alerting",
            "rule_files",
            "scrape_configs",
            "scrape_config_files",
            "storage",
            "tracing",
            "remote_write",
            "remote_read",
            "otlp");

    static final Set<String> GLOBAL = Set.of(
            "scrape_interval",
            "scrape_timeout",
            "scrape_protocols",
            "evaluation_interval",
            "query_log_file",
            "external_labels",
            "body_size_limit",
            "sample_limit",
            "target_limit",
            "label_limit",
            "label_name_length_limit",
            "label_value_length_limit",
            "keep_dropped_targets",
            "scrape_failure_log_file",
            "rule_query_offset",
            "metric_name_validation_scheme");

    static final Set<String> JOB = Set.of(
            "job_name",
            "honor_labels",
            "honor_timestamps",
            "track_timestamps_staleness",
            "params",
            "scrape_interval",
            "scrape_timeout",
            "scrape_protocols",
            "scrape_classic_histograms",
            "metrics_path",
            "scheme",
            "enable_compression",
            "body_size_limit",
            "sample_limit",
            "target_limit",
            "label_limit",
            "label_name_length_limit",
            "label_value_length_limit",
            "native_histogram_bucket_limit",
            "native_histogram_min_bucket_factor",
            "keep_dropped_targets",
            "relabel_configs",
            "metric_relabel_configs",
            "basic_auth",
            "authorization",
            "bearer_token",
            "bearer_token_file",
            "oauth2",
            "tls_config",
            "proxy_url",
            "no_proxy",
            "proxy_from_environment",
            "proxy_connect_header",
            "follow_redirects",
            "enable_http2",
            "http_headers",
            "static_configs",
            "kubernetes_sd_configs",
            "dns_sd_configs",
            "file_sd_configs",
            "http_sd_configs",
            "consul_sd_configs",
            "docker_sd_configs",
            "ec2_sd_configs",
            "scrape_failure_log_file",
            "metric_name_validation_scheme",
            "fallback_scrape_protocol");

    static final Set<String> DISCOVERY = Set.of(
            "api_server",
            "role",
            "kubeconfig_file",
            "namespaces",
            "selectors",
            "attach_metadata",
            "basic_auth",
            "authorization",
            "bearer_token",
            "bearer_token_file",
            "oauth2",
            "tls_config",
            "proxy_url",
            "no_proxy",
            "follow_redirects",
            "enable_http2");

    static final Set<String> RELABEL =
            Set.of("source_labels", "separator", "regex", "modulus", "target_label", "replacement", "action");

    private ConfigFields() {}
}
