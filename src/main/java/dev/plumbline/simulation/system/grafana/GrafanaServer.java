package dev.plumbline.simulation.system.grafana;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.ImageModel.Start;
import dev.plumbline.simulation.ImageModel.StartFailure;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.shell.Shell;
import dev.plumbline.simulation.system.Images;
import dev.plumbline.simulation.system.exporter.MetricTable;
import dev.plumbline.simulation.system.grafana.Access.Role;
import dev.plumbline.timing.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;

/** A running Grafana. */
final class GrafanaServer implements Program {

    private final MetricTable table = MetricTable.of("go-process");
    private final Clock clock;
    private final Instant started;
    private final int port;
    private final String version;
    private final Log log;
    private final Access access;
    private final Provisioning provisioning;
    private final GrafanaApi api;
    private final Shell shell;

    private GrafanaServer(Start start, Log log) throws StartFailure {
        this.clock = start.world().clock();
        this.shell = Shell.of(start);
        this.started = clock.instant();
        this.port = Integer.parseInt(start.env().getOrDefault("GF_SERVER_HTTP_PORT", "3000"));
        this.version = Images.version(start.container().getImage(), "12.2.1");
        this.log = log;
        log.line("settings", "info", "msg=\"Starting Grafana\" version=" + version);
        this.access = new Access(start.env(), start.files());
        this.provisioning = new Provisioning(start, log);
        Upstream upstream =
                new Upstream(start.world(), start.pod().getMetadata().getNamespace());
        this.api = new GrafanaApi(provisioning, upstream, new DataQueries(provisioning, upstream, clock), version);
        provisioning.dashboards();
        log.line("provisioning.dashboard", "info", "msg=\"finished to provision dashboards\"");
        log.line("http.server", "info", "msg=\"HTTP Server Listen\" address=[::]:" + port + " protocol=http");
    }

    static GrafanaServer start(Start start) throws StartFailure {
        return new GrafanaServer(start, new Log(start.world().clock()));
    }

    @Override
    public boolean listens(int asked) {
        return asked == port;
    }

    @Override
    public Reply answer(int asked, Request request) {
        switch (request.path().replaceFirst("\\?.*$", "")) {
            case "/api/health":
                return Json.reply(
                        200,
                        Json.object()
                                .put("commit", "simulated")
                                .put("database", "ok")
                                .put("version", version));
            case "/healthz":
                return Json.html("Ok");
            case "/login":
                return Json.html("<!DOCTYPE html><html><head><title>Grafana</title></head></html>");
            case "/metrics":
                return metrics();
            default:
                return letIn(request);
        }
    }

    private Reply letIn(Request request) {
        Role role = access.of(request);
        if (role == Role.WRONG_PASSWORD) {
            return Json.error(401, "password-auth.failed", "Invalid username or password");
        }
        if (role == Role.NOBODY) {
            return Json.error(401, "auth.unauthorized", "Unauthorized");
        }
        return api.answer(role, request);
    }

    private Reply metrics() {
        Instant now = clock.instant();
        double seconds = Duration.between(started, now).toMillis() / 1000.0;
        Map<String, Double> numbers =
                Map.of("now", now.toEpochMilli() / 1000.0, "start", started.toEpochMilli() / 1000.0);
        String own = "# TYPE grafana_build_info gauge\ngrafana_build_info{edition=\"oss\",version=\"" + version
                + "\"} 1\n# TYPE grafana_stat_totals_dashboard gauge\ngrafana_stat_totals_dashboard "
                + provisioning.dashboards().size() + "\n";
        return MetricTable.reply(table.page(seconds, numbers, Map.of()) + own);
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
        // Everything of it comes from files.
    }
}
