package dev.plumbline.simulation.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sends a request: a pod, or something of a namespace that is no pod. */
record Sender(String namespace, @Nullable Pod pod) {

    Map<String, String> labels() {
        return pod == null || pod.getMetadata().getLabels() == null
                ? Map.of()
                : pod.getMetadata().getLabels();
    }

    /** The uid of the sending pod when the address means itself. */
    Optional<String> self(String address) {
        return pod != null && address.equals("127.0.0.1")
                ? Optional.of(pod.getMetadata().getUid())
                : Optional.empty();
    }
}
