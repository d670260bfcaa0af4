package dev.plumbline.simulation.system.prometheus;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Prometheus was told to do.
 *
 * @param text the file as it was read
 */
record PrometheusConfig(
        Duration evaluationInterval,
        Map<String, String> externalLabels,
        List<String> ruleFiles,
        List<Job> jobs,
        List<TargetSource.Fixed> alertmanagers,
        String text) {

    /** One entry of {@code scrape_configs}. */
    record Job(
            String name,
            Duration interval,
            Duration timeout,
            String scheme,
            String path,
            Map<String, List<String>> params,
            boolean honorLabels,
            Optional<String> authorization,
            List<TargetSource> sources,
            List<Relabel> relabels,
            List<Relabel> metricRelabels) {}
}
