package dev.plumbline.action;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.Kinds;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells Flux to fetch all sources now and waits until each Kustomization has tried what they hold; judges nothing. */
public final class FluxSettle {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final FieldPath SOURCE = FieldPath.parse(".spec.sourceRef.name");
    private static final FieldPath HANDLED = FieldPath.parse(".status.lastHandledReconcileAt");
    private static final FieldPath ARTIFACT = FieldPath.parse(".status.artifact.revision");
    private static final FieldPath TRIED = FieldPath.parse(".status.lastAttemptedRevision");
    private static final FieldPath SUSPENDED = FieldPath.parse(".spec.suspend");

    private final Target target;
    private final FluxObjects objects;

    public FluxSettle(Target target, Ledger ledger, String runId) {
        this.target = target;
        this.objects = new FluxObjects(target, ledger, runId);
    }

    /** Returns when Flux is at the heads of its sources, or after a while when it cannot get there. */
    public void settle() throws InterruptedException {
        try {
            Kind sources = target.kinds().named(FluxSync.SOURCE_KIND);
            Map<String, String> tokens = new HashMap<>();
            for (GenericKubernetesResource source : list(sources)) {
                String name = source.getMetadata().getName();
                tokens.put(name, objects.request(new ObjectRef(sources, FluxSync.NAMESPACE, name)));
            }
            new Eventually(target.clock(), Limits.DEFAULT)
                    .within(LIMIT, new Settled(tokens), Expectation.isTrue("settled"));
        } catch (Kinds.UnknownKind e) {
            return; // Flux is not there
        }
    }

    private List<GenericKubernetesResource> list(Kind kind) {
        return target.feeds().list(kind, FluxSync.NAMESPACE)
                        instanceof Observation.Seen<List<GenericKubernetesResource>> seen
                ? seen.value()
                : List.of();
    }

    private final class Settled implements Probe<Boolean> {

        private final Map<String, String> tokens;

        Settled(Map<String, String> tokens) {
            this.tokens = tokens;
        }

        @Override
        public String subject() {
            return "Flux's Kustomizations";
        }

        @Override
        public Observation<Boolean> look() {
            Map<String, String> revisions = new HashMap<>();
            boolean fetched = true;
            for (GenericKubernetesResource source : list(target.kinds().named(FluxSync.SOURCE_KIND))) {
                String name = source.getMetadata().getName();
                fetched &= isSuspended(source) || text(source, HANDLED).equals(tokens.getOrDefault(name, ""));
                revisions.put(name, text(source, ARTIFACT));
            }
            boolean tried = list(target.kinds().named(FluxSync.SYNC_KIND)).stream()
                    .filter(sync -> !isSuspended(sync))
                    .allMatch(sync -> text(sync, TRIED).equals(revisions.getOrDefault(text(sync, SOURCE), "")));
            return new Observation.Seen<>(fetched && tried, subject(), target.now());
        }

        private static boolean isSuspended(GenericKubernetesResource object) {
            return text(object, SUSPENDED).equals("true");
        }

        private static String text(GenericKubernetesResource object, FieldPath path) {
            Optional<Object> found = path.in(object.getAdditionalProperties());
            return found.map(Object::toString).orElse("");
        }
    }
}
