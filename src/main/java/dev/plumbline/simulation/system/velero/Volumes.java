package dev.plumbline.simulation.system.velero;

import dev.plumbline.simulation.ClusterState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which volumes of a pod are backed up by reading their files. */
final class Volumes {

    private static final String OPT_IN = "backup.velero.io/backup-volumes";
    private static final String OPT_OUT = "backup.velero.io/backup-volumes-excludes";

    private final ClusterState state;
    private final boolean byDefault;
    private final List<String> notes = new ArrayList<>();

    Volumes(ClusterState state, boolean byDefault) {
        this.state = state;
        this.byDefault = byDefault;
    }

    static List<String> claims(GenericKubernetesResource pod) {
        List<Map<String, Object>> volumes = pod.get("spec", "volumes");
        return volumes == null
                ? List.of()
                : volumes.stream()
                        .map(volume -> volume.get("persistentVolumeClaim"))
                        .filter(Map.class::isInstance)
                        .map(source -> String.valueOf(((Map<?, ?>) source).get("claimName")))
                        .toList();
    }

    /** What was left out and only the log says so. */
    List<String> notes() {
        return notes;
    }

    List<Volume> of(Pod pod) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
        List<String> in = words(annotations.get(OPT_IN));
        List<String> out = words(annotations.get(OPT_OUT));
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> byDefault ? !out.contains(volume.getName()) : in.contains(volume.getName()))
                .filter(volume -> hasFiles(volume, in.contains(volume.getName())))
                .filter(volume -> !isHostPath(pod, volume))
                .toList();
    }

    private static List<String> words(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",")).map(String::strip).toList();
    }

    /** What the cluster writes itself is never backed up by default. */
    private static boolean hasFiles(Volume volume, boolean asked) {
        boolean generated = volume.getSecret() != null
                || volume.getConfigMap() != null
                || volume.getProjected() != null
                || volume.getDownwardAPI() != null;
        return asked || !generated;
    }

    /** Files of the node are not read. A volume of that type is skipped with a line in the log; Velero fails nothing for it. */
    private boolean isHostPath(Pod pod, Volume volume) {
        if (volume.getHostPath() != null) {
            return true;
        }
        boolean hostPath = persistentVolume(pod, volume)
                .filter(it -> it.getSpec().getHostPath() != null)
                .isPresent();
        if (hostPath) {
            notes.add("level=warning msg=\"Volume " + volume.getName() + " in pod "
                    + pod.getMetadata().getNamespace() + "/"
                    + pod.getMetadata().getName()
                    + " is a hostPath volume which is not supported for pod volume backup, skipping\"");
        }
        return hostPath;
    }

    private Optional<PersistentVolume> persistentVolume(Pod pod, Volume volume) {
        return claim(pod, volume)
                .map(claim -> claim.getSpec().getVolumeName())
                .flatMap(name -> state.get(PersistentVolume.class, null, name));
    }

    Optional<PersistentVolumeClaim> claim(Pod pod, Volume volume) {
        return Optional.ofNullable(volume.getPersistentVolumeClaim())
                .flatMap(source -> state.get(
                        PersistentVolumeClaim.class, pod.getMetadata().getNamespace(), source.getClaimName()));
    }
}
