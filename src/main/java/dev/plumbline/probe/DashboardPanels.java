package dev.plumbline.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The panels of a dashboard with its rows opened, its repeats made and the variables filled in. */
final class DashboardPanels {

    /** These show no data of a data source. */
    private static final Set<String> WITHOUT_QUERIES =
            Set.of("text", "news", "dashlist", "alertlist", "welcome", "gettingstarted", "annolist", "pluginlist");

    private static final String OTHER_PANEL = "-- Dashboard --";

    private DashboardPanels() {}

    /** A panel as it would be drawn. */
    record Panel(JsonNode json) {

        String title() {
            String title = json.path("title").asText("");
            return title.isEmpty() ? "panel " + json.path("id").asText() : title;
        }

        boolean mayBeEmpty() {
            return json.path("description").asText("").contains("emptyOk");
        }

        /** The queries, hidden ones among them: an expression may need them. */
        List<JsonNode> targets() {
            List<JsonNode> targets = new ArrayList<>();
            json.path("targets").forEach(targets::add);
            return targets;
        }

        /** Whether it shows data, and not that of another panel, which is judged there. */
        boolean queries() {
            return !WITHOUT_QUERIES.contains(json.path("type").asText())
                    && !OTHER_PANEL.equals(json.path("datasource").path("uid").asText());
        }
    }

    static List<Panel> of(JsonNode dashboard, TemplateVariables variables) {
        List<Panel> panels = new ArrayList<>();
        JsonNode items = dashboard.path("panels");
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            if (!isRow(item)) {
                panels.addAll(repeated(item, variables));
                continue;
            }
            List<JsonNode> inside = new ArrayList<>();
            item.path("panels").forEach(inside::add);
            // An open row does not hold its panels: they follow it.
            boolean open = inside.isEmpty();
            while (open && i + 1 < items.size() && !isRow(items.get(i + 1))) {
                inside.add(items.get(++i));
            }
            for (TemplateVariables own : scopes(item, variables)) {
                inside.forEach(panel -> panels.addAll(repeated(panel, own)));
            }
        }
        return panels;
    }

    private static boolean isRow(JsonNode panel) {
        return panel.path("type").asText().equals("row");
    }

    private static List<Panel> repeated(JsonNode panel, TemplateVariables variables) {
        return scopes(panel, variables).stream()
                .map(scope -> new Panel(filled(panel, scope)))
                .filter(Panel::queries)
                .toList();
    }

    /** A repeat over a variable without values draws nothing of it; the panel is kept, so that it shows as empty. */
    private static List<TemplateVariables> scopes(JsonNode panel, TemplateVariables variables) {
        String repeat = panel.path("repeat").asText("");
        List<TemplateVariables> scopes = repeat.isEmpty() ? List.of() : variables.repeated(repeat);
        return scopes.isEmpty() ? List.of(variables) : scopes;
    }

    private static JsonNode filled(JsonNode node, TemplateVariables variables) {
        if (node instanceof TextNode text) {
            return TextNode.valueOf(variables.fill(text.asText()));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), filled(field.getValue(), variables)));
            if (object.path("title").isTextual()) {
                copy.put("title", variables.fillPlainly(object.path("title").asText()));
            }
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> copy.add(filled(item, variables)));
            return copy;
        }
        return node;
    }
}
