package dev.plumbline.run;

import dev.plumbline.criterion.Catalogue;
import dev.plumbline.criterion.NamedSystem;
import dev.plumbline.yaml.YamlDocument;
import dev.plumbline.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what lies at the top of a directory of features beside them: {@code systems.yaml} and {@code sections.yaml}. */
final class CatalogueFiles {

    static final String SYSTEMS = "systems.yaml";
    static final String SECTIONS = "sections.yaml";

    private static final Set<String> KEYS = Set.of("system", "note", "documents", "criteria");

    private CatalogueFiles() {}

    /**
     * What all directories that have such files say, in order.
     *
     * @throws BadInput naming the file and line that is wrong
     */
    static Catalogue in(List<Path> features) {
        List<NamedSystem> systems = new ArrayList<>();
        Map<String, String> sections = new LinkedHashMap<>();
        for (Path place : features) {
            Path file = place.resolve(SYSTEMS);
            read(file).forEach(document -> systems(file, document, systems));
            Path other = place.resolve(SECTIONS);
            read(other).forEach(document -> sections(other, document, sections));
        }
        return new Catalogue(systems, sections);
    }

    private static List<YamlDocument> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            return YamlDocument.read(file.toString(), Files.readAllBytes(file));
        } catch (YamlException e) {
            throw new BadInput(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + e.getMessage());
        }
    }

    private static void systems(Path file, YamlDocument document, List<NamedSystem> systems) {
        if (!(document.value() instanceof List<?> items)) {
            throw bad(file, document.line(), "expected a list of systems");
        }
        for (int i = 0; i < items.size(); i++) {
            systems.add(system(file, document.line(List.of(i)), items.get(i)));
        }
    }

    private static void sections(Path file, YamlDocument document, Map<String, String> sections) {
        if (!(document.value() instanceof Map<?, ?> fields)) {
            throw bad(file, document.line(), "expected a criterion's id and its section on each line");
        }
        fields.forEach((id, section) -> sections.put(String.valueOf(id), String.valueOf(section)));
    }

    private static NamedSystem system(Path file, int line, @org.jspecify.annotations.Nullable Object item) {
        if (!(item instanceof Map<?, ?> fields) || !(fields.get("system") instanceof String name)) {
            throw bad(file, line, "expected a map with the key system");
        }
        fields.keySet().stream()
                .filter(key -> !KEYS.contains(String.valueOf(key)))
                .findFirst()
                .ifPresent(key -> {
                    throw bad(file, line, "unknown key " + key + "; there are system, note, documents and criteria");
                });
        Object note = fields.get("note");
        return new NamedSystem(
                name,
                note == null ? "" : note.toString(),
                words(file, line, fields.get("documents")),
                words(file, line, fields.get("criteria")));
    }

    private static List<String> words(Path file, int line, @org.jspecify.annotations.Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> items)) {
            throw bad(file, line, "documents and criteria are lists");
        }
        return items.stream().map(String::valueOf).toList();
    }

    private static BadInput bad(Path file, int line, String problem) {
        return new BadInput(file + ":" + line + ": " + problem);
    }
}
