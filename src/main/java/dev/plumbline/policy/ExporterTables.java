package dev.plumbline.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which metrics known exporters show, with which labels. The tables are resources beside this class, taken from the
 * /metrics of the real ones; each says of which version.
 */
final class ExporterTables {

    private final Map<String, String> images = new HashMap<>();
    private final Map<String, Map<String, Set<String>>> tables = new HashMap<>();

    ExporterTables() {
        for (String line : lines("index")) {
            String[] words = line.split(" ", 2);
            images.put(words[0], words[1]);
        }
    }

    /** Empty for an image that no table knows. */
    Optional<Map<String, Set<String>>> ofImage(String image) {
        String name = image.replaceFirst("@.*$", "");
        int colon = name.lastIndexOf(':');
        String repository = colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
        return images.entrySet().stream()
                .filter(entry -> repository.equals(entry.getKey()) || repository.endsWith("/" + entry.getKey()))
                .findFirst()
                .map(entry -> named(entry.getValue()));
    }

    /** The labels of each metric. */
    Map<String, Set<String>> named(String table) {
        return tables.computeIfAbsent(table, ExporterTables::read);
    }

    private static Map<String, Set<String>> read(String table) {
        Map<String, Set<String>> metrics = new HashMap<>();
        for (String line : lines(table)) {
            List<String> words = List.of(line.split(" "));
            metrics.put(words.get(0), Set.copyOf(words.subList(1, words.size())));
        }
        return metrics;
    }

    private static List<String> lines(String table) {
        String resource = "exporters/" + table + ".txt";
        try (InputStream in = ExporterTables.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource + " beside " + ExporterTables.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + resource, e);
        }
    }
}
