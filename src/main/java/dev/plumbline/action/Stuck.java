package dev.plumbline.action;

import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.Kinds;
import dev.plumbline.cluster.ObjectRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why an object under deletion does not go: which object holds it, by which finalizer, and who should remove that. */
record Stuck(LiveObjects objects) {

    private static final FieldPath CONDITIONS = FieldPath.parse(".status.conditions");
    private static final Pattern REMAINING =
            Pattern.compile("([a-z0-9-]+)\\.([a-z0-9.-]*) has \\d+ resource instances");
    private static final int MOST = 5;

    private static final Map<String, String> REMOVED_BY = Map.ofEntries(
            Map.entry("kubernetes.io/pvc-protection", "Kubernetes when no pod uses the claim"),
            Map.entry("kubernetes.io/pv-protection", "Kubernetes when no claim is bound to the volume"),
            Map.entry("foregroundDeletion", "the garbage collector when what the object owns is gone"),
            Map.entry("orphan", "the garbage collector when what the object owned is let go"),
            Map.entry("kubernetes", "the namespace controller when the namespace is empty"),
            Map.entry("batch.kubernetes.io/job-tracking", "the Job controller"),
            Map.entry("service.kubernetes.io/load-balancer-cleanup", "the cloud's or K3s's load balancer controller"),
            Map.entry("finalizers.fluxcd.io", "the Flux controller of the object's kind"),
            Map.entry(
                    "customresourcecleanup.apiextensions.k8s.io", "the API server when no object of the kind is left"),
            Map.entry("external-attacher", "the storage driver when the volume is detached"),
            Map.entry("snapshot.storage.kubernetes.io", "the snapshot controller"),
            Map.entry("velero.io", "Velero's server"));

    /** A sentence to be appended to "still there"; empty where nothing can be seen. */
    String why(ObjectRef ref, GenericKubernetesResource left) {
        String own = finalizers(left);
        List<String> reasons = new ArrayList<>();
        if (!own.isEmpty()) {
            reasons.add("held by " + own);
        }
        if (ref.kind().kind().equals("Namespace")) {
            reasons.addAll(namespace(ref.name(), left));
        }
        return reasons.isEmpty() ? "" : ", " + String.join("; ", reasons);
    }

    private List<String> namespace(String name, GenericKubernetesResource namespace) {
        List<String> reasons = new ArrayList<>();
        for (Object one :
                (List<?>) CONDITIONS.in(namespace.getAdditionalProperties()).orElse(List.of())) {
            Map<?, ?> condition = (Map<?, ?>) one;
            String type = String.valueOf(condition.get("type"));
            String message = String.valueOf(condition.get("message"));
            if (!"True".equals(condition.get("status"))) {
                continue;
            }
            if (type.equals("NamespaceContentRemaining")) {
                reasons.addAll(content(name, message));
            } else if (type.equals("NamespaceDeletionDiscoveryFailure")) {
                reasons.add(
                        "an API does not answer, so that its objects cannot be removed; whoever runs the server behind"
                                + " its APIService should mend or remove it: " + message);
            } else if (!type.equals("NamespaceFinalizersRemaining")) {
                reasons.add(message);
            }
        }
        return reasons;
    }

    /** The condition names resources only; the objects behind them say what they wait for. */
    private List<String> content(String namespace, String message) {
        List<String> held = new ArrayList<>();
        Matcher remaining = REMAINING.matcher(message);
        while (remaining.find()) {
            String word = remaining.group(1) + "." + (remaining.group(2).isEmpty() ? "core" : remaining.group(2));
            try {
                Kind kind = objects.target().kinds().named(word);
                objects
                        .target()
                        .client()
                        .genericKubernetesResources(kind.context())
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .stream()
                        .limit(MOST)
                        .forEach(object -> held.add(held(object)));
            } catch (Kinds.UnknownKind | KubernetesClientException e) {
                held.add(word + ", which cannot be looked at (" + e.getMessage() + ")");
            }
        }
        return held.isEmpty() ? List.of(message) : held;
    }

    private static String held(HasMetadata object) {
        String name = object.getKind() + " \"" + object.getMetadata().getName() + "\"";
        String finalizers = finalizers(object);
        if (!finalizers.isEmpty()) {
            return name + " is held by " + finalizers;
        }
        return name
                + (object.getMetadata().getDeletionGracePeriodSeconds() == null
                        ? " is not deleted yet"
                        : " has " + object.getMetadata().getDeletionGracePeriodSeconds() + " s to end");
    }

    private static String finalizers(HasMetadata object) {
        List<String> names = object.getMetadata().getFinalizers();
        return names == null
                ? ""
                : String.join(
                        " and ",
                        names.stream()
                                .map(name -> "finalizer " + name + ", to be removed by " + remover(name))
                                .toList());
    }

    private static String remover(String finalizer) {
        String domain = finalizer.split("/", 2)[0];
        return REMOVED_BY.entrySet().stream()
                .filter(known -> finalizer.equals(known.getKey())
                        || domain.equals(known.getKey())
                        || domain.endsWith("." + known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("the controller of " + domain + ", if it still runs");
    }
}
