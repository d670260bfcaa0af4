package dev.plumbline.simulation.system.postgres;

import dev.plumbline.simulation.Files;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** PGDATA: a version file, the name of the superuser, and each database as the script that makes it. */
record DataDirectory(Files files, String path) {

    boolean isSetUp() {
        return read("PG_VERSION").isPresent();
    }

    void setUp(String user, String version) {
        write("PG_VERSION", version.replaceFirst("\\..*", "") + "\n");
        write("global/superuser", user);
    }

    String superuser() {
        return read("global/superuser").orElse("postgres");
    }

    List<String> databases() {
        String base = path + "/base/";
        return files.list(base).stream()
                .filter(file -> file.startsWith(base) && file.endsWith(".sql"))
                .map(file -> file.substring(base.length(), file.length() - ".sql".length()))
                .toList();
    }

    String script(String database) {
        return read("base/" + database + ".sql").orElse("");
    }

    void save(String database, String script) {
        write("base/" + database + ".sql", script);
    }

    void drop(String database) {
        files.delete(path + "/base/" + database + ".sql");
    }

    private Optional<String> read(String name) {
        return files.read(path + "/" + name).map(content -> new String(content, StandardCharsets.UTF_8));
    }

    private void write(String name, String content) {
        files.write(path + "/" + name, content.getBytes(StandardCharsets.UTF_8));
    }
}
