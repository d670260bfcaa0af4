package dev.plumbline.steps;

import dev.plumbline.probe.PodSurveys;
import dev.plumbline.probe.Requests;
import dev.plumbline.probe.Survey;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.NotMeasured;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Many pods at once: restarts, identities, and what they request. */
public final class PodSteps {

    private static final double MEBIBYTE = 1024.0 * 1024.0;

    private final Scene scene;
    private final Judge judge;
    private final PodSurveys surveys;
    private Map<String, String> remembered = Map.of();

    public PodSteps(Scene scene, Judge judge) {
        this.scene = scene;
        this.judge = judge;
        this.surveys = new PodSurveys(scene.target());
    }

    @Then("no container in namespace {string} has restarted in the last {duration}")
    @Sentence(
            value = "No container ended and was started again in that time.",
            examples = "no container in namespace \"shop\" has restarted in the last 1 hour",
            rights = {"get,list,watch pods"})
    public void noRestarts(String namespace, Duration span) {
        judge.now(surveys.noRestarts(scene.words(namespace), "*", span), none(), this::wrong);
    }

    @Then("no container of the pods {string} in namespace {string} has restarted in the last {duration}")
    @Sentence(
            value = "The same for the pods of a namespace whose names fit, where * stands for any letters.",
            examples = "no container of the pods \"db-*\" in namespace \"shop\" has restarted in the last 1 hour",
            rights = {"get,list,watch pods"})
    public void noRestartsOf(String pods, String namespace, Duration span) {
        judge.now(surveys.noRestarts(scene.words(namespace), scene.words(pods), span), none(), this::wrong);
    }

    @Given("the pods in namespace {string} are remembered")
    @Sentence(
            value = "Notes the identity and restarts of each pod that is ready, to compare with later.",
            examples = "the pods in namespace \"shop\" are remembered",
            rights = {"get,list,watch pods"})
    public void remember(String namespace) {
        remembered = surveys.identities(scene.words(namespace));
        if (remembered.isEmpty()) {
            throw new NotMeasured(
                    "nothing selected: there is no ready pod in namespace \"" + scene.words(namespace) + "\"");
        }
    }

    @Then("the remembered pods in namespace {string} still run, none of them restarted")
    @Sentence(
            value = "Each pod that was remembered is there, and its containers have not restarted.",
            examples = "the remembered pods in namespace \"shop\" still run, none of them restarted",
            rights = {"get,list,watch pods"})
    public void same(String namespace) {
        judge.now(surveys.same(scene.words(namespace), remembered), none(), this::wrong);
    }

    @Then("the pods {string} together request at most {string} of {word}")
    @Sentence(
            value = "The requests of all matching pods summed up. Patterns are namespace/name with * for any letters.",
            examples = "the pods \"shop/*, tools/db-*\" together request at most \"256Mi\" of memory",
            rights = {"get,list,watch pods"})
    public void pods(String patterns, String limit, String resource) {
        atMost("Pod", patterns, limit, resource);
    }

    @Then("the claims {string} together request at most {string} of {word}")
    @Sentence(
            value = "The same for PersistentVolumeClaims.",
            examples = "the claims \"shop/data-*\" together request at most \"20Gi\" of storage",
            rights = {"get,list,watch persistentvolumeclaims"})
    public void claims(String patterns, String limit, String resource) {
        atMost("PersistentVolumeClaim", patterns, limit, resource);
    }

    private void atMost(String kind, String patterns, String limit, String resource) {
        Requests requests = surveys.requests(kind, List.of(scene.words(patterns).split("\\s*,\\s*")), resource);
        BigDecimal most = Quantity.getAmountInBytes(Quantity.parse(limit));
        judge.now(
                requests,
                new Expectation<>("at most " + limit, sum -> sum.amount().compareTo(most) <= 0),
                sum -> new Measurement(
                        resource + " requested",
                        sum.amount().doubleValue() / MEBIBYTE,
                        "MiB",
                        new Measurement.Limit("<=", most.doubleValue() / MEBIBYTE),
                        judge.clock()));
    }

    private static Expectation<Survey.Tally> none() {
        return new Expectation<>("none wrong", Survey.Tally::well);
    }

    private Measurement wrong(Survey.Tally tally) {
        return new Measurement(
                "wrong", tally.wrong().size(), "of " + tally.looked(), new Measurement.Limit("==", 0), judge.clock());
    }
}
