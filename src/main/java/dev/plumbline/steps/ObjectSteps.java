package dev.plumbline.steps;

import dev.plumbline.action.ChangeObject;
import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.Kinds;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.probe.Condition;
import dev.plumbline.probe.EventSeen;
import dev.plumbline.probe.ObjectField;
import dev.plumbline.probe.Presence;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.Observation;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;

/** Any object of any kind: its presence, its fields, its conditions, and changes by hand. */
public final class ObjectSteps {

    private final Scene scene;
    private final Judge judge;
    private final ChangeObject change;

    public ObjectSteps(Scene scene, Judge judge, ByHand byHand) {
        this.scene = scene;
        this.judge = judge;
        this.change = byHand.change();
    }

    @When("someone changes {string} of {kind} {string} in namespace {string} to {string}")
    @Sentence(
            value = "Sets one field by hand, as kubectl edit does. The value takes the type of the field it replaces.",
            examples = "someone changes \".spec.replicas\" of Deployment \"web\" in namespace \"shop\" to \"3\"",
            rights = {"get,create,patch,update {kind}"})
    public void change(String path, String kind, String name, String namespace, String value) {
        change.set(ref(kind, name, namespace), path(path), scene.words(value));
    }

    @When("someone deletes {kind} {string} in namespace {string}")
    @Sentence(
            value = "Deletes an object by hand, and does not wait for it to be gone.",
            examples = "someone deletes ConfigMap \"settings\" in namespace \"shop\"",
            rights = {"get,list,watch,create,update,delete {kind}"})
    public void delete(String kind, String name, String namespace) throws InterruptedException {
        change.delete(ref(kind, name, namespace));
    }

    @Then("{kind} {string} in namespace {string} exists within {duration}")
    @Sentence(
            value = "The object is there, and not under deletion.",
            examples = "ConfigMap \"settings\" in namespace \"shop\" exists within 10 seconds",
            rights = {"list,watch {kind},namespaces"})
    public void exists(String kind, String name, String namespace, Duration limit) throws InterruptedException {
        judge.eventually(
                limit,
                presence(kind, name, namespace),
                new Expectation<>("there", state -> state == Presence.State.THERE));
    }

    @Then("{kind} {string} in namespace {string} does not exist within {duration}")
    @Sentence(
            value = "The object is not there, or is gone before the time is over.",
            examples = "ConfigMap \"settings\" in namespace \"shop\" does not exist within 10 seconds",
            rights = {"list,watch {kind},namespaces"})
    public void doesNotExist(String kind, String name, String namespace, Duration limit) throws InterruptedException {
        judge.eventually(
                limit,
                presence(kind, name, namespace),
                new Expectation<>("not there", state -> state == Presence.State.NOT_THERE));
    }

    @Then("{kind} {string} in namespace {string} has {string} equal to {string} within {duration}")
    @Sentence(
            value = "The field becomes equal to the text.",
            examples =
                    "ConfigMap \"settings\" in namespace \"shop\" has \".data.color\" equal to \"blue\" within 10 seconds",
            rights = {"list,watch {kind},namespaces"})
    public void has(String kind, String name, String namespace, String path, String value, Duration limit)
            throws InterruptedException {
        judge.eventually(limit, field(kind, name, namespace, path), quoted(scene.words(value)));
    }

    @Then("{kind} {string} in namespace {string} keeps {string} equal to {string} for {duration}")
    @Sentence(
            value = "The field is equal to the text now and at each moment of the time.",
            examples =
                    "ConfigMap \"settings\" in namespace \"shop\" keeps \".data.color\" equal to \"blue\" for 10 seconds",
            rights = {"list,watch {kind},namespaces"})
    public void keeps(String kind, String name, String namespace, String path, String value, Duration span)
            throws InterruptedException {
        judge.throughout(span, field(kind, name, namespace, path), quoted(scene.words(value)));
    }

    @Given("every change of {kind} objects is recorded")
    @Sentence(
            value = "From now on each state is kept, however short, for \"has had\". Before, nothing may have looked.",
            examples = "every change of Pod objects is recorded",
            rights = {"list,watch {kind}"})
    public void record(String kind) {
        Observation<?> seen = scene.target().feeds().list(kind(kind), null);
        if (seen instanceof Observation.Unreachable<?>) {
            throw new NotMeasured(kind + " objects cannot be recorded: " + seen);
        }
    }

