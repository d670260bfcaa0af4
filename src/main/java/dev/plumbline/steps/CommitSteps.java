package dev.plumbline.steps;

import dev.plumbline.action.CommitFields;
import dev.plumbline.action.FluxSettle;
import dev.plumbline.cluster.FieldPath;
import dev.plumbline.gitops.GitRepository;
import dev.plumbline.probe.CommitLag;
import dev.plumbline.probe.FluxSync;
import dev.plumbline.probe.ObjectField;
import dev.plumbline.probe.Presence;
import dev.plumbline.probe.Rollout;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.NotMeasured;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.After;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Commits, and how long they take to be live. Nothing calls Flux: it has to find them. */
public final class CommitSteps {

    private final Scene scene;
    private final GitScene git;
    private final Judge judge;
    private final FluxSettle sync;

    public CommitSteps(Session session, Scene scene, GitScene git, Judge judge) {
        this.sync = new FluxSettle(session.target(), session.ledger(), session.runId());
        this.scene = scene;
        this.git = git;
        this.judge = judge;
    }

    @When("a commit sets these fields in {string}")
    @Sentence(
            value = "Commits new values for fields of manifests in one directory of the repository. The table has the"
                    + " columns file, field and value; each file holds one object.",
            examples = "a commit sets these fields in \"apps/web\"")
    public void commit(String directory, DataTable table) {
        if (table.asMaps().isEmpty()) {
            throw new NotMeasured("the table of the commit has no row, so nothing would be committed or judged");
        }
        commit(git.byFlux().repository(), directory, table);
    }

    @When("a commit to repository {string} sets these fields in {string}")
    @Sentence(
            value = "The same in a repository beside the main one, whose files stand under repositories/<name>.",
            examples = "a commit to repository \"my-app\" sets these fields in \"deploy\"")
    public void commitElsewhere(String repository, String directory, DataTable table) {
        commit(git.byFlux().other(repository), directory, table);
    }

    private void commit(GitRepository repository, String directory, DataTable table) {
        git.commitsTo(repository);
        CommitFields commit = new CommitFields(repository);
        List<GitScene.Committed> fields = new ArrayList<>();
        for (Map<String, String> row : table.asMaps()) {
            String field = cell(row, "field");
            String value = scene.words(cell(row, "value"));
            var object = commit.set(directory + "/" + cell(row, "file"), FieldPath.parse(field), value);
            fields.add(new GitScene.Committed(
                    object.getKind(), object.getMetadata().getName(), field, value));
        }
        var now = scene.target().clock().instant();
        git.committed(commit.push("Change " + directory, now), fields);
        git.changed(now);
    }

    @When("a commit takes {string} out of {string}")
    @Sentence(
            value = "Deletes a file and its line in the kustomization.yaml of its directory, in one commit.",
            examples = "a commit takes \"web.yaml\" out of \"apps\"")
    public void takeOut(String file, String directory) {
        GitRepository repository = git.byFlux().repository();
        git.commitsTo(repository);
        String list = directory + "/kustomization.yaml";
        byte[] content = repository.files(repository.head().orElseThrow()).get(list);
        String text = content == null ? "" : new String(content, StandardCharsets.UTF_8);
        String without = text.replaceAll("(?m)^\\s*- " + Pattern.quote(file) + "\\s*\\n", "");
        if (without.equals(text)) {
            throw new NotMeasured(list + " does not list " + file + ", so it cannot be taken out");
        }
        push(repository.commit(
                Map.of(list, without.getBytes(StandardCharsets.UTF_8)),
                Set.of(directory + "/" + file),
                "Remove " + file,
                scene.target().now()));
    }

    @When("a commit writes {string} to {string}")
    @Sentence(
            value = "Commits a file with one line of text.",
            examples = "a commit writes \"Checked today.\" to \"docs/notes.md\"")
    public void write(String text, String file) {
        GitRepository repository = git.byFlux().repository();
        git.commitsTo(repository);
        push(repository.commit(
                Map.of(file, (text + "\n").getBytes(StandardCharsets.UTF_8)),
                Set.of(),
                "Write " + file,
                scene.target().now()));
    }

    @When("the commit is reverted")
    @Sentence(
            value = "A new commit has the files as they were before the scenario's first.",
            examples = "the commit is reverted")
    public void revert() {
        git.commit();
        git.before()
                .forEach((repository, head) ->
                        push(repository.revert(head, "Revert", scene.target().now())));
    }

    private void push(String commit) {
        git.committed(commit, List.of());
        git.changed(scene.target().now());
    }

    /** What a scenario committed is taken back, and Flux told, so that the next begins from what is declared. */
    @After(order = 100)
    public void takeBack() throws InterruptedException {
        if (git.before().isEmpty()) {
            return;
        }
        git.before().forEach((repository, head) -> {
            if (!repository.files(repository.head().orElseThrow()).equals(repository.files(head))) {
                repository.revert(
                        head,
                        "Take back what a scenario committed",
                        scene.target().now());
            }
        });
        sync.settle();
    }

    private static String cell(Map<String, String> row, String column) {
        String text = row.get(column);
        if (text == null) {
            throw new NotMeasured("the table of the commit needs the columns file, field and value in each row; "
                    + column + " is missing");
        }
        return text;
    }

