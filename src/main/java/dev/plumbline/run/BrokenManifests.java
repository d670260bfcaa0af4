package dev.plumbline.run;

import dev.plumbline.action.Fault;
import dev.plumbline.action.FileChange;
import dev.plumbline.verdict.Mask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A copy of all manifests with a fault in them, for as long as it is open. */
final class BrokenManifests implements AutoCloseable {

    private final Path temporary;
    private final Path copy;
    private final String landed;

    /**
     * @param manifests the parent of the documents' manifests
     * @param mask learns the copy's place, so that files in it are named as in the original
     * @throws Fault.NotLanded when a change cannot be made or makes no difference
     */
    BrokenManifests(Path manifests, String document, Fault fault, Mask mask) {
        try {
            temporary = Files.createTempDirectory("plumbline-fault");
            copy = temporary.resolve(
                    manifests.toAbsolutePath().normalize().getFileName().toString());
            mask.directory(temporary);
            boolean whole = false;
            try {
                copy(manifests);
                landed = change(copy.resolve(document), fault);
                whole = true;
            } finally {
                if (!whole) {
                    close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the manifests cannot be copied", e);
        }
    }

    /** In place of the parent of the documents' manifests. */
    Path manifests() {
        return copy;
    }

    /** What is different, as a diff. */
    String landed() {
        return landed;
    }

    private void copy(Path from) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path to = copy.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String change(Path directory, Fault fault) throws IOException {
        Map<Path, Optional<byte[]>> before = new LinkedHashMap<>();
        for (FileChange change : fault.files()) {
            Path file = directory.resolve(change.file());
            Optional<byte[]> now = content(file);
            before.putIfAbsent(file, now);
            Optional<byte[]> after = change.apply(now);
            if (after.isPresent()) {
                Files.createDirectories(file.getParent());
                Files.write(file, after.get());
            } else {
                Files.delete(file);
            }
        }
        StringBuilder landed = new StringBuilder();
        for (Map.Entry<Path, Optional<byte[]>> entry : before.entrySet()) {
            String name = directory.relativize(entry.getKey()).toString();
            landed.append(FileChange.difference(name, entry.getValue(), content(entry.getKey())));
        }
        return landed.toString();
    }

    private static Optional<byte[]> content(Path file) throws IOException {
        return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(temporary, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
                        throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(temporary + " cannot be removed", e);
        }
    }
}
