package dev.plumbline.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The dashboards as Grafana serves them, each with what Grafana says of where it comes from. */
public final class GrafanaServed implements Probe<GrafanaServed.Dashboards> {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Grafana counts these itself. */
    private static final List<String> OWN_FIELDS = List.of("id", "version", "iteration");

    private final Http http;
    private final GrafanaApi grafana;

    public GrafanaServed(Target target, String namespace, String service, int port) {
        this.http = new Http(target, namespace, service, port);
        this.grafana = new GrafanaApi(http);
    }

    /**
     * One dashboard.
     *
     * @param provisioned from a file, so that Grafana refuses to delete it
     * @param file from which it was loaded, empty for none
     * @param panels rows not counted
     * @param took until it was served
     */
    public record Served(
            String title, String folder, boolean provisioned, String file, int panels, Duration took, JsonNode model) {}

    /** All of them. */
    public record Dashboards(List<Served> all) {

        public Dashboards {
            all = List.copyOf(all);
        }

        public List<String> titles() {
            return all.stream().map(Served::title).toList();
        }

        public Duration slowest() {
            return all.stream().map(Served::took).max(Duration::compareTo).orElse(Duration.ZERO);
        }

        /** What differs from what Git declares, a line each. */
        public List<String> differences(List<String> declared, String folder) {
            List<String> wrong = new ArrayList<>();
            for (String json : declared) {
                String title = model(json).path("title").asText();
                Optional<Served> found =
                        all.stream().filter(each -> each.title().equals(title)).findFirst();
                if (found.isEmpty()) {
                    wrong.add("dashboard \"" + title + "\" is not served");
                } else if (!found.get().provisioned() || !found.get().folder().equals(folder)) {
                    wrong.add("dashboard \"" + title + "\" is " + (found.get().provisioned() ? "" : "not ")
                            + "provisioned and in folder \"" + found.get().folder() + "\"");
                } else if (!plain(found.get().model()).equals(plain(model(json)))) {
                    wrong.add("dashboard \"" + title + "\" is not as Git declares it: " + differing(found.get(), json));
                }
            }
            return wrong;
        }

        private static String differing(Served served, String json) {
            JsonNode live = plain(served.model());
            JsonNode declared = plain(model(json));
            return live.properties().stream()
                    .map(java.util.Map.Entry::getKey)
                    .filter(field -> !live.path(field).equals(declared.path(field)))
                    .collect(Collectors.joining(", ", "", " "))
                    .strip();
        }

        private static JsonNode plain(JsonNode model) {
            ObjectNode copy = model.deepCopy();
            return copy.remove(OWN_FIELDS);
        }

        private static ObjectNode model(String json) {
            try {
                return (ObjectNode) JSON.readTree(json);
            } catch (JsonProcessingException | ClassCastException e) {
                return JSON.createObjectNode().put("title", "one that is no JSON object");
            }
        }

        @Override
        public String toString() {
            return all.stream()
                    .map(each -> each.title() + " (" + each.panels() + " panels)")
                    .collect(Collectors.joining(", ", all.size() + " dashboards: ", ""));
        }
    }

    @Override
    public String subject() {
        return "dashboards on Grafana";
    }

    @Override
    public List<About> about() {
        return http.about();
    }

    @Override
    public Observation<Dashboards> look() {
        try {
            List<Served> all = new ArrayList<>();
            for (JsonNode found : grafana.get("/api/search?type=dash-db&limit=5000")) {
                Instant asked = http.now();
                JsonNode answer =
                        grafana.get("/api/dashboards/uid/" + found.path("uid").asText());
                JsonNode meta = answer.path("meta");
                JsonNode model = answer.path("dashboard");
                all.add(new Served(
                        model.path("title").asText(),
                        meta.path("folderTitle").asText(),
                        meta.path("provisioned").asBoolean(),
                        meta.path("provisionedExternalId").asText(""),
                        panels(model),
                        Duration.between(asked, http.now()),
                        model));
            }
            return new Observation.Seen<>(new Dashboards(all), subject(), http.now());
        } catch (NotSeen e) {
            return e.as(subject());
        }
    }

    private static int panels(JsonNode holder) {
        int count = 0;
        for (JsonNode panel : holder.path("panels")) {
            count += panel.path("type").asText().equals("row") ? panels(panel) : 1;
        }
        return count;
    }
}
