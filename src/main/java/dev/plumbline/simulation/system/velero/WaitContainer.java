package dev.plumbline.simulation.system.velero;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The init container that holds a restored pod back until its volumes are filled. */
record WaitContainer(String version) {

    static final String NAME = "restore-wait";
    static final String MOUNTS = "/restores/";

    void addTo(GenericKubernetesResource pod, String restoreUid, List<GenericKubernetesResource> volumes) {
        Map<String, Object> spec = pod.get("spec");
        List<Object> mounts = new ArrayList<>();
        for (GenericKubernetesResource volume : volumes) {
            String name = Objects.requireNonNull(volume.<String>get("spec", "volume"));
            mounts.add(Map.of("name", name, "mountPath", MOUNTS + name));
        }
        Map<String, Object> container = Map.of(
                "name",
                NAME,
                "image",
                "velero/velero-restore-helper:" + version,
                "command",
                List.of("/velero-restore-helper"),
                "args",
                List.of(restoreUid),
                "volumeMounts",
                mounts);
        List<Object> all = new ArrayList<>(List.of(container));
        if (spec.get("initContainers") instanceof List<?> present) {
            present.stream()
                    .filter(it -> !NAME.equals(((Map<?, ?>) it).get("name")))
                    .forEach(all::add);
        }
        spec.put("initContainers", all);
    }
}
