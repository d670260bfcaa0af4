package dev.plumbline.policy;

import dev.plumbline.yaml.YamlDocument;
import dev.plumbline.yaml.YamlException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A text among manifests that is no object itself: a file, or an entry of a ConfigMap.
 *
 * @param before how many lines of the file stand before the text's first
 * @param name of the file or entry, without its folder
 */
public record TextFile(String file, int before, String name, String content) {

    /**
     * The files of a directory, and the entries of the ConfigMaps among its objects.
     *
     * @throws IOException when it cannot be read
     */
    static List<TextFile> in(Path directory, List<Manifest> manifests) throws IOException {
        List<TextFile> texts = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.filter(Files::isRegularFile).sorted().toList()) {
                texts.add(new TextFile(path.toString(), 0, String.valueOf(path.getFileName()), content(path)));
            }
        }
        for (Manifest manifest : manifests) {
            if (manifest.kind().equals("ConfigMap")) {
                Manifest.map(manifest.object().get("data"))
                        .forEach((key, value) -> texts.add(new TextFile(
                                manifest.file(),
                                manifest.lines().of(List.of("data", key)),
                                key,
                                String.valueOf(value))));
            }
        }
        return texts;
    }

    /** Empty for what is no text. */
    private static String content(Path path) throws IOException {
        try {
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    boolean isFile() {
        return before == 0;
    }

    int line(int inside) {
        return before + inside;
    }

    /** What it holds if it is YAML or JSON, which is YAML too; nothing if it is not: other rules complain of that. */
    List<YamlDocument> documents() {
        try {
            return YamlDocument.read(file, content.getBytes(StandardCharsets.UTF_8));
        } catch (YamlException e) {
            return List.of();
        }
    }
}
