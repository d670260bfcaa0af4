package dev.plumbline.probe;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a directory of a pod lies on: a claim and its phase, or a kind of volume that goes with the pod or the node. */
public final class MountedClaim implements Probe<MountedClaim.Place> {

    private final Target target;
    private final String namespace;
    private final String pod;
    private final String directory;
    private final Looks object;

    public MountedClaim(Target target, String namespace, String pod, String directory) {
        this.target = target;
        this.namespace = namespace;
        this.pod = pod;
        this.directory = directory;
        this.object = new Looks(target, "Pod", namespace, pod);
    }

    /**
     * What was found.
     *
     * @param volume {@code persistentVolumeClaim}, {@code emptyDir}, ... or {@code container} when nothing is mounted there
     * @param claim empty unless it is a claim
     */
    public record Place(String volume, String claim, String phase) {

        public boolean boundClaim() {
            return volume.equals("persistentVolumeClaim") && phase.equals("Bound");
        }

        @Override
        public String toString() {
            return claim.isEmpty() ? "on " + volume : "on claim " + claim + " (" + phase + ")";
        }
    }

    @Override
    public String subject() {
        return "\"" + directory + "\" of pod \"" + pod + "\" in namespace \"" + namespace + "\"";
    }

    @Override
    public List<About> about() {
        return object.about();
    }

    @Override
    public Observation<Place> look() {
        Observation<GenericKubernetesResource> seen = object.look();
        if (!(seen instanceof Observation.Seen<GenericKubernetesResource> found)) {
            return seen.map(none -> new Place("", "", ""));
        }
        Optional<Map<?, ?>> volume = volume(found.value().getAdditionalProperties());
        Optional<Object> claim = volume.flatMap(
                map -> FieldPath.parse(".persistentVolumeClaim.claimName").in(map));
        if (claim.isEmpty()) {
            return new Observation.Seen<>(
                    new Place(volume.map(MountedClaim::type).orElse("container"), "", ""), subject(), seen.at());
        }
        var kind = target.kinds().named("PersistentVolumeClaim");
        return target.feeds()
                .get(new ObjectRef(kind, namespace, claim.get().toString()))
                .map(bound -> new Place("persistentVolumeClaim", claim.get().toString(), phase(bound)));
    }

    private static String phase(GenericKubernetesResource claim) {
        return FieldPath.parse(".status.phase")
                .in(claim.getAdditionalProperties())
                .orElse("Pending")
                .toString();
    }

    private Optional<Map<?, ?>> volume(Map<String, Object> pod) {
        Optional<Object> name = maps(pod, ".spec.containers").stream()
                .flatMap(container -> maps(container, ".volumeMounts").stream())
                .filter(mount -> directory.equals(mount.get("mountPath")))
                .map(mount -> (Object) mount.get("name"))
                .findFirst();
        return maps(pod, ".spec.volumes").stream()
                .filter(volume -> name.filter(wanted -> Objects.equals(wanted, volume.get("name")))
                        .isPresent())
                .findFirst();
    }

    private static String type(Map<?, ?> volume) {
        return volume.keySet().stream()
                .map(String::valueOf)
                .filter(key -> !key.equals("name"))
                .findFirst()
                .orElse("emptyDir");
    }

    private static List<Map<?, ?>> maps(Map<?, ?> object, String path) {
        Object list = FieldPath.parse(path).in(object).orElse(List.of());
        return ((List<?>) list)
                .stream().<Map<?, ?>>map(item -> (Map<?, ?>) item).toList();
    }

    @Override
    public Optional<Subscription> onChange(Runnable changed) {
        return object.onChange(changed);
    }
}
