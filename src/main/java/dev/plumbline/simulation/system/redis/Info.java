package dev.plumbline.simulation.system.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The INFO command. */
final class Info {

    private static final long EMPTY_BYTES = 912_456;
    private static final double CPU_A_SECOND = 0.001;

    private final String version;
    private final Instant started;
    private final RedisConfig config;
    private final Keyspace keyspace;
    private final Statistics statistics;

    Info(String version, Instant started, RedisConfig config, Keyspace keyspace, Statistics statistics) {
        this.version = version;
        this.started = started;
        this.config = config;
        this.keyspace = keyspace;
        this.statistics = statistics;
    }

    /** @param asked section names, empty for all */
    String text(List<String> asked, Instant now) {
        StringBuilder text = new StringBuilder();
        sections(now).forEach((name, fields) -> {
            boolean wanted = asked.isEmpty()
                    || asked.stream()
                            .map(each -> each.toLowerCase(Locale.ROOT))
                            .anyMatch(each -> each.equals(name.toLowerCase(Locale.ROOT))
                                    || List.of("all", "everything", "default").contains(each));
            if (wanted) {
                text.append(text.length() == 0 ? "" : "\r\n")
                        .append("# ")
                        .append(name)
                        .append("\r\n");
                fields.forEach((field, value) ->
                        text.append(field).append(':').append(value).append("\r\n"));
            }
        });
        return text.toString();
    }

    private Map<String, Map<String, Object>> sections(Instant now) {
        Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
        sections.put("Server", server(now));
        sections.put(
                "Clients",
                fields("connected_clients", 1, "maxclients", config.get("maxclients"), "blocked_clients", 0));
        sections.put("Memory", memory());
        sections.put("Persistence", persistence());
        sections.put("Stats", stats());
        sections.put("Replication", fields("role", "master", "connected_slaves", 0, "master_replid", id()));
        double cpu = Duration.between(started, now).toMillis() / 1000.0 * CPU_A_SECOND;
        sections.put("CPU", fields("used_cpu_sys", 0.04 + cpu, "used_cpu_user", 0.02 + cpu / 2));
        sections.put("Commandstats", commands());
        sections.put("Cluster", fields("cluster_enabled", 0));
        sections.put("Keyspace", keys());
        return sections;
    }

    private static Map<String, Object> fields(Object... pairs) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put(pairs[i].toString(), pairs[i + 1]);
        }
        return fields;
    }

    private String id() {
        return "%040x".formatted(started.toEpochMilli());
    }

    private Map<String, Object> server(Instant now) {
        long up = Duration.between(started, now).toSeconds();
        return fields(
                "redis_version",
                version,
                "redis_mode",
                "standalone",
                "os",
                "Linux x86_64",
                "arch_bits",
                64,
                "process_id",
                1,
                "run_id",
                id(),
                "tcp_port",
                config.port(),
                "server_time_usec",
                now.toEpochMilli() * 1000,
                "uptime_in_seconds",
                up,
                "uptime_in_days",
                up / 86_400,
                "hz",
                config.get("hz"));
    }

    private Map<String, Object> memory() {
        long used = EMPTY_BYTES + keyspace.bytes();
        return fields(
                "used_memory",
                used,
                "used_memory_human",
                "%.2fK".formatted(used / 1024.0),
                "used_memory_rss",
                used + 13_600_000,
                "used_memory_peak",
                used,
                "used_memory_dataset",
                keyspace.bytes() + 172_032,
                "maxmemory",
                config.get("maxmemory"),
                "maxmemory_policy",
                config.get("maxmemory-policy"));
    }

    private Map<String, Object> persistence() {
        return fields(
                "loading",
                0,
                "rdb_changes_since_last_save",
                statistics.changesSinceSave(),
                "rdb_bgsave_in_progress",
                0,
                "rdb_last_save_time",
                started.getEpochSecond(),
                "rdb_last_bgsave_status",
                "ok",
                "aof_enabled",
                config.on("appendonly") ? 1 : 0,
                "aof_last_write_status",
                "ok");
    }

    private Map<String, Object> stats() {
        return fields(
                "total_connections_received",
                statistics.connections(),
                "total_commands_processed",
                statistics.processed(),
                "instantaneous_ops_per_sec",
                0,
                "total_net_input_bytes",
                statistics.processed() * 40,
                "total_net_output_bytes",
                statistics.processed() * 1500,
                "rejected_connections",
                0,
                "expired_keys",
                keyspace.expired(),
                "evicted_keys",
                0,
                "keyspace_hits",
                statistics.hits(),
                "keyspace_misses",
                statistics.misses());
    }

    private Map<String, Object> commands() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name : List.of("get", "set")) {
            long calls = statistics.of(name);
            fields.put("cmdstat_" + name, "calls=" + calls + ",usec=" + calls * 3 + ",usec_per_call=3.00");
        }
        return fields;
    }

    private Map<String, Object> keys() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < Integer.parseInt(config.get("databases")); i++) {
            int keys = keyspace.keys(i).size();
            if (keys > 0) {
                fields.put("db" + i, "keys=" + keys + ",expires=" + keyspace.expiring(i) + ",avg_ttl=0,subexpiry=0");
            }
        }
        return fields;
    }
}
