package dev.plumbline.steps;

import dev.plumbline.gitops.GitRepository;
import dev.plumbline.probe.DeclaredDifferences;
import dev.plumbline.probe.FluxSurveys;
import dev.plumbline.probe.Survey;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.NotMeasured;
import io.cucumber.java.en.Then;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Flux holds, by reading only. */
public final class FluxStateSteps {

    private final Scene scene;
    private final GitScene git;
    private final Judge judge;
    private final FluxSurveys surveys;
    private final StaticManifests manifests;

    public FluxStateSteps(Scene scene, GitScene git, StaticManifests manifests, Judge judge) {
        this.manifests = manifests;
        this.scene = scene;
        this.git = git;
        this.judge = judge;
        this.surveys = new FluxSurveys(scene.target());
    }

    @Then("every Flux object is ready at its source's revision within {duration}")
    @Sentence(
            value =
                    "Each GitRepository, HelmRepository, Kustomization and HelmRelease is ready for its current generation,"
                            + " not suspended, and at the revision that its source holds. An image that cannot be pulled makes it"
                            + " blocked.",
            examples = "every Flux object is ready at its source's revision within 3 minutes",
            rights = {"get,list,watch *.toolkit.fluxcd.io", "get,list,watch pods"})
    public void ready(Duration limit) throws InterruptedException {
        judge.eventually(limit, surveys.ready(), none(), wrong -> wrong("not ready", wrong));
    }

    @Then("everything that runs in namespace {string} is managed by Flux")
    @Sentence(
            value = "Each workload, Service and claim is labelled by a Kustomization or Helm release and counted in its"
                    + " inventory. Exceptions stand in the profile as unmanaged: \"Service/web, ...\".",
            examples = "everything that runs in namespace \"shop\" is managed by Flux",
            rights = {"get,list,watch *"})
    public void managed(String namespace) {
        Set<String> exceptions = Set.of(scene.value("unmanaged", "").split("\\s*,\\s*"));
        judge.now(surveys.managed(scene.words(namespace), exceptions), none(), wrong -> wrong("unmanaged", wrong));
    }

    @Then("every Secret in namespace {string} that Flux does not manage is listed in {string} of {string}")
    @Sentence(
            value =
                    "The list is a file among the manifests, one name a line; # begins a remark. Values are never read.",
            examples = "every Secret in namespace \"shop\" that Flux does not manage is listed in"
                    + " \"docs/secrets-outside-git.txt\" of \"gitops-plan\"",
            rights = {"get,list,watch secrets", "get,list,watch *.toolkit.fluxcd.io"})
    public void secrets(String namespace, String file, String name) {
        git.byFlux();
        Set<String> exceptions;
        try (Stream<String> lines = Files.lines(manifests.directory(name).resolve(file))) {
            exceptions = lines.map(line -> line.replaceFirst("#.*", "").strip()).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new NotMeasured(file + " of " + name + " cannot be read: " + e, e);
        }
        judge.now(surveys.secrets(scene.words(namespace), exceptions), none(), wrong -> wrong("unlisted", wrong));
    }

    @Then("no field that Git declares differs on the cluster within {duration}")
    @Sentence(
            value = "Each field of each declared object is compared with the live one; what Git does not declare may be"
                    + " anything.",
            examples = "no field that Git declares differs on the cluster within 1 minute",
            rights = {"get,list,watch *"})
    public void noDifference(Duration limit) throws InterruptedException {
        var declared = git.byFlux().declared();
        judge.eventually(
                limit,
                new DeclaredDifferences(
                        scene.target(),
                        () -> declared.parts().values().stream()
                                .flatMap(java.util.List::stream)
                                .toList()),
                new Expectation<>("none different", found -> found.differences().isEmpty()),
                found -> new Measurement(
                        "different fields",
                        found.differences().size(),
                        "",
                        new Measurement.Limit("==", 0),
                        judge.clock()));
    }

    @Then("nothing in namespace {string} is exempt from Flux's correction")
    @Sentence(
            value = "No object tells Flux by annotation to leave it alone.",
            examples = "nothing in namespace \"shop\" is exempt from Flux's correction",
            rights = {"get,list,watch *"})
    public void noneExempt(String namespace) {
        judge.now(surveys.noneExempt(scene.words(namespace)), none(), wrong -> wrong("exempt", wrong));
    }

    @Then("every applied revision is in the history of its branch")
    @Sentence(
            value =
                    "The commit that each Kustomization has applied is the head of its source's branch or lies before it.",
            examples = "every applied revision is in the history of its branch",
            rights = {"get,list,watch kustomizations.kustomize.toolkit.fluxcd.io"})
    public void inHistory() {
        var delivered = git.byFlux();
        judge.now(
                surveys.fromBranch((source, commit) -> {
                    GitRepository repository = delivered.others().getOrDefault(source, delivered.repository());
                    return repository.holds(commit);
                }),
                none(),
                wrong -> wrong("not of the branch", wrong));
    }

    @Then("nobody but Flux has written to what Flux manages in namespace {string}")
    @Sentence(
            value = "No object with Flux's label has a field that belongs to kubectl or helm.",
            examples = "nobody but Flux has written to what Flux manages in namespace \"shop\"",
            rights = {"get,list,watch *"})
    public void onlyFlux(String namespace) {
        judge.now(surveys.onlyFlux(scene.words(namespace)), none(), wrong -> wrong("written by hand", wrong));
    }

    @Then("everything that Kustomization {string} has applied lies in namespace {string}")
    @Sentence(
            value = "Each entry of the Kustomization's inventory is of that namespace.",
            examples = "everything that Kustomization \"web\" has applied lies in namespace \"shop\"",
            rights = {"get,list,watch kustomizations.kustomize.toolkit.fluxcd.io"})
    public void within(String kustomization, String namespace) {
        judge.now(surveys.within(kustomization, scene.words(namespace)), none(), wrong -> wrong("elsewhere", wrong));
    }

    @Then("Kustomization {string} no longer counts {kind} {string} among what it applied within {duration}")
    @Sentence(
            value = "The object is not in the Kustomization's inventory.",
            examples = "Kustomization \"web\" no longer counts Service \"old\" among what it applied within 1 minute",
            rights = {"get,list,watch kustomizations.kustomize.toolkit.fluxcd.io"})
    public void withoutEntry(String kustomization, String kind, String name, Duration limit)
            throws InterruptedException {
        judge.eventually(limit, surveys.withoutEntry(kustomization, kind, name), none());
    }

    private static Expectation<Survey.Tally> none() {
        return new Expectation<>("none wrong", Survey.Tally::well);
    }

    private Measurement wrong(String name, Survey.Tally tally) {
        return new Measurement(
                name, tally.wrong().size(), "of " + tally.looked(), new Measurement.Limit("==", 0), judge.clock());
    }
}
