package dev.plumbline.run;

import dev.plumbline.criterion.NamedSystem;
import dev.plumbline.yaml.YamlDocument;
import dev.plumbline.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code systems.yaml} at the top of a directory of features: which systems the documents name. */
final class SystemsFile {

    static final String NAME = "systems.yaml";

    private static final Set<String> KEYS = Set.of("system", "note", "documents", "criteria");

    private SystemsFile() {}

    /**
     * The systems of all directories that have such a file, in order.
     *
     * @throws BadInput naming the file and line that is wrong
     */
    static List<NamedSystem> in(List<Path> features) {
        List<NamedSystem> systems = new ArrayList<>();
        for (Path place : features) {
            Path file = place.resolve(NAME);
            if (Files.isRegularFile(file)) {
                systems.addAll(read(file));
            }
        }
        return systems;
    }

    private static List<NamedSystem> read(Path file) {
        List<NamedSystem> systems = new ArrayList<>();
        try {
            for (YamlDocument document : YamlDocument.read(file.toString(), Files.readAllBytes(file))) {
                if (!(document.value() instanceof List<?> items)) {
                    throw bad(file, document.line(), "expected a list of systems");
                }
                for (int i = 0; i < items.size(); i++) {
                    systems.add(system(file, document.line(List.of(i)), items.get(i)));
                }
            }
        } catch (YamlException e) {
            throw new BadInput(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + e.getMessage());
        }
        return systems;
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
