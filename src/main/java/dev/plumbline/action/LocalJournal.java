package dev.plumbline.action;

import dev.plumbline.cluster.RunOwner;
import dev.plumbline.verdict.NotMeasured;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run's journal on this machine: a file of JSON lines that only its user can read, on the disk before a write is made
 * and gone when nothing is left. Values of Secrets do not stand in it.
 */
final class LocalJournal implements Journal {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final RunOwner owner;
    private final String cluster;
    private final SortedMap<Integer, Undo> entries = new TreeMap<>();
    private boolean kept;

    /** @param cluster the UID of the cluster that the run writes to */
    LocalJournal(Path folder, RunOwner owner, String cluster) {
        this.file = folder.resolve(owner.runId() + ".jsonl");
        this.owner = owner;
        this.cluster = cluster;
    }

    @Override
    public synchronized void write(int number, Undo undo) {
        Undo noted = withoutSecrets(undo);
        entries.put(number, noted);
        if (Files.exists(file)) {
            append(Line.entry(number, noted));
        } else {
            writeAll();
        }
    }

    private static Undo withoutSecrets(Undo undo) {
        return undo instanceof Undo.Restore restore
                        && restore.ref().kind().kind().equals("Secret")
                ? new Undo.Restore(restore.ref(), null)
                : undo;
    }

    @Override
    public synchronized void retain(Set<Integer> numbers) {
        entries.keySet().retainAll(numbers);
        try {
            if (entries.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be removed; nothing that it holds is left to be done", e);
        }
        writeAll();
    }

    @Override
    public synchronized void keep() {
        kept = true;
        if (Files.exists(file)) {
            append(Line.keep());
        }
    }

    private void writeAll() {
        StringBuilder text = new StringBuilder(Line.run(owner.labels(), cluster).json() + "\n");
        entries.forEach(
                (number, undo) -> text.append(Line.entry(number, undo).json()).append('\n'));
        if (kept) {
            text.append(Line.keep().json()).append('\n');
        }
        Path fresh = fresh(file);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(fresh);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(fresh, OWNER_ONLY);
            }
            sync(fresh, text.toString());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** What becomes the file when it is whole. */
    static Path fresh(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private void append(Line line) {
        try {
            sync(file, line.json() + "\n");
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private NotMeasured unwritable(IOException e) {
        return new NotMeasured(
                "the ledger " + file
                        + " cannot be written, so nothing is written to the cluster; name another folder with"
                        + " --ledger",
                e);
    }

    /** By a stream and not by a channel, which an interrupt would close. */
    private static void sync(Path file, String text) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        }
    }
}
