package dev.plumbline.simulation.system.exporter;

import dev.plumbline.simulation.ImageModel.Start;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.system.Images;
import dev.plumbline.simulation.system.redis.RedisClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** redis_exporter: asks its Redis at each scrape, and says {@code redis_up 0} when that does not answer. */
final class RedisExporter {

    private static final double SECONDS_A_SCRAPE = 0.0046;

    private final MetricTable always = MetricTable.of("go-process", "redis-exporter");
    private final MetricTable redis = MetricTable.of("redis");
    private final Start start;
    private final Instant started;
    private final RedisClient client;
    private final String address;
    private long scrapes;

    private RedisExporter(Start start) {
        this.start = start;
        this.started = start.world().clock().instant();
        Options options = new Options(start);
        this.address = options.get("redis.addr", start.env().getOrDefault("REDIS_ADDR", "redis://localhost:6379"));
        Address where = Address.parse(address, 6379);
        this.client = new RedisClient(
                start.world(),
                start.pod().getMetadata().getNamespace(),
                where.host(),
                where.port(),
                where.password().isEmpty() ? password(options) : where.password());
    }

    private String password(Options options) {
        String file = options.get("redis.password-file", start.env().getOrDefault("REDIS_PASSWORD_FILE", ""));
        String given = options.get("redis.password", start.env().getOrDefault("REDIS_PASSWORD", ""));
        // The file maps addresses to passwords; a plain one is taken as it is.
        return file.isEmpty()
                ? given
                : start.files()
                        .read(file)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                        .orElse(given);
    }

    static Program start(Start start) {
        int port = new Options(start).port(9121);
        String version = Images.version(start.container().getImage(), "1.69.0");
        String log = "level=info msg=\"Redis Metrics Exporter v" + version + "\"\n"
                + "level=info msg=\"Providing metrics at :" + port + "/metrics\"\n";
        Map<String, String> pages = Map.of(
                "/health", "ok", "/", "<html><head><title>Redis Exporter v" + version + "</title></head></html>\n");
        return new ExporterProgram(port, new RedisExporter(start)::page, pages, log, Optional.empty());
    }

    private String page() {
        scrapes++;
        try {
            Map<String, String> info = fields(client.ask("INFO"));
            return always("", 1) + redis.page(0, numbers(info), texts(info));
        } catch (World.Refused e) {
            return always("dial redis: " + e.getMessage(), 0);
        } catch (RedisClient.Rejected e) {
            return always(e.error(), 0);
        }
    }

    private String always(String error, double up) {
        Instant now = start.world().clock().instant();
        Map<String, Double> numbers = Map.of(
                "up",
                up,
                "failed",
                1 - up,
                "scrapes",
                (double) scrapes,
                "spent",
                scrapes * SECONDS_A_SCRAPE,
                "now",
                NodeExporter.seconds(now),
                "start",
                NodeExporter.seconds(started));
        String version = Images.version(start.container().getImage(), "1.69.0");
        return always.page(
                Duration.between(started, now).toMillis() / 1000.0,
                numbers,
                Map.of("error", error, "version", version));
    }

    private static Map<String, String> fields(String info) {
        Map<String, String> fields = new HashMap<>();
        info.lines().filter(line -> line.contains(":")).forEach(line -> {
            String[] pair = line.split(":", 2);
            fields.put(pair[0], pair[1].strip());
        });
        return fields;
    }

    private Map<String, Double> numbers(Map<String, String> info) {
        Map<String, Double> numbers = new HashMap<>();
        info.forEach((name, value) -> {
            if (value.matches("-?[0-9]+(\\.[0-9]+)?")) {
                numbers.put(name, Double.parseDouble(value));
            }
        });
        numbers.put("start_time", number(info, "rdb_last_save_time"));
        numbers.put("scrapes", (double) scrapes);
        for (String command : new String[] {"get", "set"}) {
            double calls = part(info.getOrDefault("cmdstat_" + command, ""), "calls");
            numbers.put("cmd_" + command, calls);
            numbers.put("sec_" + command, calls * 3e-6);
        }
        for (int i = 0; i < 16; i++) {
            String database = info.getOrDefault("db" + i, "");
            numbers.put("db" + i + "_keys", part(database, "keys"));
            numbers.put("db" + i + "_expires", part(database, "expires"));
        }
        return numbers;
    }

    private static double number(Map<String, String> info, String name) {
        return Double.parseDouble(info.getOrDefault(name, "0"));
    }

    /** A number out of {@code keys=1,expires=0}. */
    private static double part(String text, String name) {
        for (String pair : text.split(",", -1)) {
            if (pair.startsWith(name + "=")) {
                return Double.parseDouble(pair.substring(name.length() + 1));
            }
        }
        return 0;
    }

    private static Map<String, String> texts(Map<String, String> info) {
        return Map.of(
                "replid", info.getOrDefault("master_replid", ""),
                "policy", info.getOrDefault("maxmemory_policy", "noeviction"),
                "redis", info.getOrDefault("redis_version", ""));
    }
}
