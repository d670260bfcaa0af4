package dev.plumbline.steps;

import dev.plumbline.action.CommitFields;
import dev.plumbline.action.Delivered;
import dev.plumbline.cluster.FieldPath;
import dev.plumbline.probe.FluxSync;
import dev.plumbline.probe.ObjectField;
import dev.plumbline.probe.Rollout;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.NotMeasured;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Commits, and how long they take to be live. Nothing calls Flux: it has to find them. */
public final class CommitSteps {

    private final Scene scene;
    private final GitScene git;
    private final Judge judge;

    public CommitSteps(Scene scene, GitScene git, Judge judge) {
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
        Delivered delivered = git.byFlux();
        CommitFields commit = new CommitFields(delivered.repository());
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
            rights = {"get,list,watch kustomizations.kustomize.toolkit.fluxcd.io"})
    public void applied(String kustomization, Duration limit) throws InterruptedException {
        String commit = git.commit();
        judge.eventually(
                git.changedAt(),
                limit,
                new FluxSync(scene.target(), "flux-system", kustomization),
                new Expectation<>(
                        "at commit " + commit, state -> state.revision().endsWith(commit)));
    }

    @Then("all fields that the commit set are live within {duration} of the commit")
    @Sentence(
            value = "Each live object has the value that the commit set.",
            examples = "all fields that the commit set are live within 5 minutes of the commit",
            rights = {"get,list,watch *"})
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
            rights = {"get,list,watch {kind}", "get,list,watch pods"})
    public void rolledOut(String kind, String name, Duration limit) throws InterruptedException {
        judge.eventually(
                git.changedAt(),
                limit,
                new Rollout(scene.target(), kind, scene.defaultNamespace(), name),
                new Expectation<>("all pods updated and ready", Rollout.Progress::done));
    }
}
