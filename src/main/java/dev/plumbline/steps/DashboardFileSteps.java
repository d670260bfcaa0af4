package dev.plumbline.steps;

import dev.plumbline.policy.DashboardFile;
import dev.plumbline.policy.DashboardFiles;
import dev.plumbline.probe.CollectedMetrics;
import dev.plumbline.probe.Survey;
import dev.plumbline.steps.ParameterTypes.ServicePort;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.NotMeasured;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Then;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Dashboards as files: what their panels are about, and which metrics they and the rules ask for. */
public final class DashboardFileSteps {

    private final Scene scene;
    private final StaticManifests manifests;
    private final Judge judge;

    public DashboardFileSteps(Scene scene, StaticManifests manifests, Judge judge) {
        this.scene = scene;
        this.manifests = manifests;
        this.judge = judge;
    }

    @Then("the dashboard {string} of {string} has {int} to {int} panels")
    @Sentence(
            value = "The dashboard file of this title has so many panels; rows are none.",
            examples = "the dashboard \"Overview\" of \"gitops-plan\" has 6 to 8 panels")
    public void count(String title, String name, int least, int most) {
        int panels = dashboard(title, name).panels().size();
        judge.file(manifests.judged(
                least <= panels && panels <= most,
                "dashboard \"" + title + "\"",
                "dashboard \"" + title + "\" has " + panels + " panels, expected " + least + " to " + most,
                new Measurement("panels", panels, "panels", new Measurement.Limit("<=", most), judge.clock())));
    }

    @Then("the dashboard {string} of {string} has panels on these topics")
    @Sentence(
            value = "For each row a panel has the title and asks Prometheus for the metric. The table has the columns"
                    + " panel and metric.",
            examples = "the dashboard \"Overview\" of \"gitops-plan\" has panels on these topics")
    public void topics(String title, String name, DataTable table) {
        DashboardFile dashboard = dashboard(title, name);
        List<String> missing = new ArrayList<>();
        List<Map<String, String>> rows = table.asMaps();
        for (Map<String, String> row : rows) {
            String panel = String.valueOf(row.get("panel"));
            String metric = String.valueOf(row.get("metric"));
            boolean there = dashboard.panels().stream()
                    .anyMatch(
                            each -> each.title().equals(panel) && each.metrics().contains(metric));
            if (!there) {
                missing.add("\"" + panel + "\" with " + metric);
            }
        }
        if (rows.isEmpty()) {
            throw new NotMeasured("nothing selected: the table has no row");
        }
        judge.file(manifests.judged(
                missing.isEmpty(),
                "dashboard \"" + title + "\"",
                missing.isEmpty()
                        ? "dashboard \"" + title + "\" has " + rows.size() + " topics"
                        : "dashboard \"" + title + "\" has no panel " + String.join(", ", missing),
                new Measurement(
                        "topics without a panel",
                        missing.size(),
                        "of " + rows.size(),
                        new Measurement.Limit("==", 0),
                        judge.clock())));
    }

    @Then("Prometheus has every metric that the dashboards and rules of {string} ask for within {duration}")
    @Sentence(
            value = "Each metric that a dashboard file, alert or rule names has at least one sample.",
            examples = "Prometheus has every metric that the dashboards and rules of \"gitops-plan\" ask for within 2"
                    + " minutes",
            rights = {"get services/proxy", "list,watch services,pods,namespaces"})
    public void everyMetric(String name, Duration limit) throws InterruptedException {
        ServicePort prometheus = scene.service("prometheus", "prometheus:9090");
        judge.eventually(
                limit,
                new CollectedMetrics(
                        scene.target(),
                        scene.defaultNamespace(),
                        prometheus.name(),
                        prometheus.port(),
                        files(name).metrics(),
                        false),
                new Expectation<>("samples of each", Survey.Tally::well),
                tally -> new Measurement(
                        "metrics missing",
                        tally.wrong().size(),
                        "of " + tally.looked(),
                        new Measurement.Limit("==", 0),
                        judge.clock()));
    }

    private DashboardFile dashboard(String title, String name) {
        List<DashboardFile> all = files(name).dashboards();
        return all.stream()
                .filter(each -> each.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new NotMeasured("nothing selected: there is no dashboard \"" + title + "\" among "
                        + all.stream().map(DashboardFile::title).toList()));
    }

    private DashboardFiles files(String name) {
        try {
            return DashboardFiles.in(manifests.directory(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
