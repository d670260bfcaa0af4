package dev.plumbline.steps;

import dev.plumbline.probe.GrafanaDatasource;
import dev.plumbline.probe.GrafanaPanels;
import dev.plumbline.probe.GrafanaServed;
import dev.plumbline.probe.PanelReport;
import dev.plumbline.steps.ParameterTypes.ServicePort;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.NotMeasured;
import io.cucumber.java.en.Then;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Grafana itself: what it serves, and where it has that from. The service is the profile's {@code grafana}. */
public final class GrafanaSteps {

    private static final String PANELS = "get,create services/proxy";
    private static final String SEEN = "list,watch services,pods,namespaces";

    private final Scene scene;
    private final GitScene git;
    private final Judge judge;

    public GrafanaSteps(Scene scene, GitScene git, Judge judge) {
        this.scene = scene;
        this.git = git;
        this.judge = judge;
    }

    @Then("Grafana has at least {int} dashboards, each with panels, within {duration}")
    @Sentence(
            value = "Every dashboard loads and has at least one panel, and there are so many.",
            examples = "Grafana has at least 3 dashboards, each with panels, within 2 minutes",
            rights = {"get services/proxy", SEEN})
    public void atLeast(int least, Duration limit) throws InterruptedException {
        judge.eventually(
                limit,
                served(),
                new Expectation<>(
                        "at least " + least + ", each with panels",
                        found -> found.all().size() >= least
                                && found.all().stream().allMatch(each -> each.panels() > 0)),
                found -> new Measurement(
                        "dashboards",
                        found.all().size(),
                        "dashboards",
                        new Measurement.Limit(">=", least),
                        judge.clock()));
    }

    @Then("Grafana serves each dashboard as Git declares it, in folder {string}, within {duration}")
    @Sentence(
            value = "Each dashboard of the manifests is provisioned from its file into the folder, and what Grafana"
                    + " serves is what the file says, but for id and version, which Grafana counts.",
            examples = "Grafana serves each dashboard as Git declares it, in folder \"Homelab\", within 2 minutes",
            rights = {"get services/proxy", SEEN})
    public void asDeclared(String folder, Duration limit) throws InterruptedException {
        judge.eventually(limit, served(), declared(folder));
    }

    @Then("Grafana keeps serving each dashboard as Git declares it, in folder {string}, for {duration}")
    @Sentence(
            value = "The same at each look during the time: nobody changes a dashboard where Git does not see it.",
            examples = "Grafana keeps serving each dashboard as Git declares it, in folder \"Homelab\", for 2 minutes",
            rights = {"get services/proxy", SEEN})
    public void staysDeclared(String folder, Duration span) throws InterruptedException {
        judge.throughout(span, served(), declared(folder));
    }

    private Expectation<GrafanaServed.Dashboards> declared(String folder) {
        List<String> declared = git.delivered().declared().dashboards();
        if (declared.isEmpty()) {
            throw new NotMeasured("nothing selected: Git declares no dashboard");
        }
        return new Expectation<>(
                declared.size() + " dashboards as Git declares them",
                found -> found.differences(declared, folder).isEmpty());
    }

    @Then("Grafana serves each dashboard in under {duration}")
    @Sentence(
            value = "The slowest dashboard is loaded in less than the time.",
            examples = "Grafana serves each dashboard in under 2 seconds",
            rights = {"get services/proxy", SEEN})
    public void fast(Duration limit) {
        judge.now(
                served(),
                new Expectation<>(
                        "each in under " + limit.toSeconds() + " s",
                        found -> !found.all().isEmpty() && found.slowest().compareTo(limit) < 0),
                found -> new Measurement(
                        "slowest dashboard",
                        found.slowest().toMillis() / 1000.0,
                        "seconds",
                        new Measurement.Limit("<", limit.toSeconds()),
                        judge.clock()));
    }

    @Then("Grafana no longer serves the dashboard {string} within {duration} of the commit")
    @Sentence(
            value = "The dashboard is gone, and others are still there. The time runs from the commit.",
            examples = "Grafana no longer serves the dashboard \"Old\" within 5 minutes of the commit",
            rights = {"get services/proxy", SEEN})
    public void gone(String title, Duration limit) throws InterruptedException {
        judge.eventually(
                git.changedAt(),
                limit,
                served(),
                new Expectation<>(
                        "others but not \"" + title + "\"",
                        found -> !found.all().isEmpty() && !found.titles().contains(title)));
    }

    @Then("the data source {string} of Grafana is provisioned and healthy within {duration}")
    @Sentence(
            value = "It comes from a file, and Grafana's own check of it succeeds.",
            examples = "the data source \"Prometheus\" of Grafana is provisioned and healthy within 2 minutes",
            rights = {"get services/proxy", SEEN})
    public void datasource(String name, Duration limit) throws InterruptedException {
        ServicePort grafana = grafana();
        judge.eventually(
                limit,
                new GrafanaDatasource(scene.target(), scene.defaultNamespace(), grafana.name(), grafana.port(), name),
                new Expectation<>("provisioned and healthy", state -> state.provisioned() && state.healthy()));
    }

    @Then("every panel of dashboard {string} on Grafana shows data at most {duration} old within {duration}")
    @Sentence(
            value = "The same as for every dashboard, for one.",
            examples =
                    "every panel of dashboard \"Overview\" on Grafana shows data at most 5 minutes old within 3 minutes",
            rights = {PANELS, SEEN})
    public void panels(String title, Duration oldest, Duration limit) throws InterruptedException {
        judge.eventually(limit, panels(Optional.of(title)), fresh(oldest), report -> age(report, oldest));
    }

    @Then("every panel of every dashboard on Grafana keeps showing data at most {duration} old for {duration}")
    @Sentence(
            value = "The same at each look during the time: panels that only look filled turn out as such.",
            examples =
                    "every panel of every dashboard on Grafana keeps showing data at most 5 minutes old for 6 minutes",
            rights = {PANELS, SEEN})
    public void keepsShowing(Duration oldest, Duration span) throws InterruptedException {
        judge.throughout(span, panels(Optional.empty()), fresh(oldest));
    }

    private static Expectation<PanelReport> fresh(Duration oldest) {
        return new Expectation<>(
                "data at most " + oldest.toSeconds() + " s old in every panel", report -> report.allShowData(oldest));
    }

    private Measurement age(PanelReport report, Duration oldest) {
        return new Measurement(
                "oldest panel data",
                report.oldest().map(Duration::toSeconds).orElse(0L),
                "seconds",
                new Measurement.Limit("<=", oldest.toSeconds()),
                judge.clock());
    }

    private GrafanaPanels panels(Optional<String> only) {
        ServicePort grafana = grafana();
        return new GrafanaPanels(scene.target(), scene.defaultNamespace(), grafana.name(), grafana.port(), only);
    }

    private GrafanaServed served() {
        ServicePort grafana = grafana();
        return new GrafanaServed(scene.target(), scene.defaultNamespace(), grafana.name(), grafana.port());
    }

    private ServicePort grafana() {
        return scene.service("grafana", "grafana:3000");
    }
}
