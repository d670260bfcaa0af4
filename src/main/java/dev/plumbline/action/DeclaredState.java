package dev.plumbline.action;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.cluster.FieldPath;
import dev.plumbline.gitops.GitRepository;
import dev.plumbline.gitops.Kustomize;
import dev.plumbline.gitops.KustomizeException;
import dev.plumbline.verdict.NotMet;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** What the head of a repository declares: the objects that each Flux Kustomization in it would apply. */
public final class DeclaredState {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FieldPath PATH = FieldPath.parse(".spec.path");
    private static final FieldPath TARGET_NAMESPACE = FieldPath.parse(".spec.targetNamespace");

    private static final FieldPath SOURCE = FieldPath.parse(".spec.sourceRef.name");

    private final GitRepository repository;
    private final Map<String, GitRepository> others;
    private final String entryPoint;

    /** @param others the repositories of sources that are not the main one, by the source's name */
    DeclaredState(GitRepository repository, Map<String, GitRepository> others, String entryPoint) {
        this.repository = repository;
        this.others = others;
        this.entryPoint = entryPoint;
    }

    /** The head of the main repository. */
    public String commit() {
        return repository.head().orElseThrow();
    }

    /** The repository of each source that the entry point brings in. */
    Map<String, GitRepository> sources() {
        Map<String, GitRepository> sources = new LinkedHashMap<>();
        render(repository, entryPoint).stream()
                .filter(object -> object.getKind().equals("GitRepository"))
                .map(object -> object.getMetadata().getName())
                .forEach(name -> sources.put(name, others.getOrDefault(name, repository)));
        return sources;
    }

    /** The objects by the Flux Kustomization that owns them, in an order that respects dependsOn. */
    public Map<String, List<GenericKubernetesResource>> parts() {
        List<GenericKubernetesResource> entry = render(repository, entryPoint);
        Map<String, List<GenericKubernetesResource>> parts = new LinkedHashMap<>();
        parts.put(
                FluxSync.NAME, entry.stream().filter(object -> !ofFlux(object)).toList());
        for (GenericKubernetesResource sync : inOrder(entry)) {
            String path = PATH.in(sync.getAdditionalProperties())
                    .map(Object::toString)
                    .orElse("./");
            GitRepository source =
                    SOURCE.in(sync.getAdditionalProperties()).map(others::get).orElse(repository);
            List<GenericKubernetesResource> objects = render(source, path.replaceFirst("^\\./", ""));
            TARGET_NAMESPACE
                    .in(sync.getAdditionalProperties())
                    .ifPresent(namespace ->
                            objects.forEach(object -> object.getMetadata().setNamespace(namespace.toString())));
            parts.put(sync.getMetadata().getName(), objects);
        }
        return parts;
    }

    /** The Flux Kustomization that owns an object, and the object as declared. */
    public Optional<Owned> find(String kind, String namespace, String name) {
        for (var part : parts().entrySet()) {
            for (GenericKubernetesResource object : part.getValue()) {
                if (object.getKind().equals(kind)
                        && object.getMetadata().getName().equals(name)
                        && namespace.equals(object.getMetadata().getNamespace())) {
                    return Optional.of(new Owned(part.getKey(), object));
                }
            }
        }
        return Optional.empty();
    }

    /** The Grafana dashboards among what is declared: the JSON files in ConfigMaps that have panels. */
    public List<String> dashboards() {
        return parts().values().stream()
                .flatMap(List::stream)
                .filter(object -> object.getKind().equals("ConfigMap"))
                .flatMap(object -> ((Map<?, ?>) FieldPath.parse(".data")
                                .in(object.getAdditionalProperties())
                                .orElse(Map.of()))
                        .entrySet().stream())
                .filter(entry -> entry.getKey().toString().endsWith(".json"))
                .map(entry -> entry.getValue().toString())
                .filter(json -> json.contains("\"panels\""))
                .toList();
    }

    /** @param kustomization the name of the Flux Kustomization */
    public record Owned(String kustomization, GenericKubernetesResource object) {}

    private static List<GenericKubernetesResource> render(GitRepository repository, String directory) {
        SortedMap<String, byte[]> files = repository.files(repository.head().orElseThrow());
        try {
            return Kustomize.render(files, directory).stream()
                    .map(tree -> JSON.convertValue(tree, GenericKubernetesResource.class))
                    .toList();
        } catch (KustomizeException e) {
            throw new NotMet("the manifests do not build: " + e.getMessage());
        }
    }

    static boolean isSync(GenericKubernetesResource object) {
        return object.getKind().equals("Kustomization")
                && object.getApiVersion().startsWith("kustomize.toolkit.fluxcd.io/");
    }

    static boolean ofFlux(GenericKubernetesResource object) {
        return object.getApiVersion().contains(".toolkit.fluxcd.io/");
    }

    /** Those without open dependencies first. */
    private static List<GenericKubernetesResource> inOrder(List<GenericKubernetesResource> entry) {
        List<GenericKubernetesResource> waiting =
                new ArrayList<>(entry.stream().filter(DeclaredState::isSync).toList());
        List<GenericKubernetesResource> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            List<String> open =
                    waiting.stream().map(sync -> sync.getMetadata().getName()).toList();
            List<GenericKubernetesResource> free = waiting.stream()
                    .filter(sync -> dependencies(sync).stream().noneMatch(open::contains))
                    .toList();
            if (free.isEmpty()) {
                throw new NotMet("the Kustomizations " + open + " depend on each other in a circle");
            }
            ordered.addAll(free);
            waiting.removeAll(free);
        }
        return ordered;
    }

    private static List<String> dependencies(GenericKubernetesResource sync) {
        Object list = FieldPath.parse(".spec.dependsOn")
                .in(sync.getAdditionalProperties())
                .orElse(List.of());
        return ((List<?>) list)
                .stream()
                        .map(item -> String.valueOf(((Map<?, ?>) item).get("name")))
                        .toList();
    }
}
