package dev.plumbline.simulation.system.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.plumbline.simulation.system.prometheus.ConfigReader.BadConfig;
import dev.plumbline.simulation.system.prometheus.promql.Durations;
import dev.plumbline.simulation.system.prometheus.promql.QueryError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A mapping in a configuration file, with typed access; the source is the whole file. */
record ConfigSection(JsonNode node, String source) {

    void allow(String type, Set<String> fields) throws BadConfig {
        if (!node.isObject()) {
            throw new BadConfig("yaml: unmarshal errors:\n  cannot unmarshal !!" + (node.isArray() ? "seq" : "str")
                    + " into " + type);
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!fields.contains(name)) {
                throw new BadConfig("yaml: unmarshal errors:\n  line " + line(name) + ": field " + name
                        + " not found in type " + type);
            }
        }
    }

    private int line(String field) {
        List<String> lines = source.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().replaceFirst("^(- +)+", "").startsWith(field + ":")) {
                return i + 1;
            }
        }
        return 1;
    }

    private JsonNode field(String name) {
        JsonNode value = node.path(name);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    boolean has(String name) {
        return !field(name).isMissingNode();
    }

    String text(String name, String otherwise) {
        return field(name).asText(otherwise);
    }

    boolean flag(String name) {
        return field(name).asBoolean(false);
    }

    Duration duration(String name, Duration otherwise) throws BadConfig {
        if (!has(name)) {
            return otherwise;
        }
        try {
            return Duration.ofMillis(Durations.millis(field(name).asText()));
        } catch (QueryError e) {
            throw new BadConfig(e.getMessage());
        }
    }

    ConfigSection section(String name) {
        JsonNode value = field(name);
        return new ConfigSection(value.isMissingNode() ? JsonNodeFactory.instance.objectNode() : value, source);
    }

    List<ConfigSection> sections(String name) throws BadConfig {
        JsonNode value = field(name);
        if (!value.isMissingNode() && !value.isArray()) {
            throw new BadConfig(
                    "yaml: unmarshal errors:\n  line " + line(name) + ": cannot unmarshal !!map into a list");
        }
        List<ConfigSection> sections = new ArrayList<>();
        value.forEach(item -> sections.add(new ConfigSection(item, source)));
        return sections;
    }

    List<String> list(String name) {
        List<String> items = new ArrayList<>();
        field(name).forEach(item -> items.add(item.asText()));
        return items;
    }

    Map<String, String> strings(String name) {
        Map<String, String> values = new LinkedHashMap<>();
        field(name)
                .fields()
                .forEachRemaining(
                        entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return values;
    }
}
