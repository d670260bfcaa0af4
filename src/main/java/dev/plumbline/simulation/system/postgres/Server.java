package dev.plumbline.simulation.system.postgres;

import dev.plumbline.timing.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The databases of one running server. What was written is in the data directory when the statement has returned. */
final class Server implements AutoCloseable {

    private final DataDirectory data;
    private final String version;
    private final Clock clock;
    private final Map<String, Database> databases = new TreeMap<>();

    Server(DataDirectory data, String version, Clock clock) {
        this.data = data;
        this.version = version;
        this.clock = clock;
    }

    void initialize(String user, String major) {
        data.setUp(user, major);
        create("postgres");
    }

    /** Reads what the data directory holds and is not open yet. */
    void open() {
        for (String name : data.databases()) {
            databases.computeIfAbsent(name, it -> Database.open(it, data.script(it), version, clock));
        }
    }

    boolean create(String name) {
        if (databases.containsKey(name)) {
            return false;
        }
        databases.put(name, Database.open(name, "", version, clock));
        save(name);
        return true;
    }

    boolean drop(String name) {
        Database database = databases.remove(name);
        if (database == null) {
            return false;
        }
        database.close();
        data.drop(name);
        return true;
    }

    Optional<Database> database(String name) {
        return Optional.ofNullable(databases.get(name));
    }

    void save(String name) {
        database(name).ifPresent(it -> data.save(name, it.script()));
    }

    boolean hasRole(String user) {
        return user.equals(data.superuser());
    }

    String superuser() {
        return data.superuser();
    }

    @Override
    public void close() {
        databases.values().forEach(Database::close);
        databases.clear();
    }
}
