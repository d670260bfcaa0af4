package dev.plumbline.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the jobs of a Prometheus configuration, and what their targets export. */
final class ScrapeJobs {

    private static final Set<String> SOURCES = Set.of("static_configs", "dns_sd_configs", "kubernetes_sd_configs");

    private final ExporterTables tables = new ExporterTables();
    private final TargetImages images;

    ScrapeJobs(List<Manifest> manifests) {
        this.images = new TargetImages(manifests);
    }

    List<ScrapeJob> read(Map<String, Object> configuration) {
        return maps(configuration.get("scrape_configs")).map(this::job).toList();
    }

    private ScrapeJob job(Map<String, Object> config) {
        Map<String, Set<String>> metrics = new HashMap<>();
        boolean known =
                config.keySet().stream().noneMatch(key -> key.endsWith("_sd_configs") && !SOURCES.contains(key));
        for (Map<String, Object> source :
                maps(config.get("kubernetes_sd_configs")).toList()) {
            known &= discovered(String.valueOf(source.get("role")), config, metrics);
        }
        for (String address : addresses(config)) {
            known &= addressed(address, metrics);
        }
        metrics.keySet().removeIf(name -> !kept(name, config));
        return new ScrapeJob(String.valueOf(config.get("job_name")), labels(config), metrics, known);
    }

    /** Pods and endpoints may be any: those of the manifests are taken, and others not ruled out. */
    private boolean discovered(String role, Map<String, Object> config, Map<String, Set<String>> metrics) {
        if (role.equals("node")) {
            Optional<Map<String, Set<String>>> kubelet = kubelet(config);
            kubelet.ifPresent(table -> add(table, metrics));
            return kubelet.isPresent();
        }
        images.all().forEach(image -> tables.ofImage(image).ifPresent(table -> add(table, metrics)));
        return false;
    }

    private boolean addressed(String address, Map<String, Set<String>> metrics) {
        List<String> found = images.at(address);
        boolean known = !found.isEmpty();
        for (String image : found) {
            Optional<Map<String, Set<String>>> table = tables.ofImage(image);
            table.ifPresent(its -> add(its, metrics));
            known &= table.isPresent();
        }
        return known;
    }

    private static void add(Map<String, Set<String>> table, Map<String, Set<String>> metrics) {
        table.forEach((name, labels) -> metrics.merge(name, labels, ScrapeJobs::both));
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    private static List<String> addresses(Map<String, Object> config) {
        List<String> addresses = new ArrayList<>();
        maps(config.get("static_configs"))
                .forEach(group -> texts(group.get("targets")).forEach(addresses::add));
        maps(config.get("dns_sd_configs"))
                .forEach(group ->
                        texts(group.get("names")).forEach(name -> addresses.add(name + ":" + group.get("port"))));
        return addresses;
    }

    /** A node is scraped at its kubelet, at the page that the job or a relabelling names. */
    private Optional<Map<String, Set<String>>> kubelet(Map<String, Object> config) {
        String path = maps(config.get("relabel_configs"))
                .filter(rule -> "__metrics_path__".equals(rule.get("target_label")))
                .map(rule -> String.valueOf(rule.get("replacement")))
                .findFirst()
                .orElse(String.valueOf(config.getOrDefault("metrics_path", "/metrics")));
        return path.endsWith("/metrics/cadvisor")
                ? Optional.of(tables.named("cadvisor"))
                : path.endsWith("/metrics") ? Optional.of(tables.named("kubelet")) : Optional.empty();
    }

    private static Set<String> labels(Map<String, Object> config) {
        Set<String> labels = new TreeSet<>(Set.of("job", "instance"));
        maps(config.get("static_configs"))
                .forEach(
                        group -> labels.addAll(Manifest.map(group.get("labels")).keySet()));
        Stream.concat(maps(config.get("relabel_configs")), maps(config.get("metric_relabel_configs")))
                .forEach(rule -> {
                    if (rule.get("target_label") instanceof String label) {
                        labels.add(label);
                    }
                    if ("labelmap".equals(rule.get("action"))) {
                        labels.add("*"); // whatever the targets are labelled with
                    }
                });
        return labels;
    }

    /** Whether the job's rules on names leave a metric in. */
    private static boolean kept(String metric, Map<String, Object> config) {
        return maps(config.get("metric_relabel_configs"))
                .filter(rule -> List.of("__name__").equals(rule.get("source_labels")))
                .noneMatch(rule -> {
                    boolean fits = Pattern.compile(String.valueOf(rule.getOrDefault("regex", "(.*)")))
                            .matcher(metric)
                            .matches();
                    return fits ? "drop".equals(rule.get("action")) : "keep".equals(rule.get("action"));
                });
    }

    private static Stream<Map<String, Object>> maps(@Nullable Object list) {
        return list instanceof List<?> items ? items.stream().map(Manifest::map) : Stream.of();
    }

    private static Stream<String> texts(@Nullable Object list) {
        return list instanceof List<?> items ? items.stream().map(String::valueOf) : Stream.of();
    }
}
