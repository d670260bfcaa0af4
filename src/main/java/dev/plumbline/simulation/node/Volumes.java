package dev.plumbline.simulation.node;

import dev.plumbline.simulation.ClusterState;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The volumes of all pods. A disk lives as long as what it belongs to: the pod, the PersistentVolume, the node. */
final class Volumes {

    /** The volume that a real API server adds to a pod whose account's token is wanted. */
    private static final String ACCOUNT = "kube-api-access";

    private static final String ACCOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

    private final Map<String, Disk> disks = new ConcurrentHashMap<>();
    private final ClusterState state;
    private final Sources sources;

    Volumes(ClusterState state) {
        this.state = state;
        this.sources = new Sources(state);
    }

    /**
     * Prepares the volumes of a pod.
     *
     * @throws Unready when a claim is not bound or a ConfigMap or Secret is not there
     */
    Map<String, Volume> of(Pod pod) throws Unready {
        Map<String, Volume> volumes = new TreeMap<>();
        for (var volume : pod.getSpec().getVolumes()) {
            volumes.put(volume.getName(), volume(pod, volume));
        }
        if (!Boolean.FALSE.equals(pod.getSpec().getAutomountServiceAccountToken())) {
            volumes.put(ACCOUNT, new Projection(() -> Optional.of(account(pod))));
        }
        return volumes;
    }

    private static Map<String, byte[]> account(Pod pod) {
        return Map.of(
                "namespace",
                pod.getMetadata().getNamespace().getBytes(StandardCharsets.UTF_8),
                "token",
                "simulated".getBytes(StandardCharsets.UTF_8));
    }

    private Volume volume(Pod pod, io.fabric8.kubernetes.api.model.Volume volume) throws Unready {
        String namespace = pod.getMetadata().getNamespace();
        if (volume.getPersistentVolumeClaim() != null) {
            return claim(namespace, volume.getPersistentVolumeClaim().getClaimName());
        }
        if (volume.getConfigMap() != null) {
            var source = volume.getConfigMap();
            return projection(
                    volume.getName(), configMap(namespace, source.getName(), source.getItems()), source.getOptional());
        }
        if (volume.getSecret() != null) {
            var source = volume.getSecret();
            return projection(
                    volume.getName(),
                    secret(namespace, source.getSecretName(), source.getItems()),
                    source.getOptional());
        }
        if (volume.getProjected() != null) {
            return projected(pod, volume);
        }
        if (volume.getHostPath() != null) {
            String path = volume.getHostPath().getPath();
            return disk("node/" + pod.getSpec().getNodeName() + path);
        }
        return disk("pod/" + pod.getMetadata().getUid() + "/" + volume.getName());
    }

    private Disk disk(String key) {
        return disks.computeIfAbsent(key, created -> new Disk());
    }

    private Volume claim(String namespace, String name) throws Unready {
        PersistentVolumeClaim claim = state.get(PersistentVolumeClaim.class, namespace, name)
                .orElseThrow(() -> new Unready("persistentvolumeclaim \"" + name + "\" not found"));
        String volume = claim.getSpec().getVolumeName();
        if (volume == null
                || claim.getStatus() == null
                || !"Bound".equals(claim.getStatus().getPhase())) {
            throw new Unready("persistentvolumeclaim \"" + name + "\" is not bound");
        }
        return disk("volume/" + volume);
    }

    private Source configMap(String namespace, String name, @Nullable List<KeyToPath> items) {
        return new Source(
                "configmap \"" + name + "\" not found",
                () -> sources.configMap(namespace, name).map(data -> Sources.at(data, items)));
    }

    private Source secret(String namespace, String name, @Nullable List<KeyToPath> items) {
        return new Source(
                "secret \"" + name + "\" not found",
                () -> sources.secret(namespace, name).map(data -> Sources.at(data, items)));
    }

    private static Volume projection(String volume, Source source, @Nullable Boolean optional) throws Unready {
        if (source.files().get().isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw new Unready("MountVolume.SetUp failed for volume \"" + volume + "\" : " + source.missing());
        }
        return new Projection(source.files());
    }

    private Volume projected(Pod pod, io.fabric8.kubernetes.api.model.Volume volume) throws Unready {
        List<Volume> parts = new ArrayList<>();
        String namespace = pod.getMetadata().getNamespace();
        for (VolumeProjection part : volume.getProjected().getSources()) {
            if (part.getConfigMap() != null) {
                var source = part.getConfigMap();
                parts.add(projection(
                        volume.getName(),
                        configMap(namespace, source.getName(), source.getItems()),
                        source.getOptional()));
            } else if (part.getSecret() != null) {
                var source = part.getSecret();
                parts.add(projection(
                        volume.getName(),
                        secret(namespace, source.getName(), source.getItems()),
                        source.getOptional()));
            } else if (part.getServiceAccountToken() != null) {
                Map<String, byte[]> token =
                        Map.of(part.getServiceAccountToken().getPath(), "simulated".getBytes(StandardCharsets.UTF_8));
                parts.add(new Projection(() -> Optional.of(token)));
            }
        }
        return new Projection(() -> {
            Map<String, byte[]> all = new TreeMap<>();
            parts.forEach(part -> all.putAll(part.files()));
            return Optional.of(all);
        });
    }

    /** What a container mounts. A part of a ConfigMap stays as it is now, as on a real node. */
    List<Mount> mounts(Container container, Map<String, Volume> volumes) {
        List<Mount> mounts = new ArrayList<>();
        Volume account = volumes.get(ACCOUNT);
        if (account != null) {
            mounts.add(new Mount(ACCOUNT_PATH, account, "", true));
        }
        for (VolumeMount mount : container.getVolumeMounts()) {
            Volume volume = volumes.get(mount.getName());
            if (volume != null) {
                String part = mount.getSubPath() == null
                        ? ""
                        : ContainerFiles.normal(mount.getSubPath()).substring(1);
                boolean readOnly = Boolean.TRUE.equals(mount.getReadOnly());
                mounts.add(
                        new Mount(ContainerFiles.normal(mount.getMountPath()), frozen(volume, part), part, readOnly));
            }
        }
        return mounts;
    }

    private static Volume frozen(Volume volume, String part) {
        if (part.isEmpty() || volume.disk().isPresent()) {
            return volume;
        }
        Map<String, byte[]> now = volume.files();
        return new Projection(() -> Optional.of(now));
    }

    /** The pod is gone, and its emptyDirs with it. */
    void forgetPod(String uid) {
        disks.keySet().removeIf(key -> key.startsWith("pod/" + uid + "/"));
    }

    /** The PersistentVolume is gone, and its data with it. */
    void forgetVolume(String name) {
        disks.remove("volume/" + name);
    }

    private record Source(String missing, Supplier<Optional<Map<String, byte[]>>> files) {}
}
