package dev.plumbline.action;

import dev.plumbline.cluster.Guard;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.timing.Deadline;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Verdict;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Deletes an object of a run and waits until it is gone. What is not the run's, or is somebody else's by now, stays. */
final class Removal {

    /** Between our look and our deletion a controller may write. */
    private static final int ATTEMPTS = 10;

    private static final Duration SEEN = Duration.ofSeconds(1);

    /** The namespace controller takes some seconds to say in the conditions what it waits for. */
    private static final Duration SAYS_WHY = Duration.ofSeconds(10);

    /** Groups whose objects make others: they are gone when those are. */
    private static final Set<String> WORKLOADS = Set.of("apps", "batch");

    private final LiveObjects objects;
    private final Deadline deadline;
    private final Optional<String> run;

    Removal(LiveObjects objects, Deadline deadline, Optional<String> run) {
        this.objects = objects;
        this.deadline = deadline;
        this.run = run;
    }

    /** @throws IllegalStateException when it does not go in time, saying what holds it */
    void remove(ObjectRef ref) throws InterruptedException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<GenericKubernetesResource> now = objects.read(ref).filter(this::ours);
            if (now.isEmpty()) {
                return;
            }
            try {
                delete(ref, now.get());
                awaitGone(ref, now.get().getMetadata().getUid());
            } catch (KubernetesClientException e) {
                boolean goneOrAnother = e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                        || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
                if (!goneOrAnother || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException("something makes it again each time it is removed");
    }

    /** Of this very object only: one that somebody made in its place since is not ours to delete. */
    private void delete(ObjectRef ref, GenericKubernetesResource now) {
        if (now.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        DeleteOptions options = new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(now.getMetadata().getUid())
                .endPreconditions()
                .withPropagationPolicy(WORKLOADS.contains(ref.kind().group()) ? "Foreground" : "Background")
                .build();
        objects.target().client().raw(path(ref), "DELETE", options);
    }

    private static String path(ObjectRef ref) {
        Kind kind = ref.kind();
        return (kind.group().isEmpty() ? "/api/" : "/apis/") + kind.apiVersion()
                + (ref.namespace() == null ? "" : "/namespaces/" + ref.namespace()) + "/" + kind.plural() + "/"
                + ref.name();
    }

    /**
     * A StatefulSet leaves its claims behind. Those that it made bear the label of the run that made it; one that was
     * there before, and may hold somebody's data, does not.
     */
    void removeClaimsOf(ObjectRef ref) throws InterruptedException {
        if (run.isEmpty() || !ref.kind().kind().equals("StatefulSet")) {
            return;
        }
        List<PersistentVolumeClaim> claims = objects.target()
                .client()
                .persistentVolumeClaims()
                .inNamespace(ref.namespace())
                .withLabel(Guard.RUN_LABEL, run.get())
                .list()
                .getItems();
        Kind kind = objects.target().kinds().of("v1", "PersistentVolumeClaim");
        for (PersistentVolumeClaim claim : claims) {
            remove(new ObjectRef(kind, ref.namespace(), claim.getMetadata().getName()));
        }
    }

    void awaitGone(ObjectRef ref, String uid) throws InterruptedException {
        var limit = deadline.left(ref.kind().kind().equals("Namespace") ? SAYS_WHY : SEEN);
        Judgement gone = new Eventually(objects.target().clock(), Limits.DEFAULT)
                .within(limit, new Gone(objects.target(), ref, uid, false), Expectation.isTrue("gone"));
        if (gone.verdict() != Verdict.PASS) {
            throw new IllegalStateException("still there after " + limit.toSeconds() + " s"
                    + objects.read(ref)
                            .map(left -> new Stuck(objects).why(ref, left))
                            .orElse(""));
        }
    }

    /** The label says so, and where somebody took it off, the fields that we once applied. */
    private boolean ours(GenericKubernetesResource object) {
        ObjectMeta metadata = object.getMetadata();
        Map<String, String> labels = metadata.getLabels() == null ? Map.of() : metadata.getLabels();
        if (run.isEmpty() || labels.containsKey(Guard.RUN_LABEL)) {
            return run.isEmpty() || run.get().equals(labels.get(Guard.RUN_LABEL));
        }
        return Optional.ofNullable(metadata.getManagedFields()).orElse(List.of()).stream()
                .anyMatch(entry -> ApplyManifests.MANAGER.equals(entry.getManager()));
    }
}
