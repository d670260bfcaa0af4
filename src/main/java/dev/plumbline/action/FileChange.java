package dev.plumbline.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.plumbline.action.Fault.NotLanded;
import dev.plumbline.cluster.FieldPath;
import dev.plumbline.gitops.TextDiff;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a fault does to a file of the delivered manifests.
 *
 * @param file its path below the document's manifests, with slashes
 * @param set fields of the one YAML or JSON document that the file holds
 * @param replace texts that stand in the file, each at least once, and what stands there instead
 * @param create the whole content of a file that is not there yet
 */
public record FileChange(
        String file,
        Map<FieldPath, Object> set,
        List<FieldPath> remove,
        Map<String, String> replace,
        boolean delete,
        Optional<String> create) {

    private static final Pattern SEVERAL = Pattern.compile("(?ms).*\\S.*^---\\s*$.*\\S.*");
    private static final YAMLMapper YAML = new YAMLMapper(new com.fasterxml.jackson.dataformat.yaml.YAMLFactory()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public FileChange {
        set = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(set));
        remove = List.copyOf(remove);
        replace = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(replace));
    }

    /**
     * The content with this change, empty when the file is to go.
     *
     * @throws NotLanded naming the file and what it does not hold
     */
    public Optional<byte[]> apply(Optional<byte[]> before) {
        if (create.isPresent()) {
            if (before.isPresent()) {
                throw new NotLanded(file + " is there already, so it cannot be created");
            }
            return create.map(text -> text.getBytes(StandardCharsets.UTF_8));
        }
        byte[] content = before.orElseThrow(() -> new NotLanded("there is no file " + file + " in the manifests"));
        if (delete) {
            return Optional.empty();
        }
        String text = replaced(new String(content, StandardCharsets.UTF_8));
        if (!set.isEmpty() || !remove.isEmpty()) {
            text = changed(text);
        }
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What differs between two states of a file, as a diff.
     *
     * @throws NotLanded when nothing does
     */
    public static String difference(String name, Optional<byte[]> before, Optional<byte[]> after) {
        String written = TextDiff.unified(name, text(before), text(after));
        Optional<String> old = meaning(name, text(before));
        Optional<String> now = meaning(name, text(after));
        boolean trees = old.isPresent() && now.isPresent();
        String meant = trees ? TextDiff.unified(name, old.get(), now.get()) : written;
        if (meant.isEmpty()) {
            throw new NotLanded(name + " is the same with the fault as without");
        }
        return meant.length() < written.length() ? meant : written;
    }

    /** A document as it is when it has been read and written again; empty for what is none, or several. */
    private static Optional<String> meaning(String name, String text) {
        try {
            Object tree = SEVERAL.matcher(text).matches() ? null : mapper(name).readValue(text, Object.class);
            return tree instanceof Map || tree instanceof List
                    ? Optional.of(mapper(name).writeValueAsString(tree))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static ObjectMapper mapper(String name) {
        return name.endsWith(".json") ? JSON : YAML;
    }

    private static String text(Optional<byte[]> content) {
        return content.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
    }

    private String replaced(String before) {
        String text = before;
        for (Map.Entry<String, String> entry : replace.entrySet()) {
            if (!text.contains(entry.getKey())) {
                throw new NotLanded(file + " does not hold the text \"" + entry.getKey() + "\"");
            }
            text = text.replace(entry.getKey(), entry.getValue());
        }
        return text;
    }

    private String changed(String text) {
        ObjectMapper mapper = mapper(file);
        if (mapper == YAML && SEVERAL.matcher(text).matches()) {
            throw new NotLanded(file + " holds several documents: change it with replace, not with set or remove");
        }
        try {
            Object tree = mapper.readValue(text, Object.class);
            set.forEach((path, value) -> Tree.set(tree, path, value, file));
            remove.forEach(path -> Tree.remove(tree, path, file));
            return mapper.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new NotLanded(file + " is neither YAML nor JSON: " + e.getOriginalMessage());
        }
    }
}
