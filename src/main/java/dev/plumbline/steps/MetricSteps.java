package dev.plumbline.steps;

import dev.plumbline.probe.CollectedMetrics;
import dev.plumbline.probe.Survey;
import dev.plumbline.steps.ParameterTypes.ServicePort;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Measurement;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Then;
import java.time.Duration;
import java.util.List;

/** What Prometheus collects. The service is the profile's {@code prometheus}. */
public final class MetricSteps {

    private final Scene scene;
    private final Judge judge;

    public MetricSteps(Scene scene, Judge judge) {
        this.scene = scene;
        this.judge = judge;
    }

    @Then("Prometheus has each of these metrics within {duration}")
    @Sentence(
            value = "Each row is a name, a pattern of names or a selector, and has at least one sample.",
            examples = "Prometheus has each of these metrics within 2 minutes",
            rights = {"get services/proxy", "list,watch services,pods,namespaces"})
    public void has(Duration limit, DataTable metrics) throws InterruptedException {
        collected(limit, metrics.asList(), false);
    }

    @Then("Prometheus has each of these metrics from every node within {duration}")
    @Sentence(
            value = "The same for each node of the cluster: a node whose exporter is missing does not hide.",
            examples = "Prometheus has each of these metrics from every node within 2 minutes",
            rights = {"get services/proxy", "list,watch services,pods,namespaces,nodes"})
    public void fromEveryNode(Duration limit, DataTable metrics) throws InterruptedException {
        collected(limit, metrics.asList(), true);
    }

    private void collected(Duration limit, List<String> metrics, boolean everyNode) throws InterruptedException {
        ServicePort prometheus = scene.service("prometheus", "prometheus:9090");
        judge.eventually(
                limit,
                new CollectedMetrics(
                        scene.target(),
                        scene.defaultNamespace(),
                        prometheus.name(),
                        prometheus.port(),
                        metrics,
                        everyNode),
                new Expectation<>("samples of each", Survey.Tally::well),
                tally -> new Measurement(
                        "metrics missing",
                        tally.wrong().size(),
                        "of " + tally.looked(),
                        new Measurement.Limit("==", 0),
                        judge.clock()));
    }
}
