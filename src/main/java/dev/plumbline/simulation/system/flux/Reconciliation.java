package dev.plumbline.simulation.system.flux;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.gitops.Snapshot;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.system.GoDuration;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One reconciliation of a Kustomization: fetch, build, apply, prune, wait for health. Each step takes virtual time. */
final class Reconciliation {

    private static final Duration FETCH = Duration.ofMillis(150);
    private static final Duration BUILD = Duration.ofMillis(100);
    private static final Duration APPLY_ONE = Duration.ofMillis(20);
    private static final Duration HEALTH_POLL = Duration.ofSeconds(1);

    private final World world;
    private final ObjectRef ref;
    private final Spec spec;
    private final String revision;
    private final Optional<Snapshot> artifact;
    private final Renderer renderer;
    private final Steps steps;
    private final Instant began;
    private String digest = "";

    Reconciliation(
            World world,
            ObjectRef ref,
            Spec spec,
            String revision,
            Optional<Snapshot> artifact,
            Renderer renderer,
            Steps steps) {
        this.world = world;
        this.ref = ref;
        this.spec = spec;
        this.revision = revision;
        this.artifact = artifact;
        this.renderer = renderer;
        this.steps = steps;
        this.began = world.clock().instant();
    }

    /** How the steps follow each other, as long as the controller lives. */
    interface Steps {
        void after(Duration delay, Runnable step);

        void over(Duration next);
    }

    void begin() {
        Status.edit(
                world,
                ref,
                status -> status.condition("Ready", "Unknown", "Progressing", "Reconciliation in progress")
                        .condition("Reconciling", "True", "Progressing", progress("Fetching manifests")));
        steps.after(FETCH, this::build);
    }

    private String progress(String what) {
        return what + " for revision " + revision + " with a timeout of " + GoDuration.format(spec.timeout());
    }

    private void build() {
        if (artifact.isEmpty()) {
            fail("ArtifactFailed", "Source is not ready, artifact not found, retrying in 30s");
            return;
        }
        String path = spec.path();
        boolean there = artifact.get().files().keySet().stream()
                .anyMatch(file -> path.isEmpty() || file.startsWith(path + "/"));
        if (!there) {
            fail(
                    "ArtifactFailed",
                    "kustomization path not found: stat /tmp/kustomization/" + path + ": no such file or directory");
            return;
        }
        Status.edit(
                world,
                ref,
                status -> status.set("lastAttemptedRevision", revision)
                        .condition("Reconciling", "True", "Progressing", progress("Building manifests")));
        try {
            Build.Result result = new Build(world.state(), renderer).objects(spec, artifact.get());
            digest = "sha256:" + Digest.of(result.text());
            steps.after(BUILD, () -> apply(result.objects()));
        } catch (Build.Failed e) {
            fail("BuildFailed", String.valueOf(e.getMessage()));
        }
    }

    private void apply(List<GenericKubernetesResource> objects) {
        Status.edit(
                world,
                ref,
                status -> status.condition("Reconciling", "True", "Progressing", progress("Detecting drift")));
        try {
            List<Applying.Entry> entries =
                    new Applying(world.state(), KustomizeController.NAME, spec.flag("force")).apply(objects);
            String changes = Applying.changes(entries);
            if (!changes.isEmpty()) {
                world.state().event(spec.object(), "Normal", "Progressing", changes, KustomizeController.NAME);
            }
            steps.after(APPLY_ONE.multipliedBy(entries.size()), () -> prune(entries, !changes.isEmpty()));
        } catch (Applying.Refused e) {
            fail("ReconciliationFailed", String.valueOf(e.getMessage()));
        }
    }

    private void prune(List<Applying.Entry> entries, boolean changed) {
        List<Inventory.Entry> before = Inventory.of(spec.object());
        List<Inventory.Entry> after =
                entries.stream().map(Applying.Entry::inventory).toList();
        Status.edit(world, ref, status -> status.set("inventory", Inventory.status(after)));
        if (spec.flag("prune")) {
            new Pruning(world, ref)
                    .prune(
                            spec,
                            before.stream()
                                    .filter(old -> after.stream().noneMatch(old::isSameObject))
                                    .toList());
        }
        List<ObjectRef> checked = Health.checkedBy(spec, entries, world.state());
        if (checked.isEmpty()) {
            Status.edit(world, ref, status -> status.without("Healthy"));
            succeed();
        } else {
            waitFor(checked, changed);
        }
    }

    private void waitFor(List<ObjectRef> checked, boolean changed) {
        boolean wasHealthy = Status.isTrue(spec.object(), "Healthy");
        boolean isNew = !revision.equals(spec.object().get("status", "lastAppliedRevision"));
        String message = progress("Running health checks");
        Status.edit(
                world,
                ref,
                status -> status.condition("Reconciling", "True", "Progressing", message)
                        .condition("Healthy", "Unknown", "Progressing", message));
        look(checked, world.clock().instant(), !wasHealthy || (isNew && changed));
    }

    private void look(List<ObjectRef> checked, Instant since, boolean worthAnEvent) {
        Duration waited = Duration.between(since, world.clock().instant());
        Health.Look look = Health.look(checked, world.state());
        if (look.isHealthy()) {
            String message = "Health check passed in " + GoDuration.format(waited);
            if (worthAnEvent) {
                world.state().event(spec.object(), "Normal", "Progressing", message, KustomizeController.NAME);
            }
            Status.edit(world, ref, status -> status.condition("Healthy", "True", "Succeeded", message));
            succeed();
        } else if (look.isHopeless() || waited.compareTo(spec.timeout()) >= 0) {
            String why =
                    (look.isHopeless() ? "failed early due to stalled resources: " : "timeout waiting for: ") + look;
            Status.edit(world, ref, status -> status.condition("Healthy", "False", "HealthCheckFailed", why));
            fail("HealthCheckFailed", "health check failed after " + GoDuration.format(waited) + ": " + why);
        } else {
            steps.after(HEALTH_POLL, () -> look(checked, since, worthAnEvent));
        }
    }

    private void succeed() {
        String reason = "ReconciliationSucceeded";
        Duration took = Duration.between(began, world.clock().instant());
        Status.edit(
                world,
                ref,
                status -> status.without("Reconciling")
                        .without("Stalled")
                        .condition("Ready", "True", reason, "Applied revision: " + revision)
                        .set("lastAppliedRevision", revision)
                        .set(
                                "history",
                                History.with(status.get("history"), digest, reason, revision, status.now(), took))
                        .handled()
                        .observed());
        String message = "Reconciliation finished in " + GoDuration.format(took) + ", next run in "
                + GoDuration.format(spec.interval());
        world.state().event(spec.object(), "Normal", reason, message, KustomizeController.NAME);
        steps.over(spec.interval());
    }

    private void fail(String reason, String message) {
        Duration took = Duration.between(began, world.clock().instant());
        Status.edit(world, ref, status -> {
            status.condition("Ready", "False", reason, message)
                    .condition("Reconciling", "True", "ProgressingWithRetry", progress("Reconciling"))
                    .handled();
            if (!digest.isEmpty()) {
                status.set(
                        "history", History.with(status.get("history"), digest, reason, revision, status.now(), took));
            }
        });
        world.state().event(spec.object(), "Warning", reason, message, KustomizeController.NAME);
        boolean soon = artifact.isEmpty();
        steps.over(soon ? Duration.ofSeconds(30) : spec.retryInterval());
    }
}
