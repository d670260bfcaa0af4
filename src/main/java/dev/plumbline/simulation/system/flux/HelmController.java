package dev.plumbline.simulation.system.flux;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.gitops.Snapshot;
import dev.plumbline.simulation.ClusterState;
import dev.plumbline.simulation.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Decides when a HelmRelease is reconciled, and whether it can be; {@link Release} does it. */
final class HelmController {

    static final String NAME = "helm-controller";
    private static final Duration SOURCE_RETRY = Duration.ofSeconds(15);
    private static final Duration CHART = Duration.ofMillis(500);

    private final World world;
    private final Running running;
    private final Artifacts artifacts;
    private final Agenda agenda;
    private final Map<ObjectRef, String> revisions = new HashMap<>();

    HelmController(World world, Running running, Artifacts artifacts) {
        this.world = world;
        this.running = running;
        this.artifacts = artifacts;
        this.agenda = new Agenda(world, Flux.HELM_RELEASE, running, this::reconcile);
    }

    void start() {
        agenda.start();
        world.state().onChange(this::sourceChanged);
    }

    /** A new revision of a chart's source is released at once. */
    private void sourceChanged(ClusterState.Change change) {
        if (!change.ref().kind().kind().equals(Flux.GIT_REPOSITORY.kind())) {
            return;
        }
        String revision = change.object().get("status", "artifact", "revision");
        ObjectRef source = new ObjectRef(
                Flux.GIT_REPOSITORY, change.ref().namespace(), change.ref().name());
        synchronized (revisions) {
            if (revision == null || revision.equals(revisions.put(source, revision))) {
                return;
            }
        }
        world.clock()
                .after(
                        CHART,
                        () -> world.state().list(Flux.HELM_RELEASE, null).stream()
                                .filter(object -> source(object).equals(source))
                                .forEach(object -> agenda.now(new ObjectRef(
                                        Flux.HELM_RELEASE,
                                        object.getMetadata().getNamespace(),
                                        object.getMetadata().getName()))));
    }

    private static ObjectRef source(GenericKubernetesResource object) {
        Map<String, Object> ref = object.get("spec", "chart", "spec", "sourceRef");
        Map<String, Object> given = Objects.requireNonNullElse(ref, Map.of());
        return new ObjectRef(
                Flux.GIT_REPOSITORY,
                String.valueOf(
                        given.getOrDefault("namespace", object.getMetadata().getNamespace())),
                String.valueOf(given.get("name")));
    }

    private void reconcile(ObjectRef ref) {
        Optional<GenericKubernetesResource> found = world.state().get(ref);
        if (found.isEmpty()) {
            agenda.done(ref);
            return;
        }
        GenericKubernetesResource object = found.get();
        if (object.getMetadata().getDeletionTimestamp() != null) {
            Release.uninstall(world, ref);
            Finalizer.removed(world, ref, object);
            agenda.done(ref);
            return;
        }
        Finalizer.add(world, ref, object);
        if (Boolean.TRUE.equals(object.get("spec", "suspend"))) {
            agenda.done(ref);
            return;
        }
        release(ref, object);
    }

    private void release(ObjectRef ref, GenericKubernetesResource object) {
        Optional<Snapshot> artifact = artifacts.get(source(object));
        boolean fromGit = "GitRepository".equals(object.get("spec", "chart", "spec", "sourceRef", "kind"));
        if (!fromGit || artifact.isEmpty()) {
            String why = fromGit
                    ? "HelmChart '" + ref.namespace() + "/" + ref.namespace() + "-" + ref.name() + "' is not ready"
                    : "not simulated: a chart that is not in a GitRepository";
            Status.edit(
                    world,
                    ref,
                    status -> status.condition("Ready", "False", "SourceNotReady", why)
                            .handled());
            agenda.done(ref, SOURCE_RETRY);
            return;
        }
        int life = running.life();
        new Release(world, ref, object, artifact.get(), new Reconciliation.Steps() {
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
                })
                .begin();
    }

    /** The labels by which a release knows its objects. */
    static Map<String, String> labels(ObjectRef ref) {
        return Map.of(
                "app.kubernetes.io/managed-by",
                "Helm",
                "helm.toolkit.fluxcd.io/name",
                ref.name(),
                "helm.toolkit.fluxcd.io/namespace",
                Objects.requireNonNullElse(ref.namespace(), ""));
    }
}
