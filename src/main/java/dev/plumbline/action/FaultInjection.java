package dev.plumbline.action;

import dev.plumbline.action.Fault.NotLanded;
import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.Kinds;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import dev.plumbline.gitops.TextDiff;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Verdict;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Breaks what is live, as a fault says, shows what is different then, and takes it back. */
public final class FaultInjection {

    private static final FieldPath REPLICAS = FieldPath.parse(".spec.replicas");
    private static final FieldPath PODS = FieldPath.parse(".status.replicas");
    private static final Duration SCALED = Duration.ofMinutes(3);

    private final Target target;
    private final Ledger ledger = new Ledger();
    private final List<FaultCommit.Made> commits = new ArrayList<>();
    private final ChangeObject change;
    private final FaultCommit commit;
    private final UnaryOperator<String> words;
    private final String namespace;

    /**
     * @param words fills in what the profile says
     * @param namespace of objects whose change names none
     */
    public FaultInjection(Target target, UnaryOperator<String> words, String namespace) {
        this.target = target;
        this.change = new ChangeObject(target, ledger);
        this.commit = new FaultCommit(target);
        this.words = words;
        this.namespace = namespace;
    }

    /**
     * Makes all changes of a fault.
     *
     * @param delivered where its files are, if it was delivered from Git
     * @return what is different now, as a diff
     * @throws NotLanded when one of them could not be made or makes no difference
     */
    public String inject(Fault fault, Optional<Delivered> delivered) throws InterruptedException {
        StringBuilder landed = new StringBuilder();
        if (!fault.files().isEmpty()) {
            Delivered git = delivered.orElseThrow(
                    () -> new NotLanded("the scenario deploys nothing from Git, so no commit can break it:"
                            + " put the fault in before-deployment"));
            FaultCommit.Made made = commit.make(fault, git);
            commits.add(made);
            landed.append(made.diff());
        }
        for (ObjectChange object : fault.objects()) {
            landed.append(make(object));
        }
        return landed.toString();
    }

    /** Makes it as it was before; returns what could not be, one line each. */
    public List<String> mend() throws InterruptedException {
        List<String> left = new ArrayList<>(ledger.undoAll(target));
        for (FaultCommit.Made made : commits) {
            try {
                commit.mend(made);
            } catch (NotLanded e) {
                left.add("the commit of fault " + made.fault().name() + ": " + e.getMessage());
            }
        }
        commits.clear();
        return left;
    }

    private String make(ObjectChange wanted) throws InterruptedException {
        ObjectRef ref = ref(wanted);
        if (wanted.delete()) {
            String before =
                    new LiveObjects(target).read(ref).map(FaultInjection::text).orElse("");
            change.delete(ref);
            return difference(ref, before, "");
        }
        Map<FieldPath, Object> set = new LinkedHashMap<>(wanted.set());
        wanted.scale().ifPresent(count -> set.put(REPLICAS, count));
        ChangeObject.Changed changed = change.change(ref, set, wanted.remove());
        String difference = difference(ref, text(changed.before()), text(changed.after()));
        if (wanted.scale().isPresent()) {
            awaitScaled(ref, wanted.scale().getAsInt());
        }
        return difference;
    }

    private ObjectRef ref(ObjectChange wanted) {
        try {
            Kind kind = target.kinds().named(wanted.kind());
            String where = words.apply(wanted.namespace().orElse(namespace));
            return new ObjectRef(kind, kind.namespaced() ? where : null, words.apply(wanted.name()));
        } catch (Kinds.UnknownKind e) {
            throw new NotLanded(e.getMessage());
        }
    }

    private static String difference(ObjectRef ref, String before, String after) {
        String diff = TextDiff.unified(ref.toString(), before, after);
        if (diff.isEmpty()) {
            throw new NotLanded(ref + " is the same with the fault as without");
        }
        return diff;
    }

    /** What a person would compare. Of a Secret only that a value is another one, never the value. */
    private static String text(GenericKubernetesResource object) {
        GenericKubernetesResource bare = LiveObjects.bare(object);
        for (String field : List.of("data", "stringData")) {
            if (object.getKind().equals("Secret")
                    && bare.getAdditionalProperties().get(field) instanceof Map<?, ?> data) {
                Map<String, String> hashes = new TreeMap<>();
                data.forEach((key, value) -> hashes.put(String.valueOf(key), "hash " + value.hashCode()));
                bare.setAdditionalProperty(field, hashes);
            }
        }
        return Serialization.asYaml(bare);
    }

    /** The fault is there when the pods are as many as it says, not when it has been asked for. */
    private void awaitScaled(ObjectRef ref, int count) throws InterruptedException {
        Judgement judgement = new Eventually(target.clock(), Limits.DEFAULT)
                .within(SCALED, new PodCount(ref), Expectation.equalTo(count));
        if (judgement.verdict() != Verdict.PASS) {
            throw new NotLanded(judgement.reason());
        }
    }

    private final class PodCount implements Probe<Integer> {

        private final ObjectRef ref;

        PodCount(ObjectRef ref) {
            this.ref = ref;
        }

        @Override
        public String subject() {
            return "the number of pods of " + ref;
        }

        @Override
        public Observation<Integer> look() {
            return target.feeds()
                    .get(ref)
                    .map(object -> PODS.in(object.getAdditionalProperties())
                            .map(count -> ((Number) count).intValue())
                            .orElse(0));
        }

        @Override
        public Optional<Subscription> onChange(Runnable changed) {
            return Optional.of(target.feeds().onChange(ref.kind(), changed));
        }
    }
}
