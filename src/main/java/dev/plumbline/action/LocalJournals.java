package dev.plumbline.action;

import dev.plumbline.cluster.RunOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The journals of runs on this machine. */
final class LocalJournals {

    private LocalJournals() {}

    /**
     * One of them.
     *
     * @param cluster the UID of the cluster that it is about
     * @param written when its last line was
     */
    record Found(
            Path file,
            RunOwner owner,
            String cluster,
            Instant written,
            boolean kept,
            SortedMap<Integer, Undo> entries) {}

    /** @param unreadable told, a line each, of files that cannot be read */
    static List<Found> in(Path folder, Consumer<String> unreadable) {
        List<Found> found = new ArrayList<>();
        for (Path file : files(folder, unreadable)) {
            try {
                read(file).ifPresent(found::add);
            } catch (IOException | IllegalStateException e) {
                unreadable.accept("the ledger " + file + " cannot be read: " + e.getMessage());
            }
        }
        return found;
    }

    private static List<Path> files(Path folder, Consumer<String> unreadable) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(".jsonl")).toList();
        } catch (IOException e) {
            unreadable.accept("the ledgers in " + folder + " cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    /** A last line that a kill cut short is left out: what it would have announced was never written to the cluster. */
    private static Optional<Found> read(Path file) throws IOException {
        String text = Files.readString(file);
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        RunOwner owner = null;
        String cluster = "";
        boolean kept = false;
        SortedMap<Integer, Undo> entries = new TreeMap<>();
        for (int at = 0; at < lines.size(); at++) {
            Line line = Line.read(lines.get(at), file + ":" + (at + 1));
            if (line.owner() != null) {
                owner = RunOwner.of(line.owner()).orElse(null);
                cluster = String.valueOf(line.cluster());
            }
            if (line.undo() != null) {
                entries.put(line.number(), line.undo());
            }
            kept |= line.kept();
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        if (owner == null) {
            throw new IllegalStateException(file + ":1: does not say whose run it was; expected a ledger of Plumbline");
        }
        return Optional.of(
                new Found(file, owner, cluster, Files.getLastModifiedTime(file).toInstant(), kept, entries));
    }
}
