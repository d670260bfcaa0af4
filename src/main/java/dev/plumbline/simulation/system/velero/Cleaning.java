package dev.plumbline.simulation.system.velero;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes from a stored object what belongs to the cluster that it was stored in. */
final class Cleaning {

    private static final List<String> CLAIM_MARKS = List.of(
            "pv.kubernetes.io/bind-completed",
            "pv.kubernetes.io/bound-by-controller",
            "volume.kubernetes.io/storage-provisioner",
            "volume.beta.kubernetes.io/storage-provisioner",
            "volume.kubernetes.io/selected-node");
    private static final List<String> JOB_LABELS =
            List.of("controller-uid", "batch.kubernetes.io/controller-uid", "job-name", "batch.kubernetes.io/job-name");

    private Cleaning() {}

    static GenericKubernetesResource clean(Item item, boolean keepsNodePorts) {
        GenericKubernetesResource object =
                Serialization.unmarshal(Serialization.asJson(item.object()), GenericKubernetesResource.class);
        ObjectMeta old = object.getMetadata();
        ObjectMeta fresh = new ObjectMeta();
        fresh.setName(old.getName());
        fresh.setNamespace(old.getNamespace());
        fresh.setLabels(copy(old.getLabels()));
        fresh.setAnnotations(copy(old.getAnnotations()));
        fresh.setFinalizers(item.is("Namespace") ? List.of() : old.getFinalizers());
        object.setMetadata(fresh);
        object.getAdditionalProperties().remove("status");
        Map<String, Object> spec = object.get("spec");
        if (spec != null) {
            spec(item, object, spec, keepsNodePorts);
        }
        return object;
    }

    private static Map<String, String> copy(@Nullable Map<String, String> marks) {
        return marks == null ? new LinkedHashMap<>() : new LinkedHashMap<>(marks);
    }

    private static void spec(
            Item item, GenericKubernetesResource object, Map<String, Object> spec, boolean keepsNodePorts) {
        switch (item.kind().kind()) {
            case "Pod" -> List.of("nodeName", "priority").forEach(spec::remove);
            case "Service" -> service(spec, keepsNodePorts);
            case "Job" -> job(object, spec);
            case "PersistentVolume" ->
                spec.computeIfPresent("claimRef", (key, claim) -> withoutIdentity((Map<?, ?>) claim));
            case "Namespace" -> spec.remove("finalizers");
            default -> {
                // as it was
            }
        }
    }

    private static Map<String, Object> withoutIdentity(Map<?, ?> reference) {
        Map<String, Object> copy = new LinkedHashMap<>();
        reference.forEach((key, value) -> copy.put(String.valueOf(key), value));
        List.of("uid", "resourceVersion").forEach(copy::remove);
        return copy;
    }

    private static void service(Map<String, Object> spec, boolean keepsNodePorts) {
        if (!"None".equals(spec.get("clusterIP"))) {
            List.of("clusterIP", "clusterIPs").forEach(spec::remove);
        }
        if (!keepsNodePorts && spec.get("ports") instanceof List<?> ports) {
            List<Object> cleaned = new ArrayList<>();
            for (Object port : ports) {
                Map<String, Object> copy = withoutIdentity((Map<?, ?>) port);
                copy.remove("nodePort");
                cleaned.add(copy);
            }
            spec.put("ports", cleaned);
        }
    }

    private static void job(GenericKubernetesResource object, Map<String, Object> spec) {
        spec.remove("selector");
        JOB_LABELS.forEach(object.getMetadata().getLabels()::remove);
        Map<String, Object> labels = object.get("spec", "template", "metadata", "labels");
        if (labels != null) {
            JOB_LABELS.forEach(labels::remove);
        }
    }

    /** A claim whose volume is made anew. */
    static void unbind(GenericKubernetesResource claim) {
        CLAIM_MARKS.forEach(claim.getMetadata().getAnnotations()::remove);
        Map<String, Object> spec = claim.get("spec");
        spec.remove("volumeName");
    }
}
