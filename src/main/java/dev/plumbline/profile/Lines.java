package dev.plumbline.profile;

import dev.plumbline.profile.Profile.BadProfile;
import dev.plumbline.yaml.YamlDocument;
import dev.plumbline.yaml.YamlException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the fields of a profile stand in its file, for messages. */
record Lines(Path file, String content) {

    /** The line of a field, from 1; of what is around it where there is no such field. */
    int of(List<?> path) {
        try {
            return YamlDocument.read(file.toString(), content.getBytes(StandardCharsets.UTF_8)).stream()
                    .findFirst()
                    .map(document -> document.line(path))
                    .orElse(1);
        } catch (YamlException e) {
            throw new BadProfile(String.valueOf(e.getMessage()));
        }
    }

    BadProfile refusal(List<?> path, String problem) {
        return new BadProfile(file + ":" + of(path) + ": " + problem);
    }

    static List<Object> below(List<?> path, String key) {
        List<Object> all = new ArrayList<>(path);
        all.add(key);
        return all;
    }

    /** The path as people write it: {@code waivers[0].owner}. */
    static String words(List<?> path) {
        StringBuilder words = new StringBuilder();
        for (Object step : path) {
            words.append(step instanceof Integer ? "[" + step + "]" : (words.isEmpty() ? "" : ".") + step);
        }
        return words.toString();
    }
}
