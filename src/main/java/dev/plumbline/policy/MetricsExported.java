package dev.plumbline.policy;

import dev.plumbline.promql.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Predicts "No data" before there is a cluster: each metric that a dashboard or a rule asks for is one that a declared
 * target of Prometheus exports, with the labels that are asked for.
 */
final class MetricsExported implements Rule {

    @Override
    public String name() {
        return "metrics-are-exported";
    }

    @Override
    public String demand() {
        return "Each metric and label that a dashboard, alert or rule asks for is one that a scraped target exports.";
    }

    @Override
    public boolean concerns(Manifest manifest) {
        return manifest.kind().equals("PrometheusRule");
    }

    @Override
    public boolean concerns(TextFile text) {
        return Dashboard.in(text).isPresent();
    }

    @Override
    public List<Finding> check(List<Manifest> manifests) {
        return List.of(); // the texts are needed too
    }

    @Override
    public List<Finding> check(List<Manifest> manifests, List<TextFile> texts) {
        PrometheusFiles prometheus = PrometheusFiles.of(manifests, texts);
        MetricsWanted wanted = new MetricsWanted(prometheus.jobs(), prometheus.recorded());
        List<Question> questions = Stream.concat(
                        Dashboard.in(texts).stream().flatMap(dashboard -> dashboard.questions().stream()),
                        prometheus.questions().stream())
                .toList();
        List<Finding> findings = new ArrayList<>();
        if (prometheus.jobs().isEmpty()) {
            questions.stream().findFirst().ifPresent(first -> findings.add(finding(first, untold(), Severity.WARNING)));
            return findings;
        }
        for (Question question : questions) {
            for (Selector selector : Selector.in(question.expression())) {
                wanted.of(selector, question.label())
                        .ifPresent(problem -> findings.add(finding(
                                question,
                                question.who() + " " + problem.message()
                                        + (problem.certain()
                                                ? ": no data"
                                                : ": no data, unless a target exports it that is" + " not known here"),
                                problem.certain() ? Severity.ERROR : Severity.WARNING)));
            }
        }
        return findings;
    }

    private static String untold() {
        return "whether it finds its metrics cannot be told: there are no scrape_configs among the manifests";
    }

    private Finding finding(Question question, String message, Severity severity) {
        return new Finding(question.file(), question.line(), question.object(), name(), message, severity);
    }
}
