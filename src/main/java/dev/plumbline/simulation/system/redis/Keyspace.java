package dev.plumbline.simulation.system.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.timing.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The databases of a server: strings by key, some of which expire. */
final class Keyspace {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NEVER = Long.MAX_VALUE;
    /** What Redis needs for a small key beside its bytes. */
    private static final long BYTES_A_KEY = 72;

    private final Clock clock;
    private final Map<Integer, TreeMap<String, Entry>> databases = new TreeMap<>();
    private long expired;

    Keyspace(Clock clock) {
        this.clock = clock;
    }

    /** @param until milliseconds since the epoch */
    private record Entry(String value, long until) {}

    private TreeMap<String, Entry> database(int number) {
        TreeMap<String, Entry> database = databases.computeIfAbsent(number, any -> new TreeMap<>());
        long now = clock.instant().toEpochMilli();
        int before = database.size();
        database.values().removeIf(entry -> entry.until() <= now);
        expired += before - database.size();
        return database;
    }

    Optional<String> get(int database, String key) {
        return Optional.ofNullable(database(database).get(key)).map(Entry::value);
    }

    /** Sets a key that does not expire. */
    void set(int database, String key, String value) {
        database(database).put(key, new Entry(value, NEVER));
    }

    boolean delete(int database, String key) {
        return database(database).remove(key) != null;
    }

    /** Lets a key live for so many milliseconds more; false when it is not there. */
    boolean expire(int database, String key, long millis) {
        long until = clock.instant().toEpochMilli() + millis;
        return database(database).computeIfPresent(key, (name, entry) -> new Entry(entry.value(), until)) != null;
    }

    /** Seconds left, -1 for ever, -2 for a key that is not there. */
    long secondsLeft(int database, String key) {
        Entry entry = database(database).get(key);
        if (entry == null) {
            return -2;
        }
        return entry.until() == NEVER
                ? -1
                : Math.round((entry.until() - clock.instant().toEpochMilli()) / 1000.0);
    }

    List<String> keys(int database) {
        return List.copyOf(database(database).keySet());
    }

    int expiring(int database) {
        return (int) database(database).values().stream()
                .filter(entry -> entry.until() != NEVER)
                .count();
    }

    long expired() {
        return expired;
    }

    void clear(int database) {
        databases.remove(database);
    }

    void clear() {
        databases.clear();
    }

    long bytes() {
        long bytes = 0;
        for (TreeMap<String, Entry> database : databases.values()) {
            for (Map.Entry<String, Entry> entry : database.entrySet()) {
                bytes += BYTES_A_KEY
                        + entry.getKey().length()
                        + entry.getValue().value().length();
            }
        }
        return bytes;
    }

    /** One line a key. */
    String saved() {
        List<String> lines = new ArrayList<>();
        databases.forEach((number, database) -> database.forEach((key, entry) -> lines.add(JSON.createObjectNode()
                .put("db", number)
                .put("key", key)
                .put("value", entry.value())
                .put("until", entry.until())
                .toString())));
        return String.join("\n", lines);
    }

    void load(String saved) {
        saved.lines().filter(line -> !line.isBlank()).forEach(line -> {
            try {
                JsonNode node = JSON.readTree(line);
                Entry entry = new Entry(
                        node.path("value").asText(), node.path("until").asLong());
                databases
                        .computeIfAbsent(node.path("db").asInt(), any -> new TreeMap<>())
                        .put(node.path("key").asText(), entry);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("not written by this model of Redis: " + line, e);
            }
        });
    }
}
