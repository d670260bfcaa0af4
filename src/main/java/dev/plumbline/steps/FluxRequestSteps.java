package dev.plumbline.steps;

import dev.plumbline.action.FluxObjects;
import dev.plumbline.action.RandomSecret;
import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.gitops.Credentials;
import dev.plumbline.probe.ObjectField;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.NotMeasured;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What somebody asks of Flux: a reconciliation, a directory or repository to follow, to go. */
public final class FluxRequestSteps {

    private static final String NAMESPACE = "flux-system";

    private final Session session;
    private final Scene scene;
    private final GitScene git;
    private final Judge judge;
    private final FluxObjects objects;
    private @Nullable Request request;
    private @Nullable String address;
    private boolean uninstalled;

    public FluxRequestSteps(Session session, Scene scene, GitScene git, Judge judge) {
        this.session = session;
        this.scene = scene;
        this.git = git;
        this.judge = judge;
        this.objects = new FluxObjects(session.target(), session.ledger(), session.runId());
    }

    private record Request(ObjectRef ref, String token, Instant at) {}

    @When("someone asks Flux to reconcile {kind} {string} in namespace {string}")
    @Sentence(
            value = "Sets the annotation by which flux reconcile asks for a reconciliation now.",
            examples = "someone asks Flux to reconcile HelmRelease \"web\" in namespace \"shop\"",
            rights = {"get,patch {kind}"})
    public void ask(String kind, String name, String namespace) {
        git.byFlux();
        Kind resolved = scene.target().kinds().named(kind);
        ObjectRef ref = new ObjectRef(resolved, scene.words(namespace), name);
        request = new Request(ref, objects.request(ref), scene.target().now());
    }

    @Then("the reconciliation that was asked for is done within {duration}")
    @Sentence(
            value = "The object's status answers the request.",
            examples = "the reconciliation that was asked for is done within 60 seconds",
            rights = {"get,list,watch *.toolkit.fluxcd.io"})
    public void answered(Duration limit) throws InterruptedException {
        Request asked = request;
        if (asked == null) {
            throw new NotMeasured("nothing was asked of Flux before this step");
        }
        judge.eventually(
                asked.at(),
                limit,
                new ObjectField(
                        scene.target(),
                        asked.ref().kind().kind() + "." + asked.ref().kind().group(),
                        asked.ref().namespace(),
                        asked.ref().name(),
                        FieldPath.parse(".status.lastHandledReconcileAt")),
                Expectation.equalTo(asked.token()));
    }

    @When("Flux is told to apply {string} of the repository")
    @Sentence(
            value = "A Kustomization named after the directory applies it every two minutes, and waits for its health.",
            examples = "Flux is told to apply \"apps/web\" of the repository",
            rights = {"get,list,watch,create,patch,delete kustomizations.kustomize.toolkit.fluxcd.io"})
    public void follow(String directory) throws InterruptedException {
        git.byFlux();
        objects.follow(directory);
    }

    @When("Flux is uninstalled")
    @Sentence(
            value = "What flux uninstall does: controllers, finalizers, definitions and namespace go, in this order.",
            examples = "Flux is uninstalled",
            rights = {"get,list,watch,patch,delete *"})
    public void uninstall() throws InterruptedException {
        git.byFlux();
        uninstalled = true;
        session.delivery().uninstallFlux();
    }

    /** Whoever comes next expects Flux as it was. */
    @After(order = 90)
    public void installAgain() throws InterruptedException {
        if (uninstalled) {
            String name = git.document();
            session.delivery().deliver(name, session.manifests().resolve(name));
        }
    }

    @Given("a private repository {string} with the files of repository {string}")
    @Sentence(
            value = "A repository that is only read with a random user and password, which are put into Secret"
                    + " <name>-git in namespace flux-system.",
            examples = "a private repository \"vault\" with the files of repository \"my-app\"",
            rights = {"get,create,patch,delete secrets"})
    public void makePrivate(String name, String from) throws InterruptedException {
        var delivered = git.byFlux();
        Credentials credentials = new RandomSecret(
                        session.target(),
                        new dev.plumbline.action.ApplyManifests(session.target(), session.ledger(), session.runId()),
                        session.mask())
                .credentials(NAMESPACE, name + "-git");
        address = session.delivery().makePrivate(name, delivered.other(from), credentials);
    }

    @When("Flux follows the private repository {string} without credentials")
    @Sentence(
            value = "A GitRepository of that name has the address and no secretRef.",
            examples = "Flux follows the private repository \"vault\" without credentials",
            rights = {"get,list,watch,create,patch,delete gitrepositories.source.toolkit.fluxcd.io"})
    public void without(String name) throws InterruptedException {
        objects.source(name, address(), Optional.empty());
    }

    @When("Flux follows the private repository {string} with its credentials")
    @Sentence(
            value = "The same with the Secret as secretRef.",
            examples = "Flux follows the private repository \"vault\" with its credentials",
            rights = {"get,list,watch,create,patch,delete gitrepositories.source.toolkit.fluxcd.io"})
    public void with(String name) throws InterruptedException {
        objects.source(name, address(), Optional.of(name + "-git"));
    }

    private String address() {
        if (address == null) {
            throw new NotMeasured("no private repository was made before this step");
        }
        return address;
    }
}
