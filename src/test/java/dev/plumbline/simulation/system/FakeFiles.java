package dev.plumbline.simulation.system;

import dev.plumbline.simulation.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Files in a map. */
public final class FakeFiles implements Files {

    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final Set<String> directories = new HashSet<>();

    @Override
    public Optional<byte[]> read(String path) {
        return Optional.ofNullable(files.get(path));
    }

    @Override
    public void write(String path, byte[] content) {
        files.put(path, content);
    }

    @Override
    public void delete(String path) {
        files.keySet().removeIf(it -> it.equals(path) || it.startsWith(path + "/"));
    }

    @Override
    public boolean directory(String path) {
        return directories.contains(path) || !list(path).isEmpty();
    }

    @Override
    public void makeDirectory(String path) {
        directories.add(path);
    }

    @Override
    public List<String> list(String directory) {
        String prefix = directory.endsWith("/") ? directory : directory + "/";
        return files.keySet().stream()
                .filter(it -> it.equals(directory) || it.startsWith(prefix))
                .toList();
    }
}
