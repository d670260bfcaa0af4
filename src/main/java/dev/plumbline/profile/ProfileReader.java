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

    private static final Set<String> KEYS = Set.of("clusterUid", "writable", "values", "waivers");
    private static final Set<String> WAIVER_KEYS = Set.of("criterion", "reason", "owner", "expires");

    private final YAMLMapper yaml = new YAMLMapper();

    /** @throws BadProfile naming the file, the key and what was expected */
    public Profile read(Path file) {
        JsonNode root = parse(file);
        if (root.isMissingNode() || root.isNull()) {
            return new Profile(file.toString(), Optional.empty(), Set.of(), Map.of(), List.of());
        }
        refuseUnknown(file, "", root, KEYS);
        return new Profile(
                file.toString(),
                root.has("clusterUid")
                        ? Optional.of(text(file, "clusterUid", root.get("clusterUid")))
                        : Optional.empty(),
                writable(file, root.path("writable")),
                values(file, root.path("values")),
                waivers(file, root.path("waivers")));
    }

    private JsonNode parse(Path file) {
        try {
            return yaml.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            throw new BadProfile(
                    file + ":" + (where == null ? 1 : where.getLineNr()) + ": not YAML: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new BadProfile(file + ": the profile cannot be read; give an existing file to --profile");
        }
    }

    private static void refuseUnknown(Path file, String where, JsonNode node, Set<String> known) {
        if (!node.isObject()) {
            throw new BadProfile(file + ": " + (where.isEmpty() ? "the profile" : where) + " should be a map with "
                    + String.join(", ", known.stream().sorted().toList()));
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new BadProfile(file + ": unknown key " + where + name + ", expected one of "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        });
    }

    private static String text(Path file, String key, JsonNode node) {
        if (!node.isValueNode() || node.isNull() || node.asText().isBlank()) {
            throw new BadProfile(file + ": " + key + " should be a text");
        }
        return node.asText();
    }

    private static Set<String> writable(Path file, JsonNode node) {
        Set<String> namespaces = new HashSet<>();
        if (!node.isMissingNode() && !node.isArray()) {
            throw new BadProfile(file + ": writable should be a list of namespaces");
        }
        node.forEach(item -> namespaces.add(text(file, "writable", item)));
        return namespaces;
    }

    private static Map<String, String> values(Path file, JsonNode node) {
        Map<String, String> values = new LinkedHashMap<>();
        if (node.isMissingNode()) {
            return values;
        }
        if (!node.isObject()) {
            throw new BadProfile(file + ": values should be a map of texts");
        }
        node.properties()
                .forEach(entry -> values.put(entry.getKey(), text(file, "values." + entry.getKey(), entry.getValue())));
        return values;
    }

    private static List<WaiverEntry> waivers(Path file, JsonNode node) {
        List<WaiverEntry> waivers = new ArrayList<>();
        if (!node.isMissingNode() && !node.isArray()) {
            throw new BadProfile(file + ": waivers should be a list");
        }
        for (JsonNode item : node) {
            String where = "waivers[" + waivers.size() + "].";
            refuseUnknown(file, where, item, WAIVER_KEYS);
            for (String key : WAIVER_KEYS) {
                text(file, where + key, item.path(key));
            }
            waivers.add(new WaiverEntry(
                    item.get("criterion").asText(),
                    item.get("reason").asText(),
                    item.get("owner").asText(),
                    date(file, where, item.get("expires").asText())));
        }
        return waivers;
    }

    private static LocalDate date(Path file, String where, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new BadProfile(
                    file + ": " + where + "expires is \"" + text + "\", expected a day such as 2027-01-31");
        }
    }
}
