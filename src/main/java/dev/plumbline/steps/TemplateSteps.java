package dev.plumbline.steps;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.probe.BoundVolume;
import dev.plumbline.probe.ObjectField;
import dev.plumbline.probe.Survey;
import dev.plumbline.probe.TemplateSurveys;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Measurement;
import io.cucumber.java.en.Then;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;

/** What workloads and claims ask for: images, probes, variables, resources, storage. */
public final class TemplateSteps {

    private static final double GIBIBYTE = 1024.0 * 1024.0 * 1024.0;

    private final Scene scene;
    private final Judge judge;

    public TemplateSteps(Scene scene, Judge judge) {
        this.scene = scene;
        this.judge = judge;
    }

    @Then("{kind} {string} in namespace {string} has {string} equal to the quantity {string}")
    @Sentence(
            value = "The field is this amount of a resource, however it is written: 500m is 0.5, 2Gi is 2048Mi.",
            examples =
                    "Deployment \"web\" in namespace \"shop\" has \".spec.template.spec.containers[0].resources.limits.memory\""
                            + " equal to the quantity \"2Gi\"",
            rights = {"list,watch {kind},namespaces"})
    public void quantity(String kind, String name, String namespace, String path, String wanted) {
        BigDecimal amount = amount(wanted);
        judge.now(
                new ObjectField(scene.target(), kind, scene.words(namespace), scene.words(name), FieldPath.parse(path)),
                new Expectation<>(wanted, found -> amount(found).compareTo(amount) == 0),
                found -> new Measurement(
                        path.substring(path.lastIndexOf('.', path.lastIndexOf('.') - 1) + 1),
                        amount(found).doubleValue(),
                        "",
                        new Measurement.Limit("==", amount.doubleValue()),
                        judge.clock()));
    }

    @Then("the images of {kind} {string} in namespace {string} are pinned at version {string} or later")
    @Sentence(
            value = "Each container of the template names a tag, which is neither latest nor an older version.",
            examples =
                    "the images of Deployment \"web\" in namespace \"shop\" are pinned at version \"1.7.4\" or later",
            rights = {"list,watch {kind},namespaces"})
    public void pinned(String kind, String name, String namespace, String least) {
        judge.now(
                surveys(kind, namespace, name)
                        .images(
                                tag -> tag.matches("v?\\d.*") && Versions.compare(tag, least) >= 0,
                                "of version " + least + " or later"),
                new Expectation<>("all pinned", Survey.Tally::well),
                this::wrong);
    }

    @Then("every HTTP probe of {kind} {string} in namespace {string} asks for one of {string}")
    @Sentence(
            value = "The startup, readiness and liveness probes of all containers; there must be at least one.",
            examples =
                    "every HTTP probe of Deployment \"web\" in namespace \"shop\" asks for one of \"/healthz, /readyz\"",
            rights = {"list,watch {kind},namespaces"})
    public void probes(String kind, String name, String namespace, String paths) {
        judge.now(
                surveys(kind, namespace, name).probes(Set.of(paths.split("\\s*,\\s*"))),
                new Expectation<>("one of " + paths, Survey.Tally::well),
                this::wrong);
    }

    @Then("no container of {kind} {string} in namespace {string} sets the variable {string}")
    @Sentence(
            value = "The variable, which would override a setting, stands in no container of the template.",
            examples = "no container of Deployment \"web\" in namespace \"shop\" sets the variable \"DATA_DIR\"",
            rights = {"list,watch {kind},namespaces"})
    public void without(String kind, String name, String namespace, String variable) {
        judge.now(
                surveys(kind, namespace, name).without(variable),
                new Expectation<>("not set", Survey.Tally::well),
                this::wrong);
    }

    @Then("claim {string} in namespace {string} is bound to a {string} volume of at least {string} within {duration}")
    @Sentence(
            value = "The claim is bound, of the storage class, its volume is there, and has at least this capacity.",
            examples =
                    "claim \"data-db-0\" in namespace \"shop\" is bound to a \"local-path\" volume of at least \"20Gi\" within"
                            + " 1 minute",
            rights = {"list,watch persistentvolumeclaims,persistentvolumes,namespaces"})
    public void claim(String claim, String namespace, String storageClass, String least, Duration limit)
            throws InterruptedException {
        BigDecimal amount = amount(least);
        judge.eventually(
                limit,
                new BoundVolume(scene.target(), scene.words(namespace), scene.words(claim)),
                new Expectation<>(
                        "bound, of class " + scene.words(storageClass) + " and at least " + least,
                        found -> found.bound()
                                && found.storageClass().equals(scene.words(storageClass))
                                && found.bytes().compareTo(amount) >= 0),
                found -> new Measurement(
                        "capacity",
                        found.bytes().doubleValue() / GIBIBYTE,
                        "GiB",
                        new Measurement.Limit(">=", amount.doubleValue() / GIBIBYTE),
                        judge.clock()));
    }

    private TemplateSurveys surveys(String kind, String namespace, String name) {
        return new TemplateSurveys(scene.target(), kind, scene.words(namespace), scene.words(name));
    }

    private static BigDecimal amount(String quantity) {
        return Quantity.getAmountInBytes(Quantity.parse(quantity));
    }

    private Measurement wrong(Survey.Tally tally) {
        return new Measurement(
                "wrong", tally.wrong().size(), "of " + tally.looked(), new Measurement.Limit("==", 0), judge.clock());
    }
}
