package dev.plumbline.yaml;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One document of a YAML file: its value as maps, lists, strings, booleans, integers, doubles and null, and the lines
 * of its fields. Values are what Flux makes of them: {@code 0644} is 420, {@code on} and dates are strings.
 */
public final class YamlDocument {
    private static final int MAX_CHARACTERS = 64 * 1024 * 1024;
    private static final int MAX_DEPTH = 200;

    private final Node root;
    private final @Nullable Object value;

    private YamlDocument(Node root, @Nullable Object value) {
        this.root = root;
        this.value = value;
    }

    /**
     * Reads all documents of a file; one that holds nothing but comments is left out.
     *
     * @param file how messages name the file
     * @throws YamlException for what is not YAML, or repeats a key
     */
    public static List<YamlDocument> read(String file, byte[] content) throws YamlException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setNestingDepthLimit(MAX_DEPTH);
        List<YamlDocument> documents = new ArrayList<>();
        try {
            for (Node node : new Yaml(options).composeAll(new StringReader(text(file, content)))) {
                Object value = new Values(file).of(node);
                if (value != null) {
                    documents.add(new YamlDocument(node, value));
                }
            }
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String context = e.getContext() == null ? "" : " (" + e.getContext() + ")";
            throw new YamlException(
                    file,
                    mark == null ? 1 : mark.getLine() + 1,
                    mark == null ? 1 : mark.getColumn() + 1,
                    "not YAML: " + e.getProblem() + context);
        } catch (YAMLException e) {
            throw new YamlException(file, 1, 1, "not YAML: " + e.getMessage());
        }
        return documents;
    }

    public @Nullable Object value() {
        return value;
    }

    /** The line on which the document's content starts, from 1. */
    public int line() {
        return line(root);
    }

    /**
     * The line of a field, from 1; of the nearest thing around it where the document has no such field.
     *
     * @param path names of fields and indices of lists
     */
    public int line(List<?> path) {
        Node node = root;
        int line = line(root);
        for (Object step : path) {
            NodeTuple pair = node instanceof MappingNode map ? pair(map, step) : null;
            if (pair != null) {
                line = line(pair.getKeyNode());
                node = pair.getValueNode();
            } else if (node instanceof SequenceNode list
                    && step instanceof Integer index
                    && index < list.getValue().size()) {
                node = list.getValue().get(index);
                line = line(node);
            } else {
                return line;
            }
        }
        return line;
    }

    private static @Nullable NodeTuple pair(MappingNode map, Object name) {
        for (NodeTuple pair : map.getValue()) {
            if (pair.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
                return pair;
            }
        }
        return null;
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static String text(String file, byte[] content) throws YamlException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new YamlException(file, 1, 1, "not YAML: the file is not UTF-8 text");
        }
    }

    /** The value as a map, empty when it is none. */
    @SuppressWarnings("unchecked") // keys are always made strings
    public Map<String, Object> map() {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
