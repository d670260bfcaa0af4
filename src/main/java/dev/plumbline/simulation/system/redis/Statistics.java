package dev.plumbline.simulation.system.redis;

import java.util.HashMap;
import java.util.Map;

/** What a server counts from its start. */
final class Statistics {

    private final Map<String, Long> commands = new HashMap<>();
    private long processed;
    private long connections;
    private long hits;
    private long misses;
    private long changes;

    void connected() {
        connections++;
    }

    void command(String name) {
        processed++;
        commands.merge(name, 1L, Long::sum);
    }

    void looked(boolean found) {
        hits += found ? 1 : 0;
        misses += found ? 0 : 1;
    }

    void changed() {
        changes++;
    }

    void saved() {
        changes = 0;
    }

    long processed() {
        return processed;
    }

    long connections() {
        return connections;
    }

    long hits() {
        return hits;
    }

    long misses() {
        return misses;
    }

    long changesSinceSave() {
        return changes;
    }

    long of(String command) {
        return commands.getOrDefault(command, 0L);
    }
}
