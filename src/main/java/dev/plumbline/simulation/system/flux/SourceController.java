package dev.plumbline.simulation.system.flux;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.gitops.GitException;
import dev.plumbline.gitops.Snapshot;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.system.GoDuration;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Fetches what GitRepositories name, at their interval and on request, and reports it in their status. */
final class SourceController {

    private static final String NAME = "source-controller";
    private static final Duration FETCH = Duration.ofMillis(400);
    private static final Duration FIRST_RETRY = Duration.ofMillis(750);
    private static final Duration LAST_RETRY = Duration.ofMinutes(15);
    private static final int MOST_DOUBLINGS = 11;

    private final World world;
    private final Running running;
    private final Artifacts artifacts;
    private final Agenda agenda;
    private final Map<ObjectRef, Integer> failures = new HashMap<>();

    SourceController(World world, Running running, Artifacts artifacts) {
        this.world = world;
        this.running = running;
        this.artifacts = artifacts;
        this.agenda = new Agenda(world, Flux.GIT_REPOSITORY, running, this::reconcile);
    }

    void start() {
        agenda.start();
    }

    private void reconcile(ObjectRef ref) {
        Optional<GenericKubernetesResource> found = world.state().get(ref);
        if (found.isEmpty() || Finalizer.removed(world, ref, found.get())) {
            artifacts.remove(ref);
            agenda.done(ref);
            return;
        }
        Finalizer.add(world, ref, found.get());
        if (Boolean.TRUE.equals(found.get().get("spec", "suspend"))) {
            agenda.done(ref);
            return;
        }
        int life = running.life();
        world.clock().after(FETCH, () -> {
            if (running.now() && running.life() == life) {
                world.state().get(ref).ifPresentOrElse(object -> fetch(ref, object), () -> agenda.done(ref));
            }
        });
    }

    private void fetch(ObjectRef ref, GenericKubernetesResource object) {
        try {
            GitSource source = GitSource.of(object, world.state());
            String head = source.head();
            Snapshot snapshot = artifacts
                    .get(ref)
                    .filter(present -> present.commit().equals(head))
                    .orElse(null);
            String revision = source.revision(head);
            if (snapshot == null) {
                snapshot = source.fetch(head);
                artifacts.put(ref, snapshot);
            }
            succeed(ref, object, revision, snapshot);
        } catch (GitSource.Unusable e) {
            fail(ref, object, e.reason(), String.valueOf(e.getMessage()));
        } catch (GitException e) {
            fail(ref, object, "GitOperationFailed", "failed to checkout and determine revision: " + e.getMessage());
        }
    }

    private void succeed(ObjectRef ref, GenericKubernetesResource object, String revision, Snapshot snapshot) {
        failures.remove(ref);
        boolean news = !revision.equals(object.get("status", "artifact", "revision"));
        String message = "stored artifact for revision '" + revision + "'";
        Status.edit(world, ref, status -> {
            if (news) {
                status.set("artifact", artifact(object, revision, snapshot, status.now()));
            }
            status.without("FetchFailed")
                    .without("Reconciling")
                    .condition("Ready", "True", "Succeeded", message)
                    .condition("ArtifactInStorage", "True", "Succeeded", message)
                    .handled()
                    .observed();
        });
        String reason = news ? "NewArtifact" : "GitOperationSucceeded";
        String said = news ? message : "no changes since last reconcilation: observed revision '" + revision + "'";
        world.state().event(object, "Normal", reason, said, NAME);
        agenda.done(ref, GoDuration.parse(object.get("spec", "interval")));
    }

    private static Map<String, Object> artifact(
            GenericKubernetesResource object, String revision, Snapshot snapshot, String now) {
        String namespace = object.getMetadata().getNamespace();
        String path = "gitrepository/" + namespace + "/" + object.getMetadata().getName() + "/" + snapshot.commit()
                + ".tar.gz";
        long size = snapshot.files().values().stream()
                .mapToLong(content -> content.length)
                .sum();
        Map<String, Object> artifact = new LinkedHashMap<>();
        artifact.put("digest", "sha256:" + Digest.of(snapshot.files()));
        artifact.put("lastUpdateTime", now);
        artifact.put("path", path);
        artifact.put("revision", revision);
        artifact.put("size", size);
        artifact.put("url", "http://source-controller." + namespace + ".svc.cluster.local./" + path);
        return artifact;
    }

    private void fail(ObjectRef ref, GenericKubernetesResource object, String reason, String message) {
        Status.edit(
                world,
                ref,
                status -> status.condition("Ready", "False", reason, message)
                        .condition("FetchFailed", "True", reason, message)
                        .condition("Reconciling", "True", "ProgressingWithRetry", "building artifact")
                        .handled());
        world.state().event(object, "Warning", reason, message, NAME);
        int doublings = Math.min(failures.merge(ref, 1, Integer::sum) - 1, MOST_DOUBLINGS);
        Duration retry = FIRST_RETRY.multipliedBy(1L << doublings);
        agenda.done(ref, retry.compareTo(LAST_RETRY) < 0 ? retry : LAST_RETRY);
    }
}
