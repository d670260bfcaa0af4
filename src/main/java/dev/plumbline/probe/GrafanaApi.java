package dev.plumbline.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.verdict.Observation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The part of Grafana's HTTP API that a viewer's browser uses. */
final class GrafanaApi implements DashboardVariables.Source {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Http http;

    GrafanaApi(Http http) {
        this.http = http;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    JsonNode get(String path) throws NotSeen {
        HttpAnswer answer = NotSeen.unlessSeen(http.get(path));
        if (answer.status() == 200) {
            return json(answer, path);
        }
        throw unusable(answer, path);
    }

    /** What a data source says of its own health; a sick one answers 400, with what it is. */
    JsonNode health(String uid) throws NotSeen {
        String path = "/api/datasources/uid/" + uid + "/health";
        HttpAnswer answer = NotSeen.unlessSeen(http.get(path));
        if (answer.status() == 200 || answer.status() == 400) {
            return json(answer, path);
        }
        throw unusable(answer, path);
    }

    /** Runs the queries of a panel. A query that fails is part of the answer, under its own letter. */
    JsonNode query(ObjectNode request) throws NotSeen {
        String path = "/api/ds/query";
        HttpAnswer answer = NotSeen.unlessSeen(http.post(path, request.toString()));
        JsonNode json = json(answer, path);
        if (json.has("results")) {
            return json;
        }
        if (answer.status() != 400 && answer.status() != 404) {
            throw unusable(answer, path);
        }
        return allFailed(request, json.path("message").asText(answer.toString()));
    }

    /** Grafana refuses the request as a whole when, for example, it does not know the data source. */
    private static JsonNode allFailed(ObjectNode request, String message) {
        ObjectNode answer = object();
        ObjectNode results = answer.putObject("results");
        request.path("queries")
                .forEach(query ->
                        results.putObject(query.path("refId").asText("A")).put("error", message));
        return answer;
    }

    private JsonNode json(HttpAnswer answer, String path) throws NotSeen {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw unusable(answer, path);
        }
    }

    private NotSeen unusable(HttpAnswer answer, String path) {
        String what = path + " answered " + answer;
        return new NotSeen(
                answer.status() == 503
                        ? new Observation.Absent<>("not ready: " + what, path, http.now())
                        : new Observation.Unreachable<>(what, path, http.now()));
    }

    /** The dashboard with the content of its library panels, where Grafana left only the reference. */
    JsonNode withLibraryPanels(JsonNode node) throws NotSeen {
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            for (JsonNode item : array) {
                copy.add(withLibraryPanels(item));
            }
            return copy;
        }
        if (!(node instanceof ObjectNode panel)) {
            return node;
        }
        ObjectNode copy = panel.deepCopy();
        String uid = panel.path("libraryPanel").path("uid").asText("");
        if (!uid.isEmpty() && !panel.has("targets")) {
            JsonNode model = get("/api/library-elements/" + uid).path("result").path("model");
            model.properties().forEach(field -> copy.set(field.getKey(), field.getValue()));
        }
        if (panel.has("panels")) {
            copy.set("panels", withLibraryPanels(panel.path("panels")));
        }
        return copy;
    }

    /** A data source by its identifier; an old dashboard names it or leaves it to the default. */
    JsonNode datasource(JsonNode reference) throws NotSeen {
        String uid = reference.path("uid").asText("");
        if (!uid.isEmpty() && !uid.equals("default")) {
            return reference;
        }
        JsonNode settings = get("/api/frontend/settings");
        String name = reference.isTextual()
                        && !reference.asText().isEmpty()
                        && !reference.asText().equals("default")
                ? reference.asText()
                : settings.path("defaultDatasource").asText();
        JsonNode found = settings.path("datasources").path(name);
        return object().put("uid", found.path("uid").asText(name))
                .put("type", found.path("type").asText());
    }

    @Override
    public List<String> labelValues(JsonNode datasource, String label, String selector) throws NotSeen {
        String match = selector.isEmpty() ? "" : "?match%5B%5D=" + encoded(selector);
        List<String> values = new ArrayList<>();
        resource(datasource, "label/" + label + "/values" + match).forEach(value -> values.add(value.asText()));
        return values;
    }

    @Override
    public List<String> samples(JsonNode datasource, String expression) throws NotSeen {
        List<String> samples = new ArrayList<>();
        resource(datasource, "query?query=" + encoded(expression))
                .path("result")
                .forEach(series -> samples.add(PrometheusText.sample(series)));
        return samples;
    }

    private JsonNode resource(JsonNode reference, String path) throws NotSeen {
        String uid = datasource(reference).path("uid").asText();
        return get("/api/datasources/uid/" + uid + "/resources/api/v1/" + path).path("data");
    }

    @Override
    public List<String> datasources(String type) throws NotSeen {
        List<String> uids = new ArrayList<>();
        get("/api/frontend/settings").path("datasources").forEach(datasource -> {
            if (datasource.path("type").asText().equals(type)) {
                uids.add(datasource.path("uid").asText());
            }
        });
        return uids;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
