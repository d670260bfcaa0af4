package dev.plumbline.action;

import dev.plumbline.cluster.FieldPath;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The two objects by which Flux starts to follow a repository, as {@code flux bootstrap} would make them. */
final class FluxSync {

    static final String NAMESPACE = "flux-system";
    static final String NAME = "flux-system";
    static final String SOURCE_KIND = "GitRepository.source.toolkit.fluxcd.io";
    static final String SYNC_KIND = "Kustomization.kustomize.toolkit.fluxcd.io";

    private static final FieldPath PATH = FieldPath.parse(".spec.path");
    private static final String SOURCE = """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: {name: flux-system, namespace: flux-system}
            spec:
              interval: 1m
              timeout: 30s
              url: "%s"
              ref: {branch: main}
            """;

    private static final String SYNC = """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: flux-system, namespace: flux-system}
            spec:
              interval: 1m
              retryInterval: 30s
              path: "./%s"
              prune: true
              sourceRef: {kind: GitRepository, name: flux-system}
            """;

    private static final String FILE = "flux-system/gotk-sync.yaml";

    private FluxSync() {}

    /** The objects of {@code flux-system/gotk-sync.yaml} where the repository has one, else the usual ones. */
    static List<GenericKubernetesResource> objects(SortedMap<String, byte[]> files) {
        byte[] own = files.get(FILE);
        if (own == null) {
            String text =
                    SOURCE.formatted("https://localhost") + "---\n" + SYNC.formatted(RepositoryFiles.entryPoint(files));
            return parsed(text);
        }
        return parsed(new String(own, StandardCharsets.UTF_8));
    }

    private static List<GenericKubernetesResource> parsed(String text) {
        return Arrays.stream(text.split("(?m)^---$"))
                .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
                .toList();
    }

    /** The directory that the first Kustomization applies. */
    static String entryPoint(List<GenericKubernetesResource> objects) {
        return objects.stream()
                .filter(DeclaredState::isSync)
                .map(sync ->
                        String.valueOf(PATH.in(sync.getAdditionalProperties()).orElse("")))
                .map(path -> path.replaceFirst("^\\./", ""))
                .findFirst()
                .orElse("");
    }

    /** The same objects for other addresses: of the first source, and of the sources that its Kustomization brings in. */
    static List<GenericKubernetesResource> at(
            List<GenericKubernetesResource> objects, String url, Map<String, String> sources) {
        List<GenericKubernetesResource> moved = new ArrayList<>();
        for (GenericKubernetesResource object : objects) {
            GenericKubernetesResource copy = Serialization.clone(object);
            Map<String, Object> spec = new LinkedHashMap<>(copy.<Map<String, Object>>get("spec"));
            if (DeclaredState.isSync(object)) {
                spec.put(
                        "patches",
                        sources.entrySet().stream().map(FluxSync::patch).toList());
            } else {
                spec.put("url", url);
            }
            copy.setAdditionalProperty("spec", spec);
            moved.add(copy);
        }
        return moved;
    }

    private static Map<String, Object> patch(Map.Entry<String, String> source) {
        return Map.of(
                "target",
                Map.of("group", "source.toolkit.fluxcd.io", "kind", "GitRepository", "name", source.getKey()),
                "patch",
                "- {op: replace, path: /spec/url, value: \"" + source.getValue() + "\"}\n");
    }
}
