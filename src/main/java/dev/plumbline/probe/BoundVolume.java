package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A claim together with the volume that it is bound to. */
public final class BoundVolume implements Probe<BoundVolume.Volume> {

    private final Target target;
    private final Looks claim;

    public BoundVolume(Target target, String namespace, String claim) {
        this.target = target;
        this.claim = new Looks(target, "PersistentVolumeClaim", namespace, claim);
    }

    /**
     * What was found.
     *
     * @param volumePhase {@code Bound} when the volume is there and belongs to the claim; empty when it is not there
     */
    public record Volume(String phase, String storageClass, String capacity, String volume, String volumePhase) {

        public boolean bound() {
            return phase.equals("Bound") && volumePhase.equals("Bound");
        }

        /** In bytes. */
        public BigDecimal bytes() {
            return capacity.isEmpty() ? BigDecimal.ZERO : PodSurveys.amount(capacity);
        }

        @Override
        public String toString() {
            return phase + ", class " + storageClass + ", capacity " + (capacity.isEmpty() ? "none" : capacity)
                    + ", volume " + (volume.isEmpty() ? "none" : volume + " " + volumePhase);
        }
    }

    @Override
    public String subject() {
        return claim.subject();
    }

    @Override
    public List<About> about() {
        return claim.about();
    }

    @Override
    public Observation<Volume> look() {
        Observation<GenericKubernetesResource> seen = claim.look();
        if (!(seen instanceof Observation.Seen<GenericKubernetesResource> found)) {
            return seen.map(none -> new Volume("", "", "", "", ""));
        }
        GenericKubernetesResource it = found.value();
        String name = text(it, ".spec.volumeName");
        return new Observation.Seen<>(
                new Volume(
                        text(it, ".status.phase"),
                        text(it, ".spec.storageClassName"),
                        text(it, ".status.capacity.storage"),
                        name,
                        name.isEmpty() ? "" : phaseOf(name)),
                subject(),
                seen.at());
    }

    private String phaseOf(String volume) {
        var kind = target.kinds().named("PersistentVolume");
        return target.feeds().get(new ObjectRef(kind, null, volume))
                        instanceof Observation.Seen<GenericKubernetesResource> found
                ? text(found.value(), ".status.phase")
                : "";
    }

    private static String text(GenericKubernetesResource object, String path) {
        return FieldPath.parse(path)
                .in(object.getAdditionalProperties())
                .map(Object::toString)
                .orElse("");
    }

    @Override
    public Optional<Subscription> onChange(Runnable changed) {
        return claim.onChange(changed);
    }
}
