package dev.plumbline.steps;

import dev.plumbline.action.ChangeObject;
import dev.plumbline.action.DeclaredState;
import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.probe.FluxSync;
import dev.plumbline.probe.ObjectField;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.verdict.Concern;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.Verdict;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Drift: a change by hand at the worst moment, and the return to what Git declares. */
public final class FluxSteps {

    private static final String NAMESPACE = "flux-system";
    private static final FieldPath REPLICAS = FieldPath.parse(".spec.replicas");
    /** The longest interval that a Kustomization may have to be waited for, and the time of one reconciliation. */
    private static final Duration NEXT_RECONCILIATION = Duration.ofMinutes(12);

    private final Scene scene;
    private final GitScene git;
    private final Judge judge;
    private final ChangeObject change;
    private final Eventually eventually;
    private @Nullable String deletedUid;
    private @Nullable String before;

    public FluxSteps(Session session, Scene scene, GitScene git, Judge judge) {
        this.scene = scene;
        this.git = git;
        this.judge = judge;
        this.change = new ChangeObject(session.target(), session.ledger());
        this.eventually = new Eventually(session.target().clock(), Limits.DEFAULT);
    }

    @When("someone scales {scalable} {string} to {int} replicas right after a reconciliation")
    @Sentence(
            value =
                    "Waits for the Flux Kustomization that owns the workload to end a reconciliation, then scales by hand:"
                            + " the worst moment, since the next one is a whole interval away.",
            examples = "someone scales deployment \"n8n\" to 0 replicas right after a reconciliation",
            rights = {
                "get,create,patch,update {kind}",
                "list,watch kustomizations.kustomize.toolkit.fluxcd.io,namespaces"
            })
    public void scale(String kind, String name, int replicas) throws InterruptedException {
        change(kind, name, REPLICAS, String.valueOf(replicas));
    }

    @When("someone changes {string} of {kind} {string} to {string} right after a reconciliation")
    @Sentence(
            value = "The same for any field that Git declares.",
            examples =
                    "someone changes \".data.color\" of ConfigMap \"settings\" to \"red\" right after a reconciliation",
            rights = {
                "get,create,patch,update {kind}",
                "list,watch kustomizations.kustomize.toolkit.fluxcd.io,namespaces"
            })
    public void changeField(String path, String kind, String name, String value) throws InterruptedException {
        change(kind, name, FieldPath.parse(path), value);
    }

    @When("someone deletes {kind} {string} right after a reconciliation")
    @Sentence(
            value = "Deletes an object that Git declares, just after its Kustomization was reconciled.",
            examples = "someone deletes ConfigMap \"settings\" right after a reconciliation",
            rights = {"get,delete {kind}", "get,list,watch kustomizations.kustomize.toolkit.fluxcd.io"})
    public void delete(String kind, String name) throws InterruptedException {
        git.byFlux();
        awaitReconciliation(git.owned(kind, scene.defaultNamespace(), name).kustomization());
        Kind resolved = scene.target().kinds().named(kind);
        deletedUid = change.delete(new ObjectRef(resolved, scene.defaultNamespace(), name));
        git.changed(scene.target().now());
    }

    @Then("another {kind} {string} is there within {duration}")
    @Sentence(
            value = "Counted from the deletion, an object of the same name but with another identity exists.",
            examples = "another ConfigMap \"settings\" is there within 5 minutes",
            rights = {"get,list,watch {kind}"})
    public void another(String kind, String name, Duration limit) throws InterruptedException {
        String gone = deletedUid;
        if (gone == null) {
            throw new NotMeasured("nothing was deleted before this step");
        }
        judge.eventually(
                git.changedAt(),
                limit,
                new ObjectField(scene.target(), kind, scene.defaultNamespace(), name, FieldPath.parse(".metadata.uid")),
                new Expectation<>("another than " + gone, uid -> !uid.equals(gone)));
    }

    private void change(String kind, String name, FieldPath path, String value) throws InterruptedException {
        git.byFlux();
        String declared = declared(kind, name, path);
        if (declared.equals(value)) {
            throw new NotMeasured("Git declares " + path + " of " + kind + " \"" + name + "\" as " + value
                    + " already, so setting it is no drift");
        }
        awaitReconciliation(git.owned(kind, scene.defaultNamespace(), name).kustomization());
        Kind resolved = scene.target().kinds().named(kind);
        String was = change.set(new ObjectRef(resolved, scene.defaultNamespace(), name), path, value);
        git.changed(scene.target().clock().instant());
        judge.evidence("drift.txt", "text/plain", kind + " " + name + " " + path + ": " + was + " -> " + value + "\n");
    }

