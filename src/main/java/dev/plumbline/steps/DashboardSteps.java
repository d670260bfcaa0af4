package dev.plumbline.steps;

import dev.plumbline.probe.DashboardQueries;
import dev.plumbline.probe.GrafanaDashboards;
import dev.plumbline.probe.GrafanaPanels;
import dev.plumbline.probe.PanelReport;
import dev.plumbline.probe.Rollout;
import dev.plumbline.steps.ParameterTypes.ServicePort;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.NotMeasured;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Grafana's dashboards. The services are the profile's {@code grafana} and {@code prometheus}. */
public final class DashboardSteps {

    /** For Prometheus to start and to scrape twice, which a rate needs. */
    private static final Duration FIRST_SAMPLES = Duration.ofMinutes(3);

    private final Scene scene;
    private final GitScene git;
    private final Judge judge;
    private final Eventually eventually;

    public DashboardSteps(Session session, Scene scene, GitScene git, Judge judge) {
        this.scene = scene;
        this.git = git;
        this.judge = judge;
        this.eventually = new Eventually(session.target().clock(), Limits.DEFAULT);
    }

    @Given("every panel's query has been run on Prometheus as evidence")
    @Sentence(
            value = "Runs the queries of all dashboards that Git declares straight on Prometheus, and keeps what came"
                    + " back. It judges nothing: it is what can be said where Grafana cannot be had.",
            examples = "every panel's query has been run on Prometheus as evidence",
            rights = {"get services/proxy", "list,watch services,pods,namespaces"})
    public void evidence() throws InterruptedException {
        ServicePort prometheus = scene.service("prometheus", "prometheus:9090");
        DashboardQueries queries = new DashboardQueries(
                scene.target(),
                scene.defaultNamespace(),
                prometheus.name(),
                prometheus.port(),
                git.delivered().declared().dashboards());
        Judgement found = eventually.within(
                FIRST_SAMPLES,
                queries,
                new Expectation<>("data for every query", report -> report.allShowData(FIRST_SAMPLES)));
        String lines = found.timeline()
                .last()
                .map(stretch -> stretch.seen() instanceof dev.plumbline.verdict.Observation.Seen<?> seen
                        ? ((PanelReport) seen.value())
                                .queries().stream()
                                        .map(PanelReport.Query::toString)
                                        .collect(Collectors.joining("\n"))
                        : stretch.seen().toString())
                .orElse("no look was made");
        judge.evidence("panel-queries-on-prometheus.txt", "text/plain", found.reason() + "\n\n" + lines + "\n");
    }

    @Then("Grafana serves the dashboards {string} within {duration}")
    @Sentence(
            value = "Grafana runs and has at least these dashboards, by title.",
            examples = "Grafana serves the dashboards \"Overview, Databases\" within 3 minutes",
            rights = {"get services/proxy", "list,watch deployments.apps,services,pods,namespaces"})
    public void serves(String titles, Duration limit) throws InterruptedException {
        List<String> wanted = Stream.of(titles.split(","))
                .map(String::strip)
                .filter(title -> !title.isEmpty())
                .toList();
        if (wanted.isEmpty()) {
            throw new NotMeasured("the step names no dashboard: write their titles, with commas between them");
        }
        ServicePort grafana = scene.service("grafana", "grafana:3000");
        judge.eventually(
                limit,
                new Rollout(scene.target(), "Deployment", scene.defaultNamespace(), grafana.name()),
                new Expectation<>("all pods updated and ready", Rollout.Progress::done));
        judge.eventually(
                limit,
                new GrafanaDashboards(scene.target(), scene.defaultNamespace(), grafana.name(), grafana.port()),
                new Expectation<List<String>>("dashboards " + wanted, found -> found.containsAll(wanted)));
    }

    @Then("every panel of every dashboard on Grafana shows data at most {duration} old within {duration}")
    @Sentence(
            value =
                    "Each query of each panel, variables filled in, run through Grafana, has a sample that is not older."
                            + " A panel may be empty only if its description says emptyOk.",
            examples = "every panel of every dashboard on Grafana shows data at most 5 minutes old within 3 minutes",
            rights = {"get,create services/proxy", "list,watch services,pods,namespaces"})
    public void everyPanel(Duration oldest, Duration limit) throws InterruptedException {
        ServicePort grafana = scene.service("grafana", "grafana:3000");
        Judgement judged = judge.eventually(
                limit,
                new GrafanaPanels(scene.target(), scene.defaultNamespace(), grafana.name(), grafana.port()),
                new Expectation<>(
                        "data at most " + oldest.toSeconds() + " s old in every panel",
                        report -> report.allShowData(oldest)),
                report -> new Measurement(
                        "oldest panel data",
                        report.oldest().map(Duration::toSeconds).orElse(0L),
                        "seconds",
                        new Measurement.Limit("<=", oldest.toSeconds()),
                        judge.clock()));
        judged.timeline()
                .last()
                .ifPresent(stretch -> judge.evidence("panels.txt", "text/plain", stretch.seen() + "\n"));
    }
}