    @Then("{kind} {string} in namespace {string} has had {string} equal to {string} within {duration}")
    @Sentence(
            value = "The field was equal to the text for at least a moment since the scenario began,"
                    + " or is before the time is over.",
            examples =
                    "Pod \"db-0\" in namespace \"shop\" has had \".status.phase\" equal to \"Pending\" within 10 seconds",
            rights = {"get,list,watch {kind}"})
    public void hasHad(String kind, String name, String namespace, String path, String value, Duration limit)
            throws InterruptedException {
        judge.ever(limit, field(kind, name, namespace, path), quoted(scene.words(value)));
    }

    @Then("{kind} {string} in namespace {string} has condition {string} within {duration}")
    @Sentence(
            value = "The condition is True, and of the object's current generation.",
            examples = "Kustomization \"apps\" in namespace \"flux-system\" has condition \"Ready\" within 2 minutes",
            rights = {"list,watch {kind},namespaces"})
    public void condition(String kind, String name, String namespace, String type, Duration limit)
            throws InterruptedException {
        judge.eventually(
                limit,
                new Condition(scene.target(), kind, scene.words(namespace), scene.words(name), type),
                new Expectation<>("True", state -> state.status().equals("True")));
    }

    @Then("{kind} {string} in namespace {string} is not ready because of {string} within {duration}")
    @Sentence(
            value = "The condition Ready is False for this reason.",
            examples =
                    "Kustomization \"apps\" in namespace \"flux-system\" is not ready because of \"BuildFailed\" within 2 minutes",
            rights = {"get,list,watch {kind}"})
    public void notReady(String kind, String name, String namespace, String reason, Duration limit)
            throws InterruptedException {
        judge.eventually(
                limit,
                new Condition(scene.target(), kind, scene.words(namespace), scene.words(name), "Ready"),
                new Expectation<>(
                        "False because of " + reason,
                        state ->
                                state.status().equals("False") && state.reason().equals(reason)));
    }

    @Then("{kind} {string} in namespace {string} has {string} at version {string} or later")
    @Sentence(
            value = "The field is a version, with or without a v, and not an older one.",
            examples =
                    "Deployment \"web\" in namespace \"shop\" has \".metadata.labels[\\\"app.kubernetes.io/version\\\"]\" at"
                            + " version \"2.0.0\" or later",
            rights = {"get,list,watch {kind}"})
    public void version(String kind, String name, String namespace, String path, String least) {
        judge.now(
                field(kind, name, namespace, path),
                new Expectation<>("version " + least + " or later", found -> Versions.compare(found, least) >= 0));
    }

    @Then("an event {string} about {kind} {string} in namespace {string} is recorded within {duration}")
    @Sentence(
            value = "The cluster has an event with this reason about the object.",
            examples = "an event \"Scheduled\" about Pod \"db-0\" in namespace \"shop\" is recorded within 1 minute",
            rights = {"get,list,watch events"})
    public void event(String reason, String kind, String name, String namespace, Duration limit)
            throws InterruptedException {
        judge.eventually(
                limit,
                new EventSeen(scene.target(), kind, scene.words(namespace), scene.words(name), reason),
                new Expectation<>("recorded", message -> true));
    }

    private static Expectation<String> quoted(String value) {
        return new Expectation<>("\"" + value + "\"", value::equals);
    }

    private Presence presence(String kind, String name, String namespace) {
        return new Presence(scene.target(), kind, scene.words(namespace), scene.words(name));
    }

    private ObjectField field(String kind, String name, String namespace, String path) {
        return new ObjectField(scene.target(), kind, scene.words(namespace), scene.words(name), path(path));
    }

    private static FieldPath path(String text) {
        return FieldPath.parse(text);
    }

    private ObjectRef ref(String word, String name, String namespace) {
        Kind kind = kind(word);
        return new ObjectRef(kind, kind.namespaced() ? scene.words(namespace) : null, scene.words(name));
    }

    private Kind kind(String word) {
        try {
            return scene.target().kinds().named(word);
        } catch (Kinds.UnknownKind e) {
            throw new NotMeasured(e.getMessage(), e);
        }
    }
}
