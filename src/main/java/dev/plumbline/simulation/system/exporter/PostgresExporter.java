package dev.plumbline.simulation.system.exporter;

import dev.plumbline.simulation.ImageModel.Start;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.shell.Shell;
import dev.plumbline.simulation.system.Images;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * postgres-exporter: whether its server answers and takes its password is found out at each scrape; the statistics are
 * those of the table, of a server at light work.
 */
final class PostgresExporter {

    private final MetricTable always = MetricTable.of("go-process", "postgres-exporter");
    private final MetricTable postgres = MetricTable.of("postgres");
    private final Start start;
    private final Instant started;
    private final Address address;
    private long scrapes;

    private PostgresExporter(Start start) {
        this.start = start;
        this.started = start.world().clock().instant();
        this.address = address(start.env());
    }

    private Address address(Map<String, String> env) {
        String name = env.getOrDefault("DATA_SOURCE_NAME", "");
        if (!name.isEmpty()) {
            return Address.parse(name, 5432);
        }
        Address where = Address.parse(setting("DATA_SOURCE_URI", "localhost:5432"), 5432);
        return new Address(
                setting("DATA_SOURCE_USER", "postgres"), setting("DATA_SOURCE_PASS", ""), where.host(), where.port());
    }

    private String setting(String name, String otherwise) {
        String file = start.env().getOrDefault(name + "_FILE", "");
        return file.isEmpty()
                ? start.env().getOrDefault(name, otherwise)
                : start.files()
                        .read(file)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                        .orElse(otherwise);
    }

    static Program start(Start start) {
        int port = new Options(start).port(9187);
        String log = "level=INFO msg=\"Listening on\" address=[::]:" + port + "\n";
        Map<String, String> pages = Map.of(
                "/", "<html><head><title>Postgres Exporter</title></head></html>\n",
                "/-/healthy", "Healthy",
                "/-/ready", "Ready");
        return new ExporterProgram(port, new PostgresExporter(start)::page, pages, log, Optional.of(Shell.of(start)));
    }

    private boolean answers() {
        try {
            // PostgreSQL does not speak HTTP: any answer shows that something accepts connections there.
            Program.Request knock = new Program.Request("GET", "/", Map.of(), new byte[0]);
            String namespace = start.pod().getMetadata().getNamespace();
            start.world().send(namespace, address.host(), address.port(), knock);
            return new PostgresPasswords(start.world()).accept(namespace, address);
        } catch (World.Refused e) {
            return false;
        }
    }

    private String page() {
        scrapes++;
        Instant now = start.world().clock().instant();
        double seconds = Duration.between(started, now).toMillis() / 1000.0;
        boolean up = answers();
        Map<String, Double> numbers = Map.of(
                "up",
                up ? 1.0 : 0.0,
                "failed",
                up ? 0.0 : 1.0,
                "scrapes",
                (double) scrapes,
                "started",
                NodeExporter.seconds(started),
                "now",
                NodeExporter.seconds(now),
                "start",
                NodeExporter.seconds(started));
        Map<String, String> texts = Map.of(
                "server", address.toString(),
                "postgres", "17.5.0",
                "version", Images.version(start.container().getImage(), "0.17.1"));
        return always.page(seconds, numbers, texts) + (up ? postgres.page(seconds, numbers, texts) : "");
    }
}
