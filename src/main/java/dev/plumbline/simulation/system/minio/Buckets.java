package dev.plumbline.simulation.system.minio;

import dev.plumbline.simulation.Files;
import java.util.List;
import java.util.Optional;

/** Buckets as directories of the drive. */
record Buckets(Files files, String drive) {

    boolean exists(String bucket) {
        return files.directory(drive + "/" + bucket);
    }

    void make(String bucket) {
        files.makeDirectory(drive + "/" + bucket);
    }

    Optional<byte[]> read(String bucket, String key) {
        return files.read(drive + "/" + bucket + "/" + key);
    }

    void write(String bucket, String key, byte[] content) {
        files.write(drive + "/" + bucket + "/" + key, content);
    }

    void delete(String bucket, String key) {
        if (read(bucket, key).isPresent()) {
            files.delete(drive + "/" + bucket + "/" + key);
            files.makeDirectory(drive + "/" + bucket);
        }
    }

    /** The keys that start with a prefix, sorted. */
    List<String> keys(String bucket, String prefix) {
        String root = drive + "/" + bucket + "/";
        return files.list(root).stream()
                .map(path -> path.substring(root.length()))
                .filter(key -> key.startsWith(prefix))
                .sorted()
                .toList();
    }
}
