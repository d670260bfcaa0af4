package dev.plumbline.steps;

import dev.plumbline.action.ApplyManifests;
import dev.plumbline.action.VeleroTasks;
import dev.plumbline.probe.PodsReady;
import dev.plumbline.probe.VeleroTask;
import dev.plumbline.probe.VolumesBackedUp;
import dev.plumbline.timing.Clock;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.NotMeasured;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Backup, loss and restore. Velero's namespace is the profile's {@code veleroNamespace}. */
public final class VeleroSteps {

    private final Session session;
    private final Scene scene;
    private final Judge judge;
    private final VeleroTasks velero;
    private final Clock clock;
    private @Nullable String backup;
    private @Nullable Instant lostAt;

    public VeleroSteps(Session session, Scene scene, Judge judge) {
        this.session = session;
        this.scene = scene;
        this.judge = judge;
        this.clock = session.target().clock();
        this.velero = new VeleroTasks(
                session.target(),
                session.ledger(),
                new ApplyManifests(session.target(), session.ledger(), session.runId()),
                scene.value("veleroNamespace", "velero"));
    }

    @When("a backup of namespace {string} completes within {duration}")
    @Sentence(
            value = "Asks Velero for a backup, and waits until it is Completed without errors. That says nothing yet of"
                    + " the data in volumes.",
            examples = "a backup of namespace \"databases\" completes within 5 minutes",
            rights = {"get,list,watch,create,patch,update,delete backups.velero.io", "list,watch namespaces"})
    public void backup(String namespace, Duration limit) throws InterruptedException {
        String name = "plumbline-" + session.runId() + "-" + clock.instant().getEpochSecond();
        velero.backup(name, scene.words(namespace));
        backup = name;
        completed("Backup", clock.instant(), limit, name);
    }

    @Then("the backup holds the data of every PersistentVolumeClaim in namespace {string}")
    @Sentence(
            value = "There is a completed PodVolumeBackup of this backup for each claim; a backup without them calls"
                    + " itself Completed too.",
            examples = "the backup holds the data of every PersistentVolumeClaim in namespace \"databases\"",
            rights = {"list,watch podvolumebackups.velero.io,persistentvolumeclaims"})
    public void holdsVolumes(String namespace) throws InterruptedException {
        judge.now(
                new VolumesBackedUp(
                        scene.target(), scene.value("veleroNamespace", "velero"), backup(), scene.words(namespace)),
                new Expectation<>("every claim backed up", VolumesBackedUp.Coverage::complete));
    }

    @When("namespace {string} is deleted and restored from the backup")
    @Sentence(
            value = "Deletes the namespace, waits until it is gone, and asks Velero for the restore. The recovery time"
                    + " counts from the moment it is gone.",
            examples = "namespace \"databases\" is deleted and restored from the backup",
            rights = {"get,list,watch,delete namespaces", "get,list,watch,create,patch,update,delete restores.velero.io"
            })
    public void loseAndRestore(String namespace) throws InterruptedException {
        velero.lose(scene.words(namespace));
        lostAt = clock.instant();
        velero.restore(backup(), backup());
    }

    @Then("the restore is complete, and every pod in namespace {string} is ready, within {duration}")
    @Sentence(
            value = "The restore is Completed without errors and the workloads run, counted from the loss.",
            examples = "the restore is complete, and every pod in namespace \"databases\" is ready, within 10 minutes",
            rights = {"list,watch restores.velero.io,pods,namespaces"})
    public void restored(String namespace, Duration limit) throws InterruptedException {
        Instant lost = lostAt;
        if (lost == null) {
            throw new NotMeasured("no restore was asked for before this step");
        }
        completed("Restore", lost, limit, backup());
        judge.eventually(
                lost,
                limit,
                new PodsReady(scene.target(), scene.words(namespace)),
                new Expectation<>("every pod ready", count -> count.unready().isEmpty()));
    }

    private void completed(String kind, Instant since, Duration limit, String name) throws InterruptedException {
        judge.eventually(
                since,
                limit,
                new VeleroTask(scene.target(), kind, scene.value("veleroNamespace", "velero"), name),
                new Expectation<>("Completed without errors", VeleroTask.State::completed));
    }

    private String backup() {
        if (backup == null) {
            throw new NotMeasured("no backup was made before this step");
        }
        return backup;
    }
}
