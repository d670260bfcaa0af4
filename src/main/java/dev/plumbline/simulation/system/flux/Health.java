package dev.plumbline.simulation.system.flux;

import dev.plumbline.cluster.Kind;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.ClusterState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether what was applied works, by the rules that Flux takes from kstatus. */
final class Health {

    private Health() {}

    /** What a Kustomization waits for: all that it applied, what it lists, or nothing; never itself. */
    static List<ObjectRef> checkedBy(Spec spec, List<Applying.Entry> entries, ClusterState state) {
        List<ObjectRef> checked = new ArrayList<>();
        if (spec.flag("wait")) {
            entries.stream()
                    .filter(entry -> !entry.action().equals("skipped"))
                    .forEach(entry -> checked.add(entry.ref()));
        } else {
            spec.list("healthChecks").forEach(check -> checked.add(listed(check, spec, state)));
        }
        checked.removeIf(ref -> ref.kind().kind().equals(Flux.KUSTOMIZATION.kind())
                && ref.name().equals(spec.object().getMetadata().getName())
                && Objects.equals(ref.namespace(), spec.object().getMetadata().getNamespace()));
        return checked;
    }

    private static ObjectRef listed(Map<String, Object> check, Spec spec, ClusterState state) {
        String apiVersion = String.valueOf(check.getOrDefault("apiVersion", "apps/v1"));
        String name = String.valueOf(check.get("kind"));
        Kind kind = state.kind(apiVersion, name).orElseGet(() -> unknown(apiVersion, name));
        Object namespace =
                check.getOrDefault("namespace", spec.object().getMetadata().getNamespace());
        return new ObjectRef(
                kind, kind.namespaced() ? String.valueOf(namespace) : null, String.valueOf(check.get("name")));
    }

    /** A kind that is not served has no objects, so its check waits for ever. */
    private static Kind unknown(String apiVersion, String name) {
        int slash = apiVersion.indexOf('/');
        return new Kind(apiVersion.substring(0, Math.max(0, slash)), apiVersion.substring(slash + 1), name, name, true);
    }

    static Look look(List<ObjectRef> checked, ClusterState state) {
        Map<String, String> unhealthy = new LinkedHashMap<>();
        for (ObjectRef ref : checked) {
            Optional<GenericKubernetesResource> object =
                    state.kind(ref.kind().apiVersion(), ref.kind().kind()).isEmpty()
                            ? Optional.empty()
                            : state.get(ref);
            String status = object.map(HealthRules::status).orElse("NotFound");
            if (!status.equals("Current")) {
                String namespace = ref.namespace() == null ? "" : ref.namespace() + "/";
                unhealthy.put(ref.kind().kind() + "/" + namespace + ref.name(), status);
            }
        }
        return new Look(unhealthy);
    }

    /** What is not as it should be, with its status. */
    record Look(Map<String, String> unhealthy) {

        boolean isHealthy() {
            return unhealthy.isEmpty();
        }

        boolean isHopeless() {
            return unhealthy.containsValue("Failed");
        }

        @Override
        public String toString() {
            return unhealthy.entrySet().stream()
                    .map(entry -> entry.getKey() + " status: '" + entry.getValue() + "'")
                    .collect(Collectors.joining(", ", "[", "]"));
        }
    }
}
