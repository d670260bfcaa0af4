package dev.plumbline.steps;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.probe.GrpcHealth;
import dev.plumbline.probe.HttpAnswer;
import dev.plumbline.probe.HttpGet;
import dev.plumbline.probe.PromQuery;
import dev.plumbline.probe.ServiceSurveys;
import dev.plumbline.probe.Survey;
import dev.plumbline.probe.TimedGet;
import dev.plumbline.steps.ParameterTypes.ServicePort;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Measurement;
import io.cucumber.java.en.Then;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

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

    @Then(
            "a GET of {string} on service {service} in namespace {string} answers {int} in under {duration} within {duration}")
    @Sentence(
            value =
                    "The service answers the path with the status, and takes less than the first time for it; a try that"
                            + " is slower may be followed by others until the second time is over.",
            examples =
                    "a GET of \"/healthz\" on service \"web:8080\" in namespace \"shop\" answers 200 in under 2 seconds"
                            + " within 30 seconds",
            rights = {"get services/proxy", "list,watch services,pods,namespaces"})
    public void answersFast(
            String path, ServicePort service, String namespace, int status, Duration fast, Duration limit)
            throws InterruptedException {
        judge.eventually(
                limit,
                new TimedGet(scene.target(), get(path, service, namespace)),
                new Expectation<>(
                        "status " + status + " in under " + fast.toSeconds() + " s",
                        seen -> seen.answer().status() == status && seen.took().compareTo(fast) < 0),
                seen -> new Measurement(
                        "time to the answer",
                        seen.took().toMillis() / 1000.0,
                        "seconds",
                        new Measurement.Limit("<", fast.toSeconds()),
                        judge.clock()));
    }

    @Then("a GET of {string} on service {service} in namespace {string} says {string} within {duration}")
    @Sentence(
            value = "The service answers the path with status 200 and this text, less white space at both ends.",
            examples =
                    "a GET of \"/readyz\" on service \"web:8080\" in namespace \"shop\" says \"ok\" within 30 seconds",
            rights = {"get services/proxy", "list,watch services,pods,namespaces"})
    public void says(String path, ServicePort service, String namespace, String text, Duration limit)
            throws InterruptedException {
        judge.eventually(
                limit,
                get(path, service, namespace),
                new Expectation<HttpAnswer>(
                        "status 200 and \"" + scene.words(text) + "\"",
                        answer ->
                                answer.status() == 200 && answer.body().strip().equals(scene.words(text))));
    }

    @Then(
            "a GET of {string} on service {service} in namespace {string} gives a {string} of {string} or later within {duration}")
    @Sentence(
            value =
                    "The service answers with JSON whose field is a version, with or without a v, and not an older one.",
            examples =
                    "a GET of \"/\" on service \"web:8080\" in namespace \"shop\" gives a \".version\" of \"1.7.4\" or later"
                            + " within 30 seconds",
            rights = {"get services/proxy", "list,watch services,pods,namespaces"})
    public void givesVersion(
            String path, ServicePort service, String namespace, String field, String least, Duration limit)
            throws InterruptedException {
        FieldPath in = FieldPath.parse(field);
        judge.eventually(
                limit,
                get(path, service, namespace),
                new Expectation<HttpAnswer>(
                        field + " " + least + " or later",
                        answer -> answer.status() == 200
                                && answer.field(in)
                                        .filter(found -> Versions.compare(found, least) >= 0)
                                        .isPresent()));
    }

    @Then(
            "service {string} in namespace {string} offers the ports {string} with a ready endpoint each within {duration}")
    @Sentence(
            value = "The Service declares each port, and an EndpointSlice of it has a ready endpoint behind it.",
            examples =
                    "service \"web\" in namespace \"shop\" offers the ports \"80, 443\" with a ready endpoint each within"
                            + " 1 minute",
            rights = {"list,watch services,endpointslices.discovery.k8s.io,namespaces"})
    public void offers(String service, String namespace, String ports, Duration limit) throws InterruptedException {
        List<Integer> numbers =
                Stream.of(ports.split("\\s*,\\s*")).map(Integer::valueOf).toList();
        judge.eventually(
                limit,
                new ServiceSurveys(scene.target(), scene.words(namespace), scene.words(service)).offers(numbers),
                new Expectation<>("all offered", Survey.Tally::well));
    }

    @Then("service {string} in namespace {string} is closed to the outside of the cluster")
    @Sentence(
            value = "It and every other Service of the same pods are of type ClusterIP, and no Ingress leads to them.",
            examples = "service \"web\" in namespace \"shop\" is closed to the outside of the cluster",
            rights = {"list,watch services,ingresses.networking.k8s.io,namespaces"})
    public void closed(String service, String namespace) {
        judge.now(
                new ServiceSurveys(scene.target(), scene.words(namespace), scene.words(service)).closed(),
                new Expectation<>("no way in", Survey.Tally::well));
    }

    @Then("the gRPC health check of service {service} in namespace {string} answers SERVING within {duration}")
    @Sentence(
            value =
                    "A ready pod behind the port answers grpc.health.v1.Health/Check, asked over HTTP/2 through a tunnel.",
            examples =
                    "the gRPC health check of service \"web:9000\" in namespace \"shop\" answers SERVING within 30 seconds",
            rights = {
                "get,create pods/portforward",
                "list,watch services,endpointslices.discovery.k8s.io,pods,namespaces"
            })
    public void grpcServing(ServicePort service, String namespace, Duration limit) throws InterruptedException {
        judge.eventually(
                limit,
                new GrpcHealth(scene.target(), scene.words(namespace), service.name(), service.port()),
                new Expectation<>("SERVING", status -> status == GrpcHealth.Status.SERVING));
    }

    private HttpGet get(String path, ServicePort service, String namespace) {
        return new HttpGet(scene.target(), scene.words(namespace), service.name(), service.port(), scene.words(path));
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
