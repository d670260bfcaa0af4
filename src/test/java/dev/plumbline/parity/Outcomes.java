package dev.plumbline.parity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of each case on a real API server, as it was recorded there: {@code == case}, then its lines. */
final class Outcomes {

    private static final Path FILE = Path.of("src/test/resources/parity/outcomes.txt");
    private static final String HEAD = "== ";

    private Outcomes() {}

    static Map<String, List<String>> recorded() {
        Map<String, List<String>> outcomes = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (String line : read()) {
            if (line.startsWith(HEAD)) {
                lines = new ArrayList<>();
                outcomes.put(line.substring(HEAD.length()), lines);
            } else {
                lines.add(line);
            }
        }
        return outcomes;
    }

    private static List<String> read() {
        try {
            return Files.exists(FILE) ? Files.readAllLines(FILE) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void record(Map<String, List<String>> outcomes) {
        StringBuilder text = new StringBuilder();
        outcomes.forEach((name, lines) -> {
            text.append(HEAD).append(name).append('\n');
            lines.forEach(line -> text.append(line).append('\n'));
        });
        try {
            Files.writeString(FILE, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
