package dev.plumbline.simulation.system.redis;

import dev.plumbline.simulation.Files;
import java.nio.charset.StandardCharsets;

/** The files that a server keeps its data in: an append-only file, or a dump at save and shutdown. */
final class Persistence {

    private final Files files;
    private final RedisConfig config;

    Persistence(Files files, RedisConfig config) {
        this.files = files;
        this.config = config;
    }

    private String directory() {
        return config.get("dir").replaceFirst("/+$", "");
    }

    private String appendOnly() {
        return directory() + "/" + config.get("appenddirname") + "/" + config.get("appendfilename") + ".1.incr.aof";
    }

    private String dump() {
        return directory() + "/" + config.get("dbfilename");
    }

    /** With the append-only file on, a dump is not looked at: so does the real one. */
    void load(Keyspace keyspace) {
        files.read(config.on("appendonly") ? appendOnly() : dump())
                .ifPresent(bytes -> keyspace.load(new String(bytes, StandardCharsets.UTF_8)));
    }

    void written(Keyspace keyspace) {
        if (config.on("appendonly")) {
            write(appendOnly(), keyspace);
        }
    }

    void save(Keyspace keyspace) {
        write(dump(), keyspace);
    }

    /** A server that is told to stop saves when it has save points. */
    void stopped(Keyspace keyspace) {
        String points = config.get("save");
        if (!points.isEmpty() && !points.equals("\"\"")) {
            save(keyspace);
        }
    }

    private void write(String path, Keyspace keyspace) {
        files.write(path, keyspace.saved().getBytes(StandardCharsets.UTF_8));
    }
}
