package dev.plumbline.report;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/** Writes beside the place and moves there at the end, so that a reader or a killed run never leaves half a file. */
final class AtomicFile {

    private AtomicFile() {}

    /** Writes the content of a file or folder; may throw what writing throws. */
    interface Content<T> {
        void writeTo(T place) throws IOException;
    }

    static void text(Path file, String text) throws IOException {
        written(file, out -> out.write(text));
    }

    /** Writes text piece by piece: a page of megabytes is never whole in memory. */
    static void written(Path file, Content<Writer> content) throws IOException {
        write(file, out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            content.writeTo(writer);
            writer.flush();
        });
    }

    static void write(Path file, Content<OutputStream> content) throws IOException {
        Path partial = partial(file);
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial), 1 << 16)) {
                content.writeTo(out);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** Replaces a folder and all in it. */
    static void folder(Path folder, Content<Path> content) throws IOException {
        Path partial = partial(folder);
        delete(partial);
        Files.createDirectories(partial);
        content.writeTo(partial);
        delete(folder);
        Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Replaces in a folder whatever the content writes, and nothing else, within a few moves. Of what a killed writer left
     * beside, nothing stays.
     */
    static void together(Path folder, Content<Path> content) throws IOException {
        Files.createDirectories(folder);
        Path fresh = folder.resolve(".fresh");
        Path stale = folder.resolve(".stale");
        delete(fresh);
        delete(stale);
        try {
            Files.createDirectories(fresh);
            Files.createDirectories(stale);
            content.writeTo(fresh);
            try (Stream<Path> children = Files.list(fresh)) {
                for (Path child : children.toList()) {
                    Path place = folder.resolve(child.getFileName());
                    if (Files.isDirectory(place)) {
                        Files.move(place, stale.resolve(child.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                    }
                    Files.move(child, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } finally {
            delete(fresh);
            delete(stale);
        }
    }

    private static Path partial(Path place) {
        return place.resolveSibling("." + place.getFileName() + ".partial");
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, java.io.@org.jspecify.annotations.Nullable IOException problem) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
