package dev.plumbline.action;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a directory as they go into a repository: path with slashes, content. */
final class RepositoryFiles {

    private static final String OTHERS = "repositories/";

    private RepositoryFiles() {}

    static SortedMap<String, byte[]> read(Path directory) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be read", e);
        }
        return files;
    }

    /** The files of the main repository: all but those of {@link #others}. */
    static SortedMap<String, byte[]> main(SortedMap<String, byte[]> files) {
        SortedMap<String, byte[]> main = new TreeMap<>(files);
        main.keySet().removeIf(path -> path.startsWith(OTHERS));
        return main;
    }

    /** What stands under {@code repositories/<name>} is a repository of its own. */
    static SortedMap<String, SortedMap<String, byte[]>> others(SortedMap<String, byte[]> files) {
        SortedMap<String, SortedMap<String, byte[]>> others = new TreeMap<>();
        files.forEach((path, content) -> {
            int slash = path.indexOf('/', OTHERS.length());
            if (path.startsWith(OTHERS) && slash > 0) {
                others.computeIfAbsent(path.substring(OTHERS.length(), slash), name -> new TreeMap<>())
                        .put(path.substring(slash + 1), content);
            }
        });
        return others;
    }

    /** Where a cluster's entry point is: {@code clusters/<name>} if there is just one, else the root. */
    static String entryPoint(SortedMap<String, byte[]> files) {
        List<String> clusters = files.keySet().stream()
                .filter(path -> path.startsWith("clusters/") && path.indexOf('/', 9) > 0)
                .map(path -> path.substring(0, path.indexOf('/', 9)))
                .distinct()
                .toList();
        return clusters.size() == 1 ? clusters.get(0) : "";
    }
}
