package dev.plumbline.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The feature files below the given directories. */
final class FeatureFiles {

    private FeatureFiles() {}

    /**
     * Sorted, each once.
     *
     * @throws BadInput for a place that does not exist or a file that is no feature
     * @throws NothingSelected when there is not one feature file
     */
    static List<Path> under(List<Path> places) {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                files.addAll(walk(place));
            } else if (Files.isRegularFile(place) && place.toString().endsWith(".feature")) {
                files.add(place);
            } else {
                throw new BadInput(
                        place + ": no such directory or .feature file; name one that exists with --features");
            }
        }
        if (files.isEmpty()) {
            throw new NothingSelected("there is no .feature file in "
                    + String.join(", ", places.stream().map(Path::toString).toList()) + ": nothing was measured");
        }
        return files.stream().map(Path::normalize).distinct().sorted().toList();
    }

    private static List<Path> walk(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> path.toString().endsWith(".feature")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
