package dev.plumbline.simulation;

import java.util.List;
import java.util.Optional;

/**
 * The file system of a simulated container: what is written below a mount goes to its volume and lives as long as that
 * (emptyDir: the pod; PersistentVolumeClaim: the volume), anything else to the container's own layer, which a restart
 * loses. ConfigMaps and Secrets are read-only mounts.
 */
public interface Files {

    Optional<byte[]> read(String path);

    /** @throws IllegalStateException for a path on a read-only mount */
    void write(String path, byte[] content);

    /** Deletes a file, or everything below a directory. */
    void delete(String path);

    /** The files at or below a directory, full paths, sorted. */
    List<String> list(String directory);

    /** Whether there is a directory: a mount, one that was made, or one that holds a file. */
    default boolean directory(String path) {
        return !list(path).isEmpty() && read(path).isEmpty();
    }

    /** Makes an empty directory and those above it. */
    default void makeDirectory(String path) {}
}
