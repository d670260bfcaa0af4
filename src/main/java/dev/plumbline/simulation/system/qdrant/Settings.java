package dev.plumbline.simulation.system.qdrant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.ImageModel.Start;
import dev.plumbline.simulation.ImageModel.StartFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The settings of a server, from the files of its configuration directory and, over them, its environment.
 *
 * @param apiKey empty when no key is asked for
 * @param readKey allows reading only; empty for none
 */
record Settings(int httpPort, int grpcPort, String storage, String snapshots, String apiKey, String readKey) {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String PREFIX = "QDRANT__";

    static Settings read(Start start) throws StartFailure {
        ObjectNode all = YAML.createObjectNode();
        String mode = start.env().getOrDefault("RUN_MODE", "production");
        for (String name : List.of("config", mode, "local")) {
            merge(all, file(start.files(), "/qdrant/config/" + name + ".yaml"));
        }
        start.env().forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                put(
                        all,
                        name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).split("__", -1),
                        value);
            }
        });
        try {
            return new Settings(
                    Integer.parseInt(all.at("/service/http_port").asText("6333")),
                    Integer.parseInt(all.at("/service/grpc_port").asText("6334")),
                    absolute(all.at("/storage/storage_path").asText("./storage")),
                    absolute(all.at("/storage/snapshots_path").asText("./snapshots")),
                    all.at("/service/api_key").asText(""),
                    all.at("/service/read_only_api_key").asText(""));
        } catch (NumberFormatException e) {
            throw panic("a port of the service is no number: " + e.getMessage());
        }
    }

    private static JsonNode file(Files files, String path) throws StartFailure {
        String text = files.read(path)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw panic(e.getOriginalMessage() + " at line " + e.getLocation().getLineNr() + " in " + path);
        }
    }

    private static StartFailure panic(String why) {
        return new StartFailure(101, "thread 'main' panicked at src/settings.rs:\nCan't read config.: " + why + "\n");
    }

    private static void merge(ObjectNode all, JsonNode over) {
        over.fields().forEachRemaining(field -> {
            if (all.get(field.getKey()) instanceof ObjectNode below
                    && field.getValue().isObject()) {
                merge(below, field.getValue());
            } else {
                all.set(field.getKey(), field.getValue());
            }
        });
    }

    private static void put(ObjectNode all, String[] path, String value) {
        ObjectNode node = all;
        for (int i = 0; i < path.length - 1; i++) {
            node = node.get(path[i]) instanceof ObjectNode below ? below : node.putObject(path[i]);
        }
        node.put(path[path.length - 1], value);
    }

    /** The server works in {@code /qdrant}. */
    private static String absolute(String path) {
        String plain = path.replaceFirst("/+$", "");
        return plain.startsWith("/") ? plain : "/qdrant/" + plain.replaceFirst("^\\./", "");
    }

    /** Whether a request may be made with this key. */
    boolean allows(Map<String, String> headers, boolean reading) {
        if (apiKey.isEmpty() && readKey.isEmpty()) {
            return true;
        }
        String key = key(headers);
        return !key.isEmpty() && (key.equals(apiKey) || reading && key.equals(readKey));
    }

    static String key(Map<String, String> headers) {
        String bearer = headers.getOrDefault("authorization", "");
        return headers.getOrDefault("api-key", bearer.startsWith("Bearer ") ? bearer.substring(7) : "");
    }
}
