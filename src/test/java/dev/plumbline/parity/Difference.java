package dev.plumbline.parity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One line of a case's outcome that the simulation words otherwise. */
record Difference(String name, String real, String simulated) {

    private static final Path PAGE = Path.of("src/site/markdown/parity.md");
    private static final String ROW = "| ";
    private static final int CELLS = 4;

    static List<Difference> between(String name, List<String> real, List<String> simulated) {
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(real.size(), simulated.size()); i++) {
            String one = i < real.size() ? real.get(i) : "nothing";
            String other = i < simulated.size() ? simulated.get(i) : "nothing";
            if (!one.equals(other)) {
                differences.add(new Difference(name, one, other));
            }
        }
        return differences;
    }

    /** The rows of the page, with why each does not matter. */
    static Map<Difference, String> declared() {
        try {
            Map<Difference, String> declared = new java.util.LinkedHashMap<>();
            Files.readAllLines(PAGE).stream()
                    .filter(line -> line.startsWith(ROW))
                    .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                            .map(cell -> cell.strip().replaceAll("^`|`$", ""))
                            .toList())
                    .filter(cells -> !cells.get(0).equals("case"))
                    .forEach(cells -> declared.put(
                            new Difference(cells.get(0), cells.get(1), cells.get(2)),
                            cells.size() < CELLS ? "" : cells.get(3)));
            return declared;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The row that would declare it. */
    String row() {
        return "| " + name + " | `" + real + "` | `" + simulated + "` | ";
    }
}
