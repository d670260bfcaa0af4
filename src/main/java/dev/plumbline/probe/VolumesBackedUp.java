package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Kinds;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which PersistentVolumeClaims of a namespace a backup holds the data of: those with a completed PodVolumeBackup. A backup
 * may call itself complete without a single one.
 */
public final class VolumesBackedUp implements Probe<VolumesBackedUp.Coverage> {

    private static final String CLAIM_NAME = "velero.io/pvc-name";
    private static final FieldPath CLAIM_UID = FieldPath.parse(".spec.tags[\"pvc-uid\"]");
    private static final FieldPath PHASE = FieldPath.parse(".status.phase");
    private static final FieldPath POD_NAMESPACE = FieldPath.parse(".spec.pod.namespace");

    private final Target target;
    private final String veleroNamespace;
    private final String backup;
    private final String namespace;

    public VolumesBackedUp(Target target, String veleroNamespace, String backup, String namespace) {
        this.target = target;
        this.veleroNamespace = veleroNamespace;
        this.backup = backup;
        this.namespace = namespace;
    }

    /** @param missing claims without a completed backup of their data */
    public record Coverage(List<String> claims, List<String> missing) {

        public boolean complete() {
            return !claims.isEmpty() && missing.isEmpty();
        }

        @Override
        public String toString() {
            return (claims.size() - missing.size()) + " of " + claims.size() + " claims backed up"
                    + (missing.isEmpty() ? "" : ", not " + String.join(", ", missing));
        }
    }

    @Override
    public String subject() {
        return "volume data of namespace \"" + namespace + "\" in Backup \"" + backup + "\"";
    }

    @Override
    public List<About> about() {
        return List.of(new About("Backup.velero.io", veleroNamespace, backup));
    }

    @Override
    public Observation<Coverage> look() {
        try {
            List<GenericKubernetesResource> claims = list("PersistentVolumeClaim", namespace);
            List<GenericKubernetesResource> done = list("PodVolumeBackup.velero.io", veleroNamespace).stream()
                    .filter(this::ofThisBackup)
                    .toList();
            if (claims.isEmpty()) {
                return new Observation.Unreachable<>(
                        "nothing selected: there is no PersistentVolumeClaim", subject(), target.now());
            }
            List<String> missing = claims.stream()
                    .filter(claim -> done.stream().noneMatch(backup -> holds(backup, claim)))
                    .map(claim -> claim.getMetadata().getName())
                    .toList();
            List<String> names =
                    claims.stream().map(claim -> claim.getMetadata().getName()).toList();
            return new Observation.Seen<>(new Coverage(names, missing), subject(), target.now());
        } catch (NotSeen e) {
            return e.as(subject());
        }
    }

    private List<GenericKubernetesResource> list(String kind, String in) throws NotSeen {
        try {
            return NotSeen.unlessSeen(target.feeds().list(target.kinds().named(kind), in));
        } catch (Kinds.UnknownKind e) {
            throw new NotSeen(new Observation.Unreachable<>(String.valueOf(e.getMessage()), subject(), target.now()));
        }
    }

    private boolean ofThisBackup(GenericKubernetesResource volume) {
        Map<String, String> labels = volume.getMetadata().getLabels();
        Map<String, Object> object = volume.getAdditionalProperties();
        return labels != null
                && backup.equals(labels.get("velero.io/backup-name"))
                && PHASE.in(object).filter("Completed"::equals).isPresent()
                && POD_NAMESPACE.in(object).filter(namespace::equals).isPresent();
    }

    private static boolean holds(GenericKubernetesResource volume, GenericKubernetesResource claim) {
        Map<String, String> annotations = volume.getMetadata().getAnnotations();
        if (annotations != null && annotations.containsKey(CLAIM_NAME)) {
            return claim.getMetadata().getName().equals(annotations.get(CLAIM_NAME));
        }
        return CLAIM_UID
                .in(volume.getAdditionalProperties())
                .filter(uid -> uid.equals(claim.getMetadata().getUid()))
                .isPresent();
    }

    @Override
    public Optional<Subscription> onChange(Runnable changed) {
        try {
            return Optional.of(target.feeds().onChange(target.kinds().named("PodVolumeBackup.velero.io"), changed));
        } catch (Kinds.UnknownKind e) {
            return Optional.empty();
        }
    }
}
