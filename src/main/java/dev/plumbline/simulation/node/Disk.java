package dev.plumbline.simulation.node;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Files that can be written. Safe for many threads. */
final class Disk implements Volume {

    private final Map<String, byte[]> files = new TreeMap<>();
    private final Set<String> directories = new TreeSet<>();

    @Override
    public synchronized Map<String, byte[]> files() {
        return new TreeMap<>(files);
    }

    @Override
    public synchronized Optional<byte[]> read(String path) {
        return Optional.ofNullable(files.get(path)).map(byte[]::clone);
    }

    synchronized void write(String path, byte[] content) {
        files.put(path, content.clone());
    }

    synchronized void delete(String path) {
        files.keySet().removeIf(file -> below(file, path));
        directories.removeIf(directory -> below(directory, path));
    }

    synchronized void makeDirectory(String path) {
        String here = path;
        while (!here.isEmpty()) {
            directories.add(here);
            here = here.contains("/") ? here.substring(0, here.lastIndexOf('/')) : "";
        }
    }

    synchronized boolean directory(String path) {
        return directories.contains(path);
    }

    private static boolean below(String file, String path) {
        return path.isEmpty() || file.equals(path) || file.startsWith(path + "/");
    }

    @Override
    public Optional<Disk> disk() {
        return Optional.of(this);
    }
}
