package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.ImageModel.Start;
import dev.plumbline.simulation.ImageModel.StartFailure;
import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.shell.Shell;
import dev.plumbline.simulation.system.CommandLine;
import dev.plumbline.simulation.system.Images;
import dev.plumbline.simulation.system.prometheus.ConfigReader.BadConfig;
import dev.plumbline.simulation.system.prometheus.promql.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** A running Prometheus. */
final class PrometheusServer implements Program {

    private static final List<String> DEFAULT_ARGUMENTS =
            List.of("--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus");
    /** What the image itself carries as its configuration. */
    private static final String DEFAULT_CONFIG = """
            global:
              scrape_interval: 15s
              evaluation_interval: 15s
            scrape_configs:
              - job_name: prometheus
                static_configs:
                  - targets: ["localhost:9090"]
            """;

    private final Flags flags;
    private final SampleStore store = new SampleStore();
    private final Snapshot snapshot;
    private final Log log;
    private final Start start;
    private final Engine engine;
    private final Api api;
    private final Shell shell;

    private PrometheusServer(Start start, Flags flags, Log log, Settings settings) {
        this.start = start;
        this.shell = Shell.of(start);
        this.flags = flags;
        this.log = log;
        this.snapshot = new Snapshot(start, flags.value("storage.tsdb.path", "data/"));
        Instant started = start.world().clock().instant();
        snapshot.restore(store);
        Scraper scraper = new Scraper(store, new Dialer(start.world(), start.pod(), this));
        this.engine = new Engine(start, store, scraper, lookback(flags));
        engine.run(settings);
        String version = Images.version(start.container().getImage(), "2.53.3");
        OwnMetrics metrics = new OwnMetrics(start.world().clock(), started, store, engine, version);
        Status status = new Status(engine, flags, version, started);
        this.api = new Api(start.world().clock(), store, engine, status, metrics, lookback(flags));
    }

    private static Duration lookback(Flags flags) {
        return Duration.ofMillis(Durations.millis(flags.value("query.lookback-delta", "5m")));
    }

    /** A configuration that was read in full. */
    record Settings(PrometheusConfig config, List<Rule.Group> rules) {}

    static PrometheusServer start(Start start) throws StartFailure {
        Flags flags = Flags.parse(CommandLine.arguments(start.container(), start.env(), DEFAULT_ARGUMENTS));
        Log log = new Log(start.world().clock());
        log.info("main.go:617", "msg=\"Starting Prometheus Server\" mode=server");
        String path = flags.value("config.file", "prometheus.yml");
        PrometheusConfig config;
        try {
            config = config(start, path);
        } catch (BadConfig e) {
            log.error(
                    "main.go:527",
                    "msg=\"Error loading config (--config.file=" + path + ")\" file=" + path + " err="
                            + Log.quoted(e.getMessage()));
            throw new StartFailure(2, log.text());
        }
        Settings settings = new Settings(config, rules(start, path, config, log));
        PrometheusServer server = new PrometheusServer(start, flags, log, settings);
        log.info("main.go:1392", "msg=\"Completed loading of configuration file\" filename=" + path);
        log.info("main.go:1123", "msg=\"Server is ready to receive web requests.\"");
        return server;
    }

    private static PrometheusConfig config(Start start, String path) throws BadConfig {
        boolean mounted = start.container().getVolumeMounts().stream()
                .anyMatch(mount -> path.equals(mount.getMountPath()) || path.startsWith(mount.getMountPath() + "/"));
        boolean shipped = !mounted && path.equals("/etc/prometheus/prometheus.yml");
        ConfigReader reader = new ConfigReader(start.files());
        return shipped && start.files().read(path).isEmpty() ? reader.parse(path, DEFAULT_CONFIG) : reader.read(path);
    }

    private static List<Rule.Group> rules(Start start, String path, PrometheusConfig config, Log log)
            throws StartFailure {
        try {
            return readRules(start, path, config);
        } catch (BadConfig e) {
            log.error(
                    "manager.go:1005",
                    "component=\"rule manager\" msg=\"loading groups failed\" err=" + Log.quoted(e.getMessage()));
            log.error(
                    "main.go:1279",
                    "err="
                            + Log.quoted("error loading config from \"" + path
                                    + "\": one or more errors occurred while applying the new configuration (--config.file=\""
                                    + path
                                    + "\")"));
            throw new StartFailure(1, log.text());
        }
    }

    private static List<Rule.Group> readRules(Start start, String path, PrometheusConfig config) throws BadConfig {
        String directory = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "/prometheus";
        return new RuleReader(start.files(), directory, config.evaluationInterval()).read(config.ruleFiles());
    }

    @Override
    public boolean listens(int port) {
        return port == flags.port();
    }

    @Override
    public Reply answer(int port, Request request) {
        return request.path().equals("/-/reload") ? reload(request) : api.answer(request);
    }

    private Reply reload(Request request) {
        if (!flags.on("web.enable-lifecycle")) {
            return Json.text(403, "Lifecycle API is not enabled.");
        }
        if (!request.method().equals("POST") && !request.method().equals("PUT")) {
            return Json.text(405, "Only POST or PUT requests allowed");
        }
        String path = flags.value("config.file", "prometheus.yml");
        try {
            PrometheusConfig config = config(start, path);
            engine.run(new Settings(config, readRules(start, path, config)));
            log.info("main.go:1392", "msg=\"Completed loading of configuration file\" filename=" + path);
            return Json.text(200, "");
        } catch (NotSimulated e) {
            return Json.text(501, e.getMessage() + "\n");
        } catch (BadConfig e) {
            log.error("main.go:1038", "msg=\"Error reloading config\" err=" + Log.quoted(e.getMessage()));
            return Json.text(
                    500,
                    "failed to reload config: couldn't load configuration (--config.file=\"" + path + "\"): "
                            + e.getMessage() + "\n");
        }
    }

    @Override
    public CommandResult run(String command) throws Target.CommandNotRun {
        return shell.run(command);
    }

    @Override
    public String log() {
        return log.text();
    }

    @Override
    public OptionalInt exitCode() {
        return OptionalInt.empty();
    }

    @Override
    public void close() {
        engine.close();
        snapshot.save(store);
    }
}
