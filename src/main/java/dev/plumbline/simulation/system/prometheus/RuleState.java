package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.system.prometheus.promql.Evaluator;
import dev.plumbline.simulation.system.prometheus.promql.Labels;
import dev.plumbline.simulation.system.prometheus.promql.Numbers;
import dev.plumbline.simulation.system.prometheus.promql.Point;
import dev.plumbline.simulation.system.prometheus.promql.QueryError;
import dev.plumbline.simulation.system.prometheus.promql.Value;
import dev.plumbline.simulation.system.prometheus.promql.Value.Sample;
import dev.plumbline.simulation.system.prometheus.promql.Value.Scalar;
import dev.plumbline.simulation.system.prometheus.promql.Value.Vector;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rule and what its evaluations came to. */
final class RuleState {

    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{\\s*\\$(?:labels\\.(\\w+)|(value))[^}]*\\}\\}");

    private final Rule rule;
    private final SampleStore store;
    private final Duration lookback;
    private Map<Labels, Alert> alerts = new LinkedHashMap<>();
    private Set<Labels> written = Set.of();
    private Evaluation last = new Evaluation("unknown", "", Instant.EPOCH);

    RuleState(Rule rule, SampleStore store, Duration lookback) {
        this.rule = rule;
        this.store = store;
        this.lookback = lookback;
    }

    /** @param health {@code ok}, {@code err} or {@code unknown} */
    record Evaluation(String health, String error, Instant at) {}

    /** An alert that is pending or fires. */
    record Alert(Labels labels, Map<String, String> annotations, boolean firing, Instant activeAt, double value) {
        String state() {
            return firing ? "firing" : "pending";
        }
    }

    Rule rule() {
        return rule;
    }

    synchronized Evaluation last() {
        return last;
    }

    synchronized List<Alert> alerts() {
        return List.copyOf(alerts.values());
    }

    /** The worst state of its alerts. */
    String state() {
        List<Alert> now = alerts();
        return now.stream().anyMatch(Alert::firing) ? "firing" : now.isEmpty() ? "inactive" : "pending";
    }

    synchronized void evaluate(Instant now) {
        try {
            Value value = new Evaluator(store, lookback.toMillis()).at(rule.expr(), now.toEpochMilli());
            List<Sample> samples = value instanceof Vector vector
                    ? vector.samples()
                    : value instanceof Scalar scalar ? List.of(new Sample(Labels.EMPTY, scalar.value())) : List.of();
            write(rule.alerting() ? alerting(samples, now) : recorded(samples), now);
            last = new Evaluation("ok", "", now);
        } catch (QueryError e) {
            last = new Evaluation("err", e.getMessage(), now);
        }
    }

    private Map<Labels, Double> recorded(List<Sample> samples) {
        Map<Labels, Double> series = new HashMap<>();
        for (Sample sample : samples) {
            Labels labels = sample.labels().with(Labels.NAME, rule.name());
            for (Map.Entry<String, String> label : rule.labels().entrySet()) {
                labels = labels.with(label.getKey(), label.getValue());
            }
            series.put(labels, sample.value());
        }
        return series;
    }

    private Map<Labels, Double> alerting(List<Sample> samples, Instant now) {
        Map<Labels, Alert> active = new LinkedHashMap<>();
        Map<Labels, Double> series = new HashMap<>();
        for (Sample sample : samples) {
            Labels labels = sample.labels().withoutName();
            for (Map.Entry<String, String> label : rule.labels().entrySet()) {
                labels = labels.with(label.getKey(), filled(label.getValue(), sample));
            }
            labels = labels.with("alertname", rule.name());
            Alert before = alerts.get(labels);
            Instant since = before == null ? now : before.activeAt();
            boolean firing = !now.isBefore(since.plus(rule.hold()));
            Map<String, String> annotations = new LinkedHashMap<>();
            rule.annotations().forEach((name, text) -> annotations.put(name, filled(text, sample)));
            Alert alert = new Alert(labels, annotations, firing, since, sample.value());
            active.put(labels, alert);
            series.put(labels.with(Labels.NAME, "ALERTS").with("alertstate", alert.state()), 1.0);
            series.put(labels.with(Labels.NAME, "ALERTS_FOR_STATE"), (double) since.getEpochSecond());
        }
        alerts = active;
        return series;
    }

    private static String filled(String template, Sample sample) {
        return TEMPLATE.matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(2) != null
                                ? Numbers.text(sample.value())
                                : sample.labels().get(match.group(1))));
    }

    private void write(Map<Labels, Double> series, Instant now) {
        series.forEach((labels, value) -> store.append(labels, now.toEpochMilli(), value));
        Set<Labels> ended = new HashSet<>(written);
        ended.removeAll(series.keySet());
        ended.forEach(labels -> store.append(labels, now.toEpochMilli(), Point.STALE));
        written = Set.copyOf(series.keySet());
    }
}
