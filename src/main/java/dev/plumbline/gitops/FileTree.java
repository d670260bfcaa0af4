package dev.plumbline.gitops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Files by their path from a root on, with slashes; the root itself is "". */
public interface FileTree {

    /** The content of a file, empty where there is none. */
    Optional<byte[]> file(String path);

    boolean isDirectory(String path);

    /** The paths of all files in a directory and in those below it. */
    List<String> below(String directory);

    /** Those of a commit. */
    static FileTree of(Map<String, byte[]> files) {
        return new FileTree() {
            @Override
            public Optional<byte[]> file(String path) {
                return Optional.ofNullable(files.get(path));
            }

            @Override
            public boolean isDirectory(String path) {
                return path.isEmpty() || files.keySet().stream().anyMatch(it -> it.startsWith(path + "/"));
            }

            @Override
            public List<String> below(String directory) {
                String prefix = directory.isEmpty() ? "" : directory + "/";
                return files.keySet().stream()
                        .filter(path -> path.startsWith(prefix))
                        .toList();
            }
        };
    }

    /**
     * Those of this machine. Only what is asked for is read: beside it may be what changes meanwhile, our own reports
     * among it, or what is too large to be read. What cannot be read is an {@link UncheckedIOException}.
     */
    static FileTree of(Path root) {
        return new FileTree() {
            @Override
            public Optional<byte[]> file(String path) {
                Path file = root.resolve(path);
                try {
                    return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
                } catch (NoSuchFileException e) {
                    return Optional.empty();
                } catch (IOException e) {
                    throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
                }
            }

            @Override
            public boolean isDirectory(String path) {
                return Files.isDirectory(root.resolve(path));
            }

            @Override
            public List<String> below(String directory) {
                try (Stream<Path> paths = Files.walk(root.resolve(directory))) {
                    return paths.filter(Files::isRegularFile)
                            .map(file -> root.relativize(file).toString().replace('\\', '/'))
                            .toList();
                } catch (IOException e) {
                    throw new UncheckedIOException(root.resolve(directory) + " cannot be read: " + e.getMessage(), e);
                }
            }
        };
    }
}