    @When("someone changes {string} of {kind} {string} to {string} right after HelmRelease {string} was reconciled")
    @Sentence(
            value = "The same for an object of a Helm release, which the chart declares and not Git.",
            examples =
                    "someone changes \".spec.replicas\" of Deployment \"web\" to \"3\" right after HelmRelease \"web\" was"
                            + " reconciled",
            rights = {"get,patch {kind}", "get,list,watch helmreleases.helm.toolkit.fluxcd.io"})
    public void changeOfRelease(String path, String kind, String name, String value, String release)
            throws InterruptedException {
        git.byFlux();
        awaitReconciliation(new FluxSync(scene.target(), "HelmRelease", scene.defaultNamespace(), release));
        Kind resolved = scene.target().kinds().named(kind);
        String was = change.set(new ObjectRef(resolved, scene.defaultNamespace(), name), FieldPath.parse(path), value);
        git.changed(scene.target().now());
        before = was;
    }

    @Then("{kind} {string} has {string} as before the change again within {duration}")
    @Sentence(
            value = "Counted from the change by hand, the field is what it was.",
            examples = "Deployment \"web\" has \".spec.replicas\" as before the change again within 5 minutes",
            rights = {"get,list,watch {kind}"})
    public void asBefore(String kind, String name, String path, Duration limit) throws InterruptedException {
        String was = before;
        if (was == null) {
            throw new NotMeasured("nothing of a release was changed before this step");
        }
        judge.eventually(
                git.changedAt(),
                limit,
                new ObjectField(scene.target(), kind, scene.defaultNamespace(), name, FieldPath.parse(path)),
                Expectation.equalTo(was));
    }

    private void awaitReconciliation(String kustomization) throws InterruptedException {
        awaitReconciliation(new FluxSync(scene.target(), NAMESPACE, kustomization));
    }

    private void awaitReconciliation(FluxSync sync) throws InterruptedException {
        String[] before = {""};
        sync.look().map(state -> before[0] = state.version());
        Judgement ended = eventually.within(
                NEXT_RECONCILIATION,
                sync,
                new Expectation<>(
                        "the end of a reconciliation",
                        state -> state.idle() && !state.version().equals(before[0])));
        if (ended.verdict() != Verdict.PASS) {
            throw new NotMeasured(
                    "no reconciliation was seen to end: " + ended.reason(), null, Concern.with(sync, ended));
        }
    }

    @Then("{scalable} {string} has its declared replicas again within {duration}")
    @Sentence(
            value = "Counted from the change by hand, the live replicas return to what Git declares.",
            examples = "deployment \"n8n\" has its declared replicas again within 5 minutes",
            rights = {"list,watch {kind},namespaces"})
    public void replicasAgain(String kind, String name, Duration limit) throws InterruptedException {
        again(kind, name, REPLICAS, limit);
    }

    @Then("{kind} {string} has its declared {string} again within {duration}")
    @Sentence(
            value = "The same for any field that Git declares.",
            examples = "ConfigMap \"settings\" has its declared \".data.color\" again within 5 minutes",
            rights = {"list,watch {kind},namespaces"})
    public void fieldAgain(String kind, String name, String path, Duration limit) throws InterruptedException {
        again(kind, name, FieldPath.parse(path), limit);
    }

    private void again(String kind, String name, FieldPath path, Duration limit) throws InterruptedException {
        git.byFlux();
        String declared = declared(kind, name, path);
        judge.eventually(
                git.changedAt(),
                limit,
                new ObjectField(scene.target(), kind, scene.defaultNamespace(), name, path),
                new Expectation<>(declared + " as Git declares", declared::equals));
    }

    private String declared(String kind, String name, FieldPath path) {
        DeclaredState.Owned owned = git.owned(kind, scene.defaultNamespace(), name);
        return path.in(ObjectField.tree(owned.object()))
                .map(ObjectField::text)
                .orElseThrow(() -> new NotMeasured("Git does not declare " + path + " of " + kind + " \"" + name
                        + "\": only a declared field can be reverted"));
    }
}
