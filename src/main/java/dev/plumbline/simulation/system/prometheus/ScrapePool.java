package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.system.prometheus.PrometheusConfig.Job;
import dev.plumbline.simulation.system.prometheus.promql.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The targets of one job. */
final class ScrapePool {

    private final Job job;
    private final Discovery discovery;
    private Map<String, ScrapeTarget> active = new HashMap<>();
    private List<Labels> dropped = List.of();

    ScrapePool(Job job, Discovery discovery) {
        this.job = job;
        this.discovery = discovery;
    }

    Job job() {
        return job;
    }

    synchronized List<ScrapeTarget> active() {
        return List.copyOf(active.values());
    }

    /** The labels of the targets that relabelling drops. */
    synchronized List<Labels> dropped() {
        return dropped;
    }

    /** Looks for targets again; those known stay what they are. Returns the ones that are gone. */
    synchronized List<ScrapeTarget> refresh() {
        Map<String, ScrapeTarget> found = new java.util.LinkedHashMap<>();
        List<Labels> left = new ArrayList<>();
        for (TargetSource source : job.sources()) {
            for (Map<String, String> labels : discovery.targets(source)) {
                Labels discovered = Targets.discovered(job, labels);
                Optional<ScrapeTarget> target = Targets.target(job, discovered);
                target.ifPresentOrElse(
                        each -> found.put(each.identity(), active.getOrDefault(each.identity(), each)),
                        () -> left.add(discovered));
            }
        }
        List<ScrapeTarget> gone = active.entrySet().stream()
                .filter(entry -> !found.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        active = found;
        dropped = left;
        return gone;
    }
}
