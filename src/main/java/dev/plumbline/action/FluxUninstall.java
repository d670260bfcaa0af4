package dev.plumbline.action;

import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.Kinds;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Concern;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Verdict;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;

/**
 * What {@code flux uninstall} does, in its order: the controllers go first, so that nobody prunes; then the finalizers of
 * Flux's objects, their definitions, and the namespace.
 */
final class FluxUninstall {

    private static final Duration GONE = Duration.ofMinutes(2);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final Target target;

    FluxUninstall(Target target) {
        this.target = target;
    }

    void run(List<GenericKubernetesResource> installed) throws InterruptedException {
        delete(installed, "Deployment");
        awaitGone(installed, "Deployment"); // and with them their pods
        release(installed);
        delete(installed, "CustomResourceDefinition");
        awaitGone(installed, "CustomResourceDefinition");
        for (GenericKubernetesResource object : installed) {
            if (object.getKind().startsWith("ClusterRole")) {
                handle(ref(object)).delete();
            }
        }
        delete(installed, "Namespace");
        awaitGone(installed, "Namespace");
    }

    private void delete(List<GenericKubernetesResource> installed, String kind) {
        installed.stream()
                .filter(object -> object.getKind().equals(kind))
                .forEach(object -> handle(ref(object))
                        .withPropagationPolicy(
                                kind.equals("Deployment")
                                        ? DeletionPropagation.FOREGROUND
                                        : DeletionPropagation.BACKGROUND)
                        .delete());
    }

    /** Without their controllers, nobody else would let go of Flux's objects. */
    private void release(List<GenericKubernetesResource> installed) {
        for (GenericKubernetesResource definition : installed) {
            if (!definition.getKind().equals("CustomResourceDefinition")) {
                continue;
            }
            String name = definition.getMetadata().getName();
            String kindName = String.valueOf(definition.<Object>get("spec", "names", "kind"));
            try {
                let(target.kinds().named(kindName + name.substring(name.indexOf('.'))));
            } catch (Kinds.UnknownKind e) {
                continue; // gone already
            }
        }
    }

    private void let(Kind kind) {
        var all = target.client().genericKubernetesResources(kind.context()).inAnyNamespace();
        unlessGone(() -> all.list().getItems().forEach(object -> {
            ObjectMeta metadata = object.getMetadata();
            ObjectRef ref = new ObjectRef(kind, metadata.getNamespace(), metadata.getName());
            unlessGone(() -> handle(ref).patch(MERGE, "{\"metadata\":{\"finalizers\":null}}"));
        }));
    }

    /** What nobody holds may go before we look again, and a kind with its definition. */
    private static void unlessGone(Runnable request) {
        try {
            request.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    private ObjectRef ref(GenericKubernetesResource object) {
        Kind kind = target.kinds().of(object.getApiVersion(), object.getKind());
        return new ObjectRef(
                kind,
                kind.namespaced() ? object.getMetadata().getNamespace() : null,
                object.getMetadata().getName());
    }

    private io.fabric8.kubernetes.client.dsl.Resource<GenericKubernetesResource> handle(ObjectRef ref) {
        var all = target.client().genericKubernetesResources(ref.kind().context());
        return ref.kind().namespaced()
                ? all.inNamespace(ref.namespace()).withName(ref.name())
                : all.withName(ref.name());
    }

    private void awaitGone(List<GenericKubernetesResource> installed, String kind) throws InterruptedException {
        for (GenericKubernetesResource object : installed) {
            if (object.getKind().equals(kind)) {
                ObjectRef ref = ref(object);
                Gone gone = new Gone(ref);
                var waited =
                        new Eventually(target.clock(), Limits.DEFAULT).within(GONE, gone, Expectation.isTrue("gone"));
                if (waited.verdict() != Verdict.PASS) {
                    throw new NotMeasured(
                            "Flux could not be uninstalled: " + waited.reason(), null, Concern.with(gone, waited));
                }
            }
        }
    }

    private final class Gone implements Probe<Boolean> {

        private final ObjectRef ref;

        Gone(ObjectRef ref) {
            this.ref = ref;
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
        public Observation<Boolean> look() {
            var seen = target.feeds().get(ref);
            return seen instanceof Observation.Absent
                    ? new Observation.Seen<>(true, ref.toString(), seen.at())
                    : seen.map(object -> false);
        }
    }
}
