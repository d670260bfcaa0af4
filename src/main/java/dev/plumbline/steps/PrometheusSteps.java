package dev.plumbline.steps;

import dev.plumbline.probe.PromAlert;
import dev.plumbline.probe.PromQuery;
import dev.plumbline.probe.PromTargets;
import dev.plumbline.probe.Survey;
import dev.plumbline.steps.ParameterTypes.ServicePort;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Measurement;
import io.cucumber.java.en.Then;
import java.time.Duration;

/** Prometheus itself: its targets, its alerts, and the numbers that queries give. */
public final class PrometheusSteps {

    private final Scene scene;
    private final Judge judge;

    public PrometheusSteps(Scene scene, Judge judge) {
        this.scene = scene;
        this.judge = judge;
    }

    @Then("every target of Prometheus on service {service} in namespace {string} is up within {duration}")
    @Sentence(
            value = "Each active target was reached at its last scrape; there must be at least one.",
            examples =
                    "every target of Prometheus on service \"prometheus:9090\" in namespace \"monitoring\" is up within"
                            + " 2 minutes",
            rights = {"get services/proxy", "list,watch services,pods,namespaces"})
    public void targets(ServicePort service, String namespace, Duration limit) throws InterruptedException {
        judge.eventually(
                limit,
                new PromTargets(scene.target(), scene.words(namespace), service.name(), service.port()),
                new Expectation<>("all up", Survey.Tally::well),
                tally -> new Measurement(
                        "targets down",
                        tally.wrong().size(),
                        "of " + tally.looked(),
                        new Measurement.Limit("==", 0),
                        judge.clock()));
    }

    @Then(
            "the PromQL query {string} on service {service} in namespace {string} gives at most {double} within {duration}")
    @Sentence(
            value = "There is a sample, and the value of none is greater.",
            examples = "the PromQL query \"count(up == 0) or vector(0)\" on service \"prometheus:9090\" in namespace"
                    + " \"monitoring\" gives at most 0.5 within 1 minute",
            rights = {"get services/proxy", "list,watch services,pods,namespaces"})
    public void atMost(String query, ServicePort service, String namespace, double most, Duration limit)
            throws InterruptedException {
        judge.eventually(
                limit,
                new PromQuery(
                        scene.target(), scene.words(namespace), service.name(), service.port(), scene.words(query)),
                new Expectation<>("at most " + most, found -> found.hasData() && largest(found) <= most),
                found -> new Measurement(
                        "largest value", largest(found), "", new Measurement.Limit("<=", most), judge.clock()));
    }

    private static double largest(PromQuery.Result result) {
        return result.samples().stream()
                .mapToDouble(PromQuery.Sample::value)
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(0);
    }

    @Then(
            "the alert {string} on service {service} in namespace {string} fires above a limit from {int} to {int} within {duration}")
    @Sentence(
            value =
                    "Prometheus has loaded the alert and evaluated it without an error, and the number at the end of its"
                            + " query lies between the two.",
            examples =
                    "the alert \"DiskFull\" on service \"prometheus:9090\" in namespace \"monitoring\" fires above a limit"
                            + " from 80 to 90 within 1 minute",
            rights = {"get services/proxy", "list,watch services,pods,namespaces"})
    public void alert(String alert, ServicePort service, String namespace, int least, int most, Duration limit)
            throws InterruptedException {
        judge.eventually(
                limit,
                new PromAlert(scene.target(), scene.words(namespace), service.name(), service.port(), alert),
                new Expectation<>(
                        "evaluated, with a limit from " + least + " to " + most,
                        rule -> rule.health().equals("ok") && rule.limit() >= least && rule.limit() <= most));
    }
}
