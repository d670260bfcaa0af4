package dev.plumbline.action;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Guard;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.Kinds;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.verdict.Concern;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Verdict;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies objects server-side: namespaces and definitions first, then the rest in the order given. A kind that is not
 * served yet is waited for, since something applied before it may be about to define it.
 */
public final class ApplyManifests {

    /** The field manager under which all our writes stand. */
    public static final String MANAGER = "plumbline";

    /** On each object that a run creates; its value is the run's id. */
    public static final String RUN_LABEL = Guard.RUN_LABEL;

    private static final Duration KIND_SERVED = Duration.ofMinutes(3);
    private static final FieldPath CLAIMS = FieldPath.parse(".spec.volumeClaimTemplates");
    private static final List<String> FIRST = List.of("Namespace", "CustomResourceDefinition");

    private final Target target;
    private final String runId;
    private final Ledger ledger;
    private final Written written;
    private final AccountAppears account;

    public ApplyManifests(Target target, Ledger ledger, String runId) {
        this.target = target;
        this.ledger = ledger;
        this.runId = runId;
        this.written = new Written(target, ledger);
        this.account = new AccountAppears(target);
    }

    /** Applies all; returns what was applied, in order. */
    public List<ObjectRef> apply(List<GenericKubernetesResource> objects) throws InterruptedException {
        List<GenericKubernetesResource> ordered = objects.stream()
                .sorted(Comparator.comparingInt(ApplyManifests::rank))
                .toList();
        List<ObjectRef> applied = new java.util.ArrayList<>();
        for (GenericKubernetesResource object : ordered) {
            applied.add(apply(object));
        }
        return applied;
    }

    private static int rank(GenericKubernetesResource object) {
        int rank = FIRST.indexOf(object.getKind());
        return rank < 0 ? FIRST.size() : rank;
    }

    private ObjectRef apply(GenericKubernetesResource object) throws InterruptedException {
        Kind kind = served(object);
        String namespace = object.getMetadata().getNamespace();
        ObjectRef ref = new ObjectRef(
                kind,
                kind.namespaced() ? (namespace == null ? "default" : namespace) : null,
                object.getMetadata().getName());
        GenericKubernetesResource mine = LiveObjects.bare(object);
        mine.getMetadata().setNamespace(ref.namespace());
        try {
            var before = written.objects().read(ref);
            // an apply takes away what it no longer says, our mark on what we made among it
            if (before.filter(there -> !isOfThisRun(there)).isEmpty()) {
                mark(mine);
            }
            GenericKubernetesResource applied = account.then(() -> written.write(
                    Written.undo(ref, before),
                    () -> written.objects()
                            .handle(ref, mine)
                            .fieldValidation(FieldValidateable.Validation.STRICT)
                            .fieldManager(MANAGER)
                            .forceConflicts()
                            .serverSideApply()));
            written.awaitSeen(ref, applied);
            return ref;
        } catch (KubernetesClientException e) {
            throw Refusals.judged("applying", ref, e);
        }
    }

    private boolean isOfThisRun(GenericKubernetesResource there) {
        Map<String, String> labels = there.getMetadata().getLabels();
        return labels != null && runId.equals(labels.get(RUN_LABEL));
    }

    /** A namespace also says which process it goes with, for those who find it after that was killed. */
    private void mark(GenericKubernetesResource mine) {
        ObjectMeta metadata = mine.getMetadata();
        metadata.setLabels(with(metadata.getLabels(), Map.of(RUN_LABEL, runId)));
        if (mine.getKind().equals("Namespace") && ledger.owner().isPresent()) {
            metadata.setAnnotations(with(
                    metadata.getAnnotations(),
                    ledger.owner().get().annotations(target.clock().instant())));
        }
        if (mine.getKind().equals("StatefulSet") && ledger.owner().isPresent()) {
            CLAIMS.in(mine.getAdditionalProperties()).ifPresent(claims -> ((List<?>) claims).forEach(this::markClaim));
        }
    }

    /** The claims that a StatefulSet makes outlive it. */
    @SuppressWarnings("unchecked") // the tree comes from JSON, where each map is of texts
    private void markClaim(Object template) {
        Map<String, Object> metadata = (Map<String, Object>)
                ((Map<String, Object>) template).computeIfAbsent("metadata", missing -> new HashMap<String, Object>());
        ((Map<String, Object>) metadata.computeIfAbsent("labels", missing -> new HashMap<String, Object>()))
                .put(RUN_LABEL, runId);
    }

    private static Map<String, String> with(@Nullable Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some == null ? Map.of() : some);
        all.putAll(more);
        return all;
    }

    private Kind served(GenericKubernetesResource object) throws InterruptedException {
        KindServed served = new KindServed(object.getApiVersion(), object.getKind());
        Judgement waited = new Eventually(target.clock(), Limits.DEFAULT)
                .within(KIND_SERVED, served, Expectation.isTrue("served"));
        if (waited.verdict() != Verdict.PASS) {
            throw new NotMeasured(
                    "the API server does not serve " + object.getApiVersion() + " " + object.getKind() + ", which "
                            + object.getMetadata().getName() + " is of, after " + KIND_SERVED.toSeconds() + " s",
                    null,
                    Concern.with(served, waited));
        }
        return target.kinds().of(object.getApiVersion(), object.getKind());
    }

    private final class KindServed implements Probe<Boolean> {

        private final String apiVersion;
        private final String kind;

        KindServed(String apiVersion, String kind) {
            this.apiVersion = apiVersion;
            this.kind = kind;
        }

        @Override
        public String subject() {
            return "kind " + apiVersion + " " + kind;
        }

        @Override
        public Observation<Boolean> look() {
            var at = target.clock().instant();
            try {
                target.kinds().of(apiVersion, kind);
                return new Observation.Seen<>(true, subject(), at);
            } catch (Kinds.UnknownKind e) {
                return new Observation.Absent<>("not served", subject(), at);
            }
        }
    }
}
