package dev.plumbline.policy;

import dev.plumbline.promql.Selector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The dashboards of a directory, and the metrics that are asked for there.
 *
 * @param metrics that dashboards and rules name, but for those that Prometheus makes itself only when there is a reason
 */
public record DashboardFiles(List<DashboardFile> dashboards, List<String> metrics) {

    private static final Set<String> AT_TIMES = Set.of("ALERTS", "ALERTS_FOR_STATE");

    /** @throws IOException when the directory cannot be read */
    public static DashboardFiles in(Path directory) throws IOException {
        List<Manifest> manifests = ManifestReader.read(directory).manifests();
        List<TextFile> texts = TextFile.in(directory, manifests);
        List<Dashboard> dashboards = Dashboard.in(texts);
        List<String> metrics = Stream.concat(
                        dashboards.stream().flatMap(dashboard -> dashboard.questions().stream()),
                        PrometheusFiles.of(manifests, texts).questions().stream())
                .flatMap(question -> names(question.expression()).stream())
                .filter(name -> !AT_TIMES.contains(name))
                .distinct()
                .sorted()
                .toList();
        return new DashboardFiles(dashboards.stream().map(DashboardFiles::file).toList(), metrics);
    }

    private static DashboardFile file(Dashboard dashboard) {
        return new DashboardFile(
                dashboard.title(),
                dashboard.panels().stream()
                        .filter(panel -> !panel.isRow())
                        .map(panel -> new DashboardFile.Panel(
                                String.valueOf(panel.json().getOrDefault("title", "")),
                                panel.expressions().stream()
                                        .flatMap(expression -> names(expression).stream())
                                        .collect(Collectors.toSet())))
                        .toList());
    }

    private static List<String> names(String expression) {
        return Selector.in(expression).stream()
                .map(Selector::name)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
