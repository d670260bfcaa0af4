package dev.plumbline.policy;

import java.util.Map;
import java.util.Set;

/**
 * What one job of a Prometheus brings in.
 *
 * @param labels that each of its series carries beside the exporter's own
 * @param metrics the exporters' labels of each metric
 * @param known whether it is known of all targets what they export
 */
record ScrapeJob(String name, Set<String> labels, Map<String, Set<String>> metrics, boolean known) {

    /** Whether some series of the metric have the label; an exporter's {@code label_*} stands for any. */
    boolean has(String metric, String label) {
        Set<String> own = metrics.getOrDefault(metric, Set.of());
        return labels.contains(label)
                || labels.contains("*")
                || own.contains(label)
                || own.stream()
                        .anyMatch(each -> each.endsWith("*") && label.startsWith(each.substring(0, each.length() - 1)));
    }
}
