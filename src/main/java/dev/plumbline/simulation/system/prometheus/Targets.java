package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.system.prometheus.PrometheusConfig.Job;
import dev.plumbline.simulation.system.prometheus.promql.Labels;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes targets of discovered labels. */
final class Targets {

    private static final String PARAM = "__param_";

    private Targets() {}

    static Labels discovered(Job job, Map<String, String> found) {
        Map<String, String> labels = new HashMap<>();
        labels.put("job", job.name());
        labels.put("__scheme__", job.scheme());
        labels.put("__metrics_path__", job.path());
        labels.put("__scrape_interval__", DurationText.of(job.interval()));
        labels.put("__scrape_timeout__", DurationText.of(job.timeout()));
        job.params().forEach((name, values) -> labels.put(PARAM + name, values.isEmpty() ? "" : values.get(0)));
        labels.putAll(found);
        return Labels.of(labels);
    }

    /** The target, or nothing where relabelling drops it or leaves no address. */
    static Optional<ScrapeTarget> target(Job job, Labels discovered) {
        return Relabel.all(job.relabels(), discovered)
                .filter(labels -> !labels.get(MetaLabels.ADDRESS).isEmpty())
                .map(labels -> target(job, discovered, labels));
    }

    private static ScrapeTarget target(Job job, Labels discovered, Labels labels) {
        String scheme = labels.get("__scheme__");
        String address = labels.get(MetaLabels.ADDRESS);
        if (!address.contains(":")) {
            address += scheme.equals("https") ? ":443" : ":80";
        }
        URI url = URI.create(scheme + "://" + address + labels.get("__metrics_path__") + query(job, labels));
        Map<String, String> kept = new HashMap<>(labels.asMap());
        kept.keySet().removeIf(name -> name.startsWith("__"));
        kept.putIfAbsent("instance", address);
        return new ScrapeTarget(discovered, Labels.of(kept), url);
    }

    private static String query(Job job, Labels labels) {
        Map<String, List<String>> params = new HashMap<>(job.params());
        labels.asMap().forEach((name, value) -> {
            if (name.startsWith(PARAM)) {
                List<String> values = new ArrayList<>(params.getOrDefault(name.substring(PARAM.length()), List.of()));
                values.remove(0 < values.size() ? values.get(0) : "");
                values.add(0, value);
                params.put(name.substring(PARAM.length()), values);
            }
        });
        String query = params.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(param -> param.getValue().stream().map(value -> param.getKey() + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
