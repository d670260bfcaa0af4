package dev.plumbline.steps;

import dev.plumbline.probe.HttpAnswer;
import dev.plumbline.probe.HttpGet;
import dev.plumbline.probe.PromQuery;
import dev.plumbline.steps.ParameterTypes.ServicePort;
import dev.plumbline.verdict.Expectation;
import io.cucumber.java.en.Then;
import java.time.Duration;

/** What services answer, asked through the API server's proxy. */
public final class ServiceSteps {

    private final Scene scene;
    private final Judge judge;

    public ServiceSteps(Scene scene, Judge judge) {
        this.scene = scene;
        this.judge = judge;
    }

    @Then("a GET of {string} on service {service} in namespace {string} answers {int} within {duration}")
    @Sentence(
            value = "The service answers the path with the status.",
            examples =
                    "a GET of \"/healthz\" on service \"web:8080\" in namespace \"shop\" answers 200 within 30 seconds",
            rights = {"get services/proxy", "list,watch services,pods,namespaces"})
    public void answers(String path, ServicePort service, String namespace, int status, Duration limit)
            throws InterruptedException {
        judge.eventually(
                limit,
                new HttpGet(scene.target(), scene.words(namespace), service.name(), service.port(), scene.words(path)),
                new Expectation<HttpAnswer>("status " + status, answer -> answer.status() == status));
    }

    @Then("a GET of {string} on service {service} in namespace {string} keeps answering {int} for {duration}")
    @Sentence(
            value = "The service answers the path with the status now and at each look during the time.",
            examples = "a GET of \"/\" on service \"web:80\" in namespace \"shop\" keeps answering 200 for 30 seconds",
            rights = {"get services/proxy"})
    public void keepsAnswering(String path, ServicePort service, String namespace, int status, Duration span)
            throws InterruptedException {
        judge.throughout(
                span,
                new HttpGet(scene.target(), scene.words(namespace), service.name(), service.port(), scene.words(path)),
                new Expectation<HttpAnswer>("status " + status, answer -> answer.status() == status));
    }

    @Then("the PromQL query {string} on service {service} in namespace {string} returns data within {duration}")
    @Sentence(
            value = "Prometheus answers the instant query with at least one sample.",
            examples = "the PromQL query \"up\" on service \"prometheus:9090\" in namespace \"monitoring\" returns data"
                    + " within 1 minute",
            rights = {"get services/proxy", "list,watch services,pods,namespaces"})
    public void returnsData(String query, ServicePort service, String namespace, Duration limit)
            throws InterruptedException {
        judge.eventually(
                limit,
                new PromQuery(
                        scene.target(), scene.words(namespace), service.name(), service.port(), scene.words(query)),
                new Expectation<>("at least one sample", PromQuery.Result::hasData));
    }
}
