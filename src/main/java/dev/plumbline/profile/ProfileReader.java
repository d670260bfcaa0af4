package dev.plumbline.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.plumbline.profile.Profile.BadProfile;
import dev.plumbline.profile.Profile.WaiverEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a profile and refuses every key and value that it does not know. */
public final class ProfileReader {

    private static final List<String> KEYS = List.of("clusterUid", "values", "waivers", "writable");
    private static final List<String> WAIVER_KEYS = List.of("criterion", "reason", "owner", "expires");

    private final YAMLMapper yaml = new YAMLMapper();

    /** @throws BadProfile naming the file, the line, the key and what was expected */
    public Profile read(Path file) {
        String content = content(file);
        JsonNode root = parse(file, content);
        if (root.isMissingNode() || root.isNull()) {
            return new Profile(file.toString(), Optional.empty(), Set.of(), Map.of(), List.of());
        }
        Lines lines = new Lines(file, content);
        refuseUnknown(lines, "the profile", List.of(), root, KEYS);
        return new Profile(
                file.toString(),
                root.has("clusterUid")
                        ? Optional.of(text(lines, List.of("clusterUid"), root.get("clusterUid")))
                        : Optional.empty(),
                writable(lines, root.path("writable")),
                values(lines, root.path("values")),
                waivers(lines, root.path("waivers")));
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new BadProfile(file + ": the profile cannot be read; give an existing file to --profile");
        }
    }

    private JsonNode parse(Path file, String content) {
        try {
            return yaml.readTree(content);
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            throw new BadProfile(
                    file + ":" + (where == null ? 1 : where.getLineNr()) + ": not YAML: " + e.getOriginalMessage());
        }
    }

    private static void refuseUnknown(Lines lines, String what, List<?> path, JsonNode node, List<String> known) {
        if (!node.isObject()) {
            throw lines.refusal(path, what + " should be a map with " + String.join(", ", known));
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                List<Object> key = Lines.below(path, name);
                throw lines.refusal(
                        key, "unknown key " + Lines.words(key) + ", expected one of " + String.join(", ", known));
            }
        });
    }

    private static String text(Lines lines, List<?> path, JsonNode node) {
        if (!node.isValueNode() || node.isNull() || node.asText().isBlank()) {
            throw lines.refusal(path, Lines.words(path) + " should be a text");
        }
        return node.asText();
    }

    private static Set<String> writable(Lines lines, JsonNode node) {
        Set<String> namespaces = new HashSet<>();
        if (!node.isMissingNode() && !node.isArray()) {
            throw lines.refusal(List.of("writable"), "writable should be a list of namespaces");
        }
        for (int i = 0; i < node.size(); i++) {
            namespaces.add(text(lines, List.of("writable", i), node.get(i)));
        }
        return namespaces;
    }

    private static Map<String, String> values(Lines lines, JsonNode node) {
        Map<String, String> values = new LinkedHashMap<>();
        if (node.isMissingNode()) {
            return values;
        }
        if (!node.isObject()) {
            throw lines.refusal(List.of("values"), "values should be a map of texts");
        }
        node.properties()
                .forEach(entry ->
                        values.put(entry.getKey(), text(lines, List.of("values", entry.getKey()), entry.getValue())));
        return values;
    }

    private static List<WaiverEntry> waivers(Lines lines, JsonNode node) {
        List<WaiverEntry> waivers = new ArrayList<>();
        if (!node.isMissingNode() && !node.isArray()) {
            throw lines.refusal(List.of("waivers"), "waivers should be a list");
        }
        for (JsonNode item : node) {
            WaiverEntry waiver = waiver(lines, List.of("waivers", waivers.size()), item);
            waivers.stream()
                    .filter(other -> other.criterion().equals(waiver.criterion()))
                    .forEach(other -> {
                        throw lines.refusal(
                                List.of("waivers", waivers.size()),
                                waiver.criterion() + " is waived twice, first on line " + other.line());
                    });
            waivers.add(waiver);
        }
        return waivers;
    }

    private static WaiverEntry waiver(Lines lines, List<Object> path, JsonNode item) {
        refuseUnknown(lines, Lines.words(path), path, item, WAIVER_KEYS);
        for (String key : WAIVER_KEYS) {
            if (!item.has(key)) {
                throw lines.refusal(
                        path,
                        Lines.words(path) + " has no " + key + "; a waiver needs " + String.join(", ", WAIVER_KEYS));
            }
            text(lines, Lines.below(path, key), item.path(key));
        }
        return new WaiverEntry(
                item.get("criterion").asText(),
                item.get("reason").asText(),
                item.get("owner").asText(),
                date(lines, Lines.below(path, "expires"), item.get("expires").asText()),
                lines.of(path));
    }

    private static LocalDate date(Lines lines, List<?> path, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw lines.refusal(path, Lines.words(path) + " is \"" + text + "\", expected a day such as 2027-01-31");
        }
    }
}
