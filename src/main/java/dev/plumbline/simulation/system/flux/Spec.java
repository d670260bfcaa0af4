package dev.plumbline.simulation.system.flux;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.system.GoDuration;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a Kustomization asks for, with the defaults of its controller. */
record Spec(GenericKubernetesResource object) {

    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(30);

    boolean flag(String name) {
        return Boolean.TRUE.equals(object.get("spec", name));
    }

    @Nullable
    String text(String name) {
        return object.get("spec", name);
    }

    Duration interval() {
        return GoDuration.parse(String.valueOf(text("interval")));
    }

    Duration retryInterval() {
        return Optional.ofNullable(text("retryInterval")).map(GoDuration::parse).orElseGet(this::interval);
    }

    Duration timeout() {
        Duration timeout = Optional.ofNullable(text("timeout"))
                .map(GoDuration::parse)
                .orElseGet(() -> interval().minus(LEAST_TIMEOUT));
        return timeout.compareTo(LEAST_TIMEOUT) < 0 ? LEAST_TIMEOUT : timeout;
    }

    /** The directory in the source, without the leading {@code ./}. */
    String path() {
        String path = Optional.ofNullable(text("path")).orElse("");
        return path.replaceFirst("^(?:\\./|/)+", "").replaceFirst("^\\.$", "").replaceFirst("/+$", "");
    }

    ObjectRef source() {
        String namespace = object.get("spec", "sourceRef", "namespace");
        String name = object.get("spec", "sourceRef", "name");
        return new ObjectRef(
                Flux.GIT_REPOSITORY,
                namespace == null ? object.getMetadata().getNamespace() : namespace,
                String.valueOf(name));
    }

    boolean isFromGit() {
        return "GitRepository".equals(object.get("spec", "sourceRef", "kind"));
    }

    List<Map<String, Object>> list(String... path) {
        Object[] steps = new Object[path.length + 1];
        steps[0] = "spec";
        System.arraycopy(path, 0, steps, 1, path.length);
        List<Map<String, Object>> list = object.get(steps);
        return list == null ? List.of() : list;
    }

    Map<String, String> strings(String... path) {
        Object[] steps = new Object[path.length + 1];
        steps[0] = "spec";
        System.arraycopy(path, 0, steps, 1, path.length);
        Map<String, String> map = object.get(steps);
        return map == null ? Map.of() : map;
    }
}