    @Then("Kustomization {string} has applied the commit within {duration}")
    @Sentence(
            value = "Flux names the commit as the last one applied, counted from the commit.",
            examples = "Kustomization \"apps\" has applied the commit within 5 minutes",
            rights = {"list,watch kustomizations.kustomize.toolkit.fluxcd.io,namespaces"})
    public void applied(String kustomization, Duration limit) throws InterruptedException {
        String commit = git.commit();
        judge.eventually(
                git.changedAt(),
                limit,
                new FluxSync(scene.target(), "flux-system", kustomization),
                new Expectation<>(
                        "at commit " + commit, state -> state.revision().endsWith(commit)));
    }

    @Then("GitRepository {string} has fetched the commit within {duration}")
    @Sentence(
            value = "What Flux holds of the branch is the commit, counted from the commit.",
            examples = "GitRepository \"homelab\" has fetched the commit within 2 minutes",
            rights = {"get,list,watch gitrepositories.source.toolkit.fluxcd.io"})
    public void fetched(String source, Duration limit) throws InterruptedException {
        String commit = git.commit();
        judge.eventually(
                git.changedAt(),
                limit,
                new ObjectField(
                        scene.target(),
                        "GitRepository",
                        "flux-system",
                        source,
                        FieldPath.parse(".status.artifact.revision")),
                new Expectation<>("at commit " + commit, revision -> revision.endsWith(commit)));
    }

    @Then("{kind} {string} is gone within {duration} of the commit")
    @Sentence(
            value = "The object does not exist any more, counted from the commit.",
            examples = "Deployment \"web\" is gone within 5 minutes of the commit",
            rights = {"get,list,watch {kind}"})
    public void gone(String kind, String name, Duration limit) throws InterruptedException {
        judge.eventually(
                git.changedAt(),
                limit,
                new Presence(scene.target(), kind, scene.defaultNamespace(), name),
                new Expectation<>("not there", state -> state == Presence.State.NOT_THERE));
    }

    @Then("{kind} {string} has its declared {string} again within {duration} of the commit")
    @Sentence(
            value = "The live field is what the head of the branch declares, counted from the commit.",
            examples = "Deployment \"web\" has its declared \".spec.replicas\" again within 5 minutes of the commit",
            rights = {"get,list,watch {kind}"})
    public void declaredAgain(String kind, String name, String path, Duration limit) throws InterruptedException {
        var owned = git.owned(kind, scene.defaultNamespace(), name);
        String declared = FieldPath.parse(path)
                .in(ObjectField.tree(owned.object()))
                .map(ObjectField::text)
                .orElseThrow(
                        () -> new NotMeasured("Git does not declare " + path + " of " + kind + " \"" + name + "\""));
        judge.eventually(
                git.changedAt(),
                limit,
                new ObjectField(scene.target(), kind, scene.defaultNamespace(), name, FieldPath.parse(path)),
                new Expectation<>(declared + " as Git declares", declared::equals));
    }

    @Then("each commit that Kustomization {string} has applied was live within {duration}")
    @Sentence(
            value =
                    "By reading only: the last commits in the Kustomization's history, each from when it was made to when"
                            + " it was first reconciled.",
            examples = "each commit that Kustomization \"apps\" has applied was live within 5 minutes",
            rights = {"get,list,watch kustomizations.kustomize.toolkit.fluxcd.io"})
    public void lags(String kustomization, Duration limit) {
        CommitLag lag = new CommitLag(
                scene.target(), "flux-system", kustomization, git.byFlux().repository()::committedAt);
        judge.now(
                lag,
                new Expectation<>(
                        "each within " + limit.toSeconds() + " s",
                        it -> it.longest().compareTo(limit) < 0),
                seen -> new Measurement(
                        "slowest commit",
                        seen.longest().toSeconds(),
                        "seconds",
                        new Measurement.Limit("<", limit.toSeconds()),
                        judge.clock()));
    }

    @Then("all fields that the commit set are live within {duration} of the commit")
    @Sentence(
            value = "Each live object has the value that the commit set.",
            examples = "all fields that the commit set are live within 5 minutes of the commit",
            rights = {"list,watch {manifests},namespaces"})
    public void live(Duration limit) throws InterruptedException {
        for (GitScene.Committed field : git.committed()) {
            judge.eventually(
                    git.changedAt(),
                    limit,
                    new ObjectField(
                            scene.target(),
                            field.kind(),
                            scene.defaultNamespace(),
                            field.name(),
                            FieldPath.parse(field.path())),
                    Expectation.equalTo(field.value()));
        }
    }

    @Then("{kind} {string} is rolled out within {duration} of the commit")
    @Sentence(
            value = "All wanted pods of the committed template are ready, counted from the commit.",
            examples = "Deployment \"web\" is rolled out within 5 minutes of the commit",
            rights = {"list,watch {kind},pods,namespaces"})
    public void rolledOut(String kind, String name, Duration limit) throws InterruptedException {
        judge.eventually(
                git.changedAt(),
                limit,
                new Rollout(scene.target(), kind, scene.defaultNamespace(), name),
                new Expectation<>("all pods updated and ready", Rollout.Progress::done));
    }
}
