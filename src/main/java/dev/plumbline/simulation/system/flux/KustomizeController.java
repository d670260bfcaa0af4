package dev.plumbline.simulation.system.flux;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.gitops.Snapshot;
import dev.plumbline.simulation.ClusterState;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.system.GoDuration;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Decides when a Kustomization is reconciled, and whether it can be; {@link Reconciliation} does it. */
final class KustomizeController {

    static final String NAME = "kustomize-controller";
    private static final Duration DEPENDENCY_RETRY = Duration.ofSeconds(30);

    private final World world;
    private final Running running;
    private final Artifacts artifacts;
    private final Renderer renderer;
    private final Agenda agenda;
    private final Map<ObjectRef, String> revisions = new HashMap<>();

    KustomizeController(World world, Running running, Artifacts artifacts, Renderer renderer) {
        this.world = world;
        this.running = running;
        this.artifacts = artifacts;
        this.renderer = renderer;
        this.agenda = new Agenda(world, Flux.KUSTOMIZATION, running, this::reconcile);
    }

    void start() {
        agenda.start();
        world.state().onChange(this::sourceChanged);
    }

    /** A new revision of a source is reconciled at once by all that use it. */
    private void sourceChanged(ClusterState.Change change) {
        if (!change.ref().kind().kind().equals(Flux.GIT_REPOSITORY.kind())
                || !change.ref().kind().group().equals(Flux.GIT_REPOSITORY.group())) {
            return;
        }
        ObjectRef source = new ObjectRef(
                Flux.GIT_REPOSITORY, change.ref().namespace(), change.ref().name());
        String revision = change.object().get("status", "artifact", "revision");
        if (revision == null) {
            return;
        }
        synchronized (revisions) {
            if (revision.equals(revisions.put(source, revision))) {
                return;
            }
        }
        world.clock().after(Duration.ZERO, () -> reconcileUsersOf(source, revision));
    }

    private void reconcileUsersOf(ObjectRef source, String revision) {
        world.state().list(Flux.KUSTOMIZATION, null).stream()
                .filter(object -> new Spec(object).source().equals(source))
                .filter(object -> !revision.equals(object.get("status", "lastAttemptedRevision")))
                .forEach(object -> agenda.now(new ObjectRef(
                        Flux.KUSTOMIZATION,
                        object.getMetadata().getNamespace(),
                        object.getMetadata().getName())));
    }

    private void reconcile(ObjectRef ref) {
        Optional<GenericKubernetesResource> found = world.state().get(ref);
        if (found.isEmpty()) {
            agenda.done(ref);
            return;
        }
        GenericKubernetesResource object = found.get();
        Spec spec = new Spec(object);
        if (object.getMetadata().getDeletionTimestamp() != null) {
            new Pruning(world, ref).everythingOf(spec);
            Finalizer.removed(world, ref, object);
            agenda.done(ref);
            return;
        }
        Finalizer.add(world, ref, object);
        if (spec.flag("suspend")) {
            agenda.done(ref);
            return;
        }
        reconcile(ref, spec);
    }

    private void reconcile(ObjectRef ref, Spec spec) {
        if (!spec.isFromGit()) {
            notReady(ref, "NotSimulated", "not simulated: a source that is no GitRepository");
            agenda.done(ref, spec.retryInterval());
            return;
        }
        ObjectRef sourceRef = spec.source();
        Optional<GenericKubernetesResource> source = world.state().get(sourceRef);
        if (source.isEmpty()) {
            notReady(
                    ref,
                    "ArtifactFailed",
                    "gitrepositories.source.toolkit.fluxcd.io \"" + sourceRef.name() + "\" not found");
            agenda.done(ref, spec.retryInterval());
            return;
        }
        String revision = source.get().get("status", "artifact", "revision");
        if (revision == null) {
            notReady(
                    ref,
                    "ArtifactFailed",
                    "Source artifact not found, retrying in " + GoDuration.format(DEPENDENCY_RETRY));
            agenda.done(ref, DEPENDENCY_RETRY);
            return;
        }
        Optional<String> missing = new Dependencies(world.state()).missing(spec, revision);
        if (missing.isPresent()) {
            notReady(ref, "DependencyNotReady", missing.get());
            world.state()
                    .event(
                            spec.object(),
                            "Normal",
                            "DependencyNotReady",
                            "Dependencies do not meet ready condition, retrying in "
                                    + GoDuration.format(DEPENDENCY_RETRY),
                            NAME);
            agenda.done(ref, DEPENDENCY_RETRY);
            return;
        }
        begin(ref, spec, revision, artifacts.get(sourceRef));
    }

    private void begin(ObjectRef ref, Spec spec, String revision, Optional<Snapshot> artifact) {
        int life = running.life();
        Reconciliation.Steps steps = new Reconciliation.Steps() {
            @Override
            public void after(Duration delay, Runnable step) {
                world.clock().after(delay, () -> {
                    if (running.now() && running.life() == life) {
                        step.run();
                    }
                });
            }

            @Override
            public void over(Duration next) {
                agenda.done(ref, next);
            }
        };
        new Reconciliation(world, ref, spec, revision, artifact, renderer, steps).begin();
    }

    private void notReady(ObjectRef ref, String reason, String message) {
        Status.edit(
                world,
                ref,
                status -> status.condition("Ready", "False", reason, message).handled());
    }
}
