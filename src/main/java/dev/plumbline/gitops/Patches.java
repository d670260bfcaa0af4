package dev.plumbline.gitops;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.yaml.YamlDocument;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The patches of one kustomization, of both kinds, in the present and the older notation. */
final class Patches {
    private final Source source;
    private final String directory;
    private final Settings settings;
    private final ObjectMapper json = new ObjectMapper();

    Patches(Source source, String directory, Settings settings) {
        this.source = source;
        this.directory = directory;
        this.settings = settings;
    }

    void apply(List<Resource> resources) throws KustomizeException {
        for (String patch : settings.texts("patchesStrategicMerge")) {
            Optional<byte[]> file = source.resolve(directory, patch).flatMap(source::file);
            Text text = new Text(
                    file.isPresent() ? patch : settings.file(),
                    file.orElseGet(() -> patch.getBytes(StandardCharsets.UTF_8)));
            for (YamlDocument document : source.documents(text.file(), text.content())) {
                merge(text, document, Optional.empty(), resources);
            }
        }
        for (Settings patch : settings.parts("patches")) {
            patch.only(Set.of("path", "patch", "target", "options"));
            Optional<Settings> options = patch.part("options");
            if (options.isPresent()) {
                options.get().only(Set.of());
            }
            apply(patch, resources);
        }
    }

    void applyLegacyJson(List<Resource> resources) throws KustomizeException {
        for (Settings patch : settings.parts("patchesJson6902")) {
            patch.only(Set.of("path", "patch", "target"));
            apply(patch, resources);
        }
    }

    private void apply(Settings patch, List<Resource> resources) throws KustomizeException {
        Optional<Settings> target = patch.part("target");
        Optional<Selector> selector = target.isPresent() ? Optional.of(Selector.read(target.get())) : Optional.empty();
        Text text = text(patch);
        refuseFlowNotation(text);
        List<YamlDocument> documents = source.documents(text.file(), text.content());
        if (documents.isEmpty() || (selector.isPresent() && documents.size() > 1)) {
            throw patch.error("target", text.file() + ": expected one patch, found " + documents.size());
        }
        for (YamlDocument document : documents) {
            if (document.value() instanceof List<?> operations) {
                Selector wanted = selector.orElseThrow(
                        () -> patch.error("target", text.file() + ": a JSON patch needs a target"));
                for (Resource resource : resources.stream().filter(wanted).toList()) {
                    operate(text, operations, resource);
                }
            } else {
                merge(text, document, selector, resources);
            }
        }
    }

    private record Text(String file, byte[] content) {}

    private Text text(Settings patch) throws KustomizeException {
        if (patch.has("path") == patch.has("patch")) {
            throw patch.error("path", "a patch needs one of path and patch");
        }
        if (patch.has("patch")) {
            return new Text(settings.file() + " (patch)", patch.needed("patch").getBytes(StandardCharsets.UTF_8));
        }
        String path = patch.needed("path");
        Optional<String> full = source.resolve(directory, path);
        byte[] content = full.flatMap(source::file)
                .orElseThrow(() -> patch.error("path", "patches: no such file \"" + path + "\""));
        return new Text(full.get(), content);
    }

    /** kustomize takes what starts with a bracket for JSON, where YAML's flow notation leaves the quotes out. */
    private void refuseFlowNotation(Text text) throws KustomizeException {
        if (new String(text.content(), StandardCharsets.UTF_8).strip().startsWith("[")) {
            try {
                json.readTree(text.content());
            } catch (IOException e) {
                throw new KustomizeException(text.file() + ": a patch that starts with [ must be JSON", e);
            }
        }
    }

    private static void merge(Text text, YamlDocument document, Optional<Selector> selector, List<Resource> resources)
            throws KustomizeException {
        Map<String, Object> patch = document.map();
        String place = text.file() + ":" + document.line();
        Resource.Identity id = Resource.identity(patch);
        if (id.kind().isEmpty() || id.name().isEmpty()) {
            throw new KustomizeException(place + ": a patch needs apiVersion, kind and metadata.name");
        }
        List<Resource> patched = resources.stream()
                .filter(it -> selector.isPresent() ? selector.get().test(it) : it.wasEver(id::same))
                .toList();
        if (selector.isEmpty() && patched.size() != 1) {
            throw new KustomizeException(
                    place + ": " + (patched.isEmpty() ? "no object is " : patched.size() + " objects are ") + id);
        }
        if (selector.isPresent()) {
            keepNulls(patch);
        }
        for (Resource resource : patched) {
            Optional<Map<String, Object>> merged = StrategicMerge.merge(place, resource, patch);
            if (merged.isPresent()) {
                resource.become(merged.get());
            } else {
                resources.remove(resource);
            }
        }
    }

    /** A patch with a target sets labels and annotations to the text "null" where any other removes them. */
    private static void keepNulls(Map<String, Object> patch) {
        for (String field : List.of("labels", "annotations")) {
            Fields.find(patch, "metadata", field)
                    .ifPresent(pairs -> pairs.replaceAll((key, value) -> value == null ? "null" : value));
        }
    }

    private void operate(Text text, List<?> operations, Resource resource) throws KustomizeException {
        String place = text.file() + ": the JSON patch does not fit " + resource.identity() + ": ";
        JsonNode object = json.valueToTree(resource.object());
        try {
            for (JsonNode operation : json.<JsonNode>valueToTree(operations)) {
                String path = operation.path("path").asText();
                // the library takes it for done
                if (operation.path("op").asText().equals("remove")
                        && object.at(path).isMissingNode()) {
                    throw new KustomizeException(place + "there is no " + path + " to remove");
                }
                object = JsonPatch.apply(json.createArrayNode().add(operation), object);
            }
        } catch (JsonPatchException | IllegalArgumentException e) {
            throw new KustomizeException(place + e.getMessage(), e);
        }
        resource.remember();
        resource.become(json.convertValue(object, new TypeReference<LinkedHashMap<String, Object>>() {}));
    }
}
