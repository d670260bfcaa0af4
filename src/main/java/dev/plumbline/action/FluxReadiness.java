package dev.plumbline.action;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Pods;
import dev.plumbline.cluster.Target;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Concern;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.NotMet;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Verdict;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Waits for Flux itself, as the delivery needs it. What a scenario judges is not judged here. */
final class FluxReadiness {

    private static final Duration CONTROLLERS = Duration.ofMinutes(3);
    private static final Duration PRUNED = Duration.ofMinutes(3);
    private static final Duration FIRST_SYNC = Duration.ofMinutes(3);

    private final Target target;
    private final Eventually eventually;

    FluxReadiness(Target target) {
        this.target = target;
        this.eventually = new Eventually(target.clock(), Limits.DEFAULT);
    }

    /** Why Flux does not run after its installation: a controller whose image cannot be had. */
    Optional<String> controllersMissing(List<GenericKubernetesResource> installed) throws InterruptedException {
        for (GenericKubernetesResource object : installed) {
            if (object.getKind().equals("Deployment")) {
                Judgement judgement =
                        eventually.within(CONTROLLERS, new Available(object), Expectation.isTrue("available"));
                if (judgement.verdict() != Verdict.PASS) {
                    return Optional.of("Flux does not run: " + judgement.reason());
                }
            }
        }
        return Optional.empty();
    }

    /** The entry point's commit is applied. */
    void awaitApplied(String kustomization, String commit) throws InterruptedException {
        Sync sync = new Sync(kustomization);
        Judgement waited = eventually.within(
                FIRST_SYNC,
                sync,
                new Expectation<>(
                        "to have applied " + commit, state -> state.applied().endsWith(commit)));
        if (waited.verdict() == Verdict.FAIL) {
            throw new NotMet("Flux did not take up the repository: " + waited.reason(), Concern.with(sync, waited));
        }
        if (waited.verdict() != Verdict.PASS) {
            throw new NotMeasured("Flux could not be observed: " + waited.reason(), null, Concern.with(sync, waited));
        }
    }

    /** A part was applied or is being tried; whether it becomes healthy is for the scenarios that need it. */
    void awaitTried(String kustomization) throws InterruptedException {
        Sync sync = new Sync(kustomization);
        Judgement waited =
                eventually.within(FIRST_SYNC, sync, new Expectation<>("to be applied or tried", Sync.State::tried));
        if (waited.verdict() != Verdict.PASS) {
            throw new NotMeasured(
                    "Flux did not try Kustomization " + kustomization + ": " + waited.reason(),
                    null,
                    Concern.with(sync, waited));
        }
    }

    /** No Kustomization is left: what they had applied is gone. */
    void awaitNoneLeft() throws InterruptedException {
        Judgement judgement =
                eventually.within(PRUNED, new Syncs(), new Expectation<List<String>>("none", List::isEmpty));
        if (judgement.verdict() != Verdict.PASS) {
            throw new IllegalStateException(judgement.reason());
        }
    }

    private final class Syncs implements Probe<List<String>> {

        private final dev.plumbline.cluster.Kind kind = target.kinds().named(FluxSync.SYNC_KIND);

        @Override
        public String subject() {
            return "Flux Kustomizations in namespace \"" + FluxSync.NAMESPACE + "\"";
        }

        @Override
        public Observation<List<String>> look() {
            return target.feeds()
                    .list(kind, FluxSync.NAMESPACE)
                    .map(objects -> objects.stream()
                            .map(object -> object.getMetadata().getName())
                            .toList());
        }

        @Override
        public Optional<Subscription> onChange(Runnable changed) {
            return Optional.of(target.feeds().onChange(kind, changed));
        }
    }

    private final class Sync implements Probe<Sync.State> {

        private final ObjectRef ref;

        Sync(String name) {
            this.ref = new ObjectRef(target.kinds().named(FluxSync.SYNC_KIND), FluxSync.NAMESPACE, name);
        }

        record State(String applied, String inventory, String conditions) {
            boolean tried() {
                return !applied.isEmpty() || !inventory.isEmpty() || conditions.contains("HealthCheckFailed");
            }

            @Override
            public String toString() {
                return applied.isEmpty() ? "not applied yet, " + conditions : "at " + applied;
            }
        }

        @Override
        public String subject() {
            return ref.toString();
        }

        @Override
        public List<About> about() {
            return List.of(ref.about());
        }

        @Override
        public Observation<State> look() {
            return target.feeds().get(ref).map(object -> {
                Map<String, Object> tree = object.getAdditionalProperties();
                return new State(
                        text(tree, ".status.lastAppliedRevision"),
                        text(tree, ".status.inventory"),
                        text(tree, ".status.conditions"));
            });
        }

        private static String text(Map<String, Object> tree, String path) {
            return FieldPath.parse(path).in(tree).map(Object::toString).orElse("");
        }

        @Override
        public Optional<Subscription> onChange(Runnable changed) {
            return Optional.of(target.feeds().onChange(ref.kind(), changed));
        }
    }

    private final class Available implements Probe<Boolean> {

        private final ObjectRef ref;
        private final GenericKubernetesResource declared;

        Available(GenericKubernetesResource declared) {
            this.declared = declared;
            this.ref = new ObjectRef(
                    target.kinds().of(declared.getApiVersion(), declared.getKind()),
                    declared.getMetadata().getNamespace(),
                    declared.getMetadata().getName());
        }

        @Override
        public String subject() {
            return ref.toString();
        }

        @Override
        public Observation<Boolean> look() {
            Observation<GenericKubernetesResource> seen = target.feeds().get(ref);
            Optional<String> missing = blockedPod();
            if (missing.isPresent()) {
                return new Observation.Blocked<>(missing.get(), subject(), seen.at());
            }
            return seen.map(object -> FieldPath.parse(".status.availableReplicas")
                    .in(object.getAdditionalProperties())
                    .filter(count -> !count.toString().equals("0"))
                    .isPresent());
        }

        private Optional<String> blockedPod() {
            Object labels = FieldPath.parse(".spec.selector.matchLabels")
                    .in(declared.getAdditionalProperties())
                    .orElse(Map.of());
            return Pods.of(target, declared.getMetadata().getNamespace(), (Map<?, ?>) labels).stream()
                    .flatMap(pod -> Pods.blocked(pod).stream())
                    .findFirst();
        }

        @Override
        public Optional<Subscription> onChange(Runnable changed) {
            Subscription workload = target.feeds().onChange(ref.kind(), changed);
            Subscription pods = target.feeds().onChange(target.kinds().named("Pod"), changed);
            return Optional.of(() -> {
                workload.close();
                pods.close();
            });
        }
    }
}
