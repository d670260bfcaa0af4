package dev.plumbline.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Turns nodes into values; a merge key is folded in, a repeated key is refused. */
final class Values {
    private final String file;
    private final Resolver resolver = new Resolver();
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

    Values(String file) {
        this.file = file;
    }

    @Nullable
    Object of(Node node) throws YamlException {
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar);
        }
        if (!open.add(node)) {
            throw at(node, "an alias refers to what it is part of");
        }
        Object value = node instanceof MappingNode map ? map(map) : list((SequenceNode) node);
        open.remove(node);
        return value;
    }

    private List<Object> list(SequenceNode node) throws YamlException {
        List<Object> list = new ArrayList<>();
        for (Node item : node.getValue()) {
            list.add(of(item));
        }
        return list;
    }

    private Map<String, Object> map(MappingNode node) throws YamlException {
        Map<String, Object> map = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (NodeTuple pair : node.getValue()) {
            if (!isMerge(pair)) {
                String key = key(pair.getKeyNode());
                int line = pair.getKeyNode().getStartMark().getLine() + 1;
                Integer earlier = lines.put(key, line);
                if (earlier != null) {
                    throw at(pair.getKeyNode(), "key \"" + key + "\" is there twice, first on line " + earlier);
                }
                map.put(key, of(pair.getValueNode()));
            }
        }
        for (NodeTuple pair : node.getValue()) {
            if (isMerge(pair)) {
                merge(map, pair.getValueNode());
            }
        }
        return map;
    }

    private static boolean isMerge(NodeTuple pair) {
        return pair.getKeyNode().getTag().equals(Tag.MERGE);
    }

    private void merge(Map<String, Object> map, Node source) throws YamlException {
        Object value = of(source);
        for (Object each : value instanceof List<?> several ? several : Collections.singletonList(value)) {
            if (!(each instanceof Map<?, ?> other)) {
                throw at(source, "<< wants a map to merge");
            }
            other.forEach((key, merged) -> map.putIfAbsent((String) key, merged));
        }
    }

    private String key(Node node) throws YamlException {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw at(node, "a key must be a simple value");
    }

    private @Nullable Object scalar(ScalarNode node) throws YamlException {
        Tag tag = node.getTag();
        if (!tag.startsWith(Tag.PREFIX) || tag.equals(Tag.BINARY)) {
            throw at(node, "tag " + tag.getValue() + " is not supported");
        }
        String text = node.getValue();
        // "!!str 5" is text although it is not quoted
        boolean quoted =
                !node.isPlain() || !resolver.resolve(NodeId.scalar, text, true).equals(Tag.STR);
        return tag.equals(Tag.STR) && quoted ? text : Plain.resolve(text);
    }

    private YamlException at(Node node, String problem) {
        return new YamlException(
                file, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1, problem);
    }
}
