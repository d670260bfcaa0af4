package dev.plumbline.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.cluster.FieldPath;
import dev.plumbline.gitops.GitRepository;
import dev.plumbline.verdict.NotMeasured;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Changes fields of manifests in a repository and commits them together. */
public final class CommitFields {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GitRepository repository;
    private final Map<String, byte[]> changed = new LinkedHashMap<>();

    public CommitFields(GitRepository repository) {
        this.repository = repository;
    }

    /**
     * Sets one field of the object in a file; the value takes the type of the one it replaces.
     *
     * @return the object that the file declares
     * @throws NotMeasured when the file is not there or has no such place
     */
    public GenericKubernetesResource set(String file, FieldPath path, String value) {
        byte[] before = changed.containsKey(file)
                ? changed.get(file)
                : repository.files(repository.head().orElseThrow()).get(file);
        if (before == null) {
            throw new NotMeasured("the repository has no file " + file);
        }
        Map<String, Object> tree = Serialization.unmarshal(new String(before, StandardCharsets.UTF_8), Map.class);
        put(tree, file, path, value);
        changed.put(file, Serialization.asYaml(tree).getBytes(StandardCharsets.UTF_8));
        try {
            return Serialization.unmarshal(JSON.writeValueAsString(tree), GenericKubernetesResource.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a YAML tree does not print as JSON", e);
        }
    }

    /** Commits what was set; returns the commit. */
    public String push(String message, Instant when) {
        return repository.commit(changed, Set.of(), message, when);
    }

    @SuppressWarnings("unchecked") // a parent that is no map or list is refused by the class check
    private static void put(Map<String, Object> tree, String file, FieldPath path, String value) {
        int last = path.steps().size() - 1;
        Object parent = last == 0
                ? tree
                : new FieldPath(path.text(), path.steps().subList(0, last))
                        .in(tree)
                        .orElse(null);
        Object step = path.steps().get(last);
        Object old = path.in(tree).orElse(null);
        if (parent instanceof Map && step instanceof String name) {
            ((Map<String, Object>) parent).put(name, ChangeObject.typed(value, old, path));
        } else if (parent instanceof java.util.List<?> list && step instanceof Integer index && index < list.size()) {
            ((java.util.List<Object>) list).set(index, ChangeObject.typed(value, old, path));
        } else {
            throw new NotMeasured(file + " has no place " + path + " to set");
        }
    }
}
