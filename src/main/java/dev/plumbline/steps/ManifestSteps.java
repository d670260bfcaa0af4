package dev.plumbline.steps;

import dev.plumbline.action.ApplyManifests;
import dev.plumbline.action.ManifestDirectory;
import dev.plumbline.action.RandomSecret;
import io.cucumber.java.en.Given;
import java.nio.file.Path;
import java.util.List;

/** How manifests get into the cluster. */
public final class ManifestSteps {

    private final Session session;
    private final Scene scene;
    private final GitScene git;
    private final ApplyManifests apply;

    public ManifestSteps(Session session, Scene scene, GitScene git) {
        this.git = git;
        this.session = session;
        this.scene = scene;
        this.apply = new ApplyManifests(session.target(), session.ledger(), session.runId());
    }

    @Given("the manifests in {string} are applied")
    @Sentence(
            value = "Applies all manifests of a directory, or what its kustomization.yaml makes of them, server-side."
                    + " The directory is relative to the working directory.",
            examples = "the manifests in \"some/dir\" are applied",
            rights = {"get,list,watch,create,patch,update,delete {manifests}"})
    public void applied(String directory) throws InterruptedException {
        apply.apply(ManifestDirectory.objects(session.place(Path.of(scene.words(directory)))));
    }

    @Given("the {string} manifests are deployed from Git")
    @Sentence(
            value = "Puts manifests/<name> into a Git repository that Flux follows. Where Flux cannot be had they are"
                    + " applied; steps that judge Flux are then blocked.",
            examples = "the \"gitops-plan\" manifests are deployed from Git",
            rights = {"get,list,watch,create,patch,update,delete {manifests}"})
    public void deployed(String name) throws InterruptedException {
        git.delivered(name, session.delivery().deliver(name, session.manifests().resolve(name)));
    }

    @Given("Flux follows the repository")
    @Sentence(
            value = "Blocks the scenario where Flux cannot be had and the manifests were applied without it, so that"
                    + " nothing waits for what only Flux would do.",
            examples = "Flux follows the repository",
            rights = {})
    public void followed() {
        git.byFlux();
    }

    @Given("a random secret {string} in namespace {string} with keys {string}")
    @Sentence(
            value = "Makes a Secret with a random value for each key, so that no credential stands in a manifest. The"
                    + " values never reach a report.",
            examples = "a random secret \"db-credentials\" in namespace \"shop\" with keys \"user, password\"",
            rights = {"get,list,watch,create,patch,update,delete secrets"})
    public void randomSecret(String name, String namespace, String keys) throws InterruptedException {
        new RandomSecret(session.target(), apply, session.mask())
                .make(scene.words(namespace), scene.words(name), List.of(keys.split("\\s*,\\s*")));
    }
}
