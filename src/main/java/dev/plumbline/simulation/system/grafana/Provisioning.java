package dev.plumbline.simulation.system.grafana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.ImageModel.Start;
import dev.plumbline.simulation.ImageModel.StartFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What files make of a Grafana: data sources once at the start, dashboards again and again. */
final class Provisioning {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:__env)?\\{(\\w+)\\}|\\$([A-Z_][A-Z0-9_]*)");

    private final Start start;
    private final Files files;
    private final String root;
    private final Log log;
    private final List<Datasource> datasources = new ArrayList<>();
    private final List<Provider> providers = new ArrayList<>();
    private final Map<String, Loaded> loaded = new LinkedHashMap<>();
    private Instant next = Instant.MIN;

    /** @throws StartFailure for a file with which the real server does not start */
    Provisioning(Start start, Log log) throws StartFailure {
        this.start = start;
        this.files = start.files();
        this.root = start.env().getOrDefault("GF_PATHS_PROVISIONING", "/etc/grafana/provisioning");
        this.log = log;
        readDatasources();
        for (JsonNode file : yaml("dashboards")) {
            (file.isArray() ? file : file.path("providers")).forEach(entry -> providers.add(Provider.of(entry)));
        }
    }

    /** Where dashboards lie. */
    private record Provider(String name, String folder, String path, Duration interval, boolean keeps) {
        static Provider of(JsonNode entry) {
            String path =
                    entry.at("/options/path").asText(entry.at("/options/folder").asText(""));
            return new Provider(
                    entry.path("name").asText("default"),
                    entry.path("folder").asText(""),
                    path.replaceFirst("/+$", ""),
                    Duration.ofSeconds(entry.path("updateIntervalSeconds").asLong(10)),
                    entry.path("disableDeletion").asBoolean(false));
        }
    }

    /** A file as it was read last; without a dashboard where it was refused. */
    private record Loaded(byte[] content, Optional<Dashboard> dashboard) {}

    private void readDatasources() throws StartFailure {
        for (JsonNode file : yaml("datasources")) {
            file.path("datasources").forEach(entry -> datasources.add(Datasource.of(datasources.size() + 1, entry)));
        }
        if (datasources.stream().filter(Datasource::byDefault).count() > 1) {
            throw failed("Datasource provisioning error: datasource.yaml config is invalid."
                    + " Only one datasource per organization can be marked as default");
        }
        datasources.forEach(each -> log.line(
                "provisioning.datasources",
                "info",
                "msg=\"inserting datasource from configuration\" name=" + each.name() + " uid=" + each.uid()));
    }

    private List<JsonNode> yaml(String kind) throws StartFailure {
        List<JsonNode> found = new ArrayList<>();
        for (String path : files.list(root + "/" + kind)) {
            if (path.endsWith(".yaml") || path.endsWith(".yml")) {
                try {
                    found.add(YAML.readTree(expanded(text(path))));
                } catch (JsonProcessingException e) {
                    throw failed(
                            (kind.equals("datasources") ? "Datasource" : "Dashboard") + " provisioning error: yaml:"
                                    + " line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
                }
            }
        }
        return found;
    }

    private StartFailure failed(String why) {
        log.line("provisioning", "error", "msg=\"Failed to provision\" error=\"" + why + "\"");
        return new StartFailure(1, log.text() + "Error: ✗ " + why + "\n");
    }

    private String text(String path) {
        return files.read(path)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
    }

    private String expanded(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        start.env().getOrDefault(match.group(1) == null ? match.group(2) : match.group(1), "")));
    }

    List<Datasource> datasources() {
        return List.copyOf(datasources);
    }

    Optional<Datasource> datasource(String uid) {
        return datasources.stream().filter(each -> each.uid().equals(uid)).findFirst();
    }

    Optional<Datasource> defaultDatasource() {
        return datasources.stream()
                .filter(Datasource::byDefault)
                .findFirst()
                .or(() -> datasources.stream().findFirst());
    }

    /** The dashboards as of the last time that their directories were due. */
    synchronized List<Dashboard> dashboards() {
        Instant now = start.world().clock().instant();
        if (!now.isBefore(next)) {
            scan(now);
            next = now.plus(providers.stream()
                    .map(Provider::interval)
                    .min(Duration::compareTo)
                    .orElse(Duration.ofSeconds(10)));
        }
        return loaded.values().stream()
                .flatMap(file -> file.dashboard().stream())
                .toList();
    }

    private void scan(Instant now) {
        List<String> seen = new ArrayList<>();
        for (Provider provider : providers) {
            for (String path : files.list(provider.path())) {
                // A ConfigMap's own links, which start with two dots, would show each file twice.
                if (path.endsWith(".json") && !path.contains("/..")) {
                    seen.add(path);
                    load(provider, path, now);
                }
            }
        }
        loaded.keySet()
                .removeIf(path -> !seen.contains(path)
                        && providers.stream().noneMatch(each -> each.keeps() && path.startsWith(each.path() + "/")));
    }

    private void load(Provider provider, String path, Instant now) {
        byte[] content = files.read(path).orElse(new byte[0]);
        Loaded before = loaded.get(path);
        if (before == null || !Arrays.equals(before.content(), content)) {
            loaded.put(path, new Loaded(content, dashboard(provider, path, content, now)));
        }
    }

    private Optional<Dashboard> dashboard(Provider provider, String path, byte[] content, Instant now) {
        Optional<JsonNode> json = Json.parse(content).filter(JsonNode::isObject);
        String error = json.isEmpty()
                ? "invalid character in the file: it is no JSON object"
                : json.get().path("title").asText("").isBlank() ? "Dashboard title cannot be empty" : "";
        if (!error.isEmpty()) {
            log.line(
                    "provisioning.dashboard type=file name=" + provider.name(),
                    "error",
                    "msg=\"failed to load dashboard from \" file=" + path + " error=\"" + error + "\"");
            return Optional.empty();
        }
        ObjectNode model = (ObjectNode) json.get();
        String title = model.path("title").asText();
        String uid = model.path("uid").asText("");
        String kept = uid.isEmpty() ? "d" + Integer.toHexString(path.hashCode()) : uid;
        int id = loaded.size() + 1;
        model.put("id", id).put("uid", kept);
        model.put("version", Math.max(1, model.path("version").asInt(1)));
        String file = path.substring(provider.path().length() + 1);
        return Optional.of(new Dashboard(id, kept, title, file, provider.folder(), model, now));
    }

    /** The titles of the folders that providers name. */
    List<String> folders() {
        return providers.stream()
                .map(Provider::folder)
                .filter(folder -> !folder.isEmpty())
                .distinct()
                .toList();
    }
}
