package dev.plumbline.simulation.system.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.simulation.system.prometheus.Engine.GroupState;
import dev.plumbline.simulation.system.prometheus.RuleState.Alert;
import dev.plumbline.simulation.system.prometheus.promql.Numbers;
import java.time.Instant;
import java.util.Optional;

/** What the server says of its targets, rules, alerts and of itself. */
final class Status {

    private static final String NEVER = "0001-01-01T00:00:00Z";

    private final Engine engine;
    private final Flags flags;
    private final String version;
    private final Instant started;

    Status(Engine engine, Flags flags, String version, Instant started) {
        this.engine = engine;
        this.flags = flags;
        this.version = version;
        this.started = started;
    }

    Optional<JsonNode> answer(String path, Parameters parameters) {
        return switch (path) {
            case "/api/v1/targets" -> Optional.of(targets(parameters.text("state"), parameters.text("scrapePool")));
            case "/api/v1/scrape_pools" -> Optional.of(pools());
            case "/api/v1/rules" -> Optional.of(rules(parameters.text("type")));
            case "/api/v1/alerts" -> Optional.of(alerts());
            case "/api/v1/alertmanagers" -> Optional.of(alertmanagers());
            case "/api/v1/status/config" ->
                Optional.of(Json.object().put("yaml", engine.config().text()));
            case "/api/v1/status/flags" -> Optional.of(Json.object(flags.values()));
            case "/api/v1/status/buildinfo" -> Optional.of(build());
            case "/api/v1/status/runtimeinfo" -> Optional.of(runtime());
            default -> Optional.empty();
        };
    }

    private JsonNode targets(String state, String only) {
        ObjectNode data = Json.object();
        ArrayNode active = data.putArray("activeTargets");
        ArrayNode dropped = data.putArray("droppedTargets");
        ObjectNode counts = data.putObject("droppedTargetCounts");
        for (ScrapePool pool : engine.pools()) {
            if (!only.isEmpty() && !only.equals(pool.job().name())) {
                continue;
            }
            counts.put(pool.job().name(), pool.dropped().size());
            if (!state.equals("dropped")) {
                pool.active().forEach(target -> add(active, pool, target));
            }
            if (!state.equals("active")) {
                pool.dropped()
                        .forEach(labels -> dropped.addObject().set("discoveredLabels", Json.object(labels.asMap())));
            }
        }
        return data;
    }

    private static void add(ArrayNode targets, ScrapePool pool, ScrapeTarget target) {
        ScrapeTarget.Last last = target.last();
        ObjectNode node = targets.addObject();
        node.set("discoveredLabels", Json.object(target.discovered().asMap()));
        node.set("labels", Json.object(target.labels().asMap()));
        node.put("scrapePool", pool.job().name());
        node.put("scrapeUrl", target.url().toString());
        node.put("globalUrl", target.url().toString());
        node.put("lastError", last.error());
        node.put("lastScrape", time(last.at()));
        node.put("lastScrapeDuration", last.seconds());
        node.put("health", last.health());
        node.put("scrapeInterval", DurationText.of(pool.job().interval()));
        node.put("scrapeTimeout", DurationText.of(pool.job().timeout()));
    }

    private JsonNode pools() {
        ObjectNode data = Json.object();
        ArrayNode names = data.putArray("scrapePools");
        engine.pools().forEach(pool -> names.add(pool.job().name()));
        return data;
    }

    private JsonNode rules(String type) {
        ObjectNode data = Json.object();
        ArrayNode groups = data.putArray("groups");
        for (GroupState state : engine.groups()) {
            ObjectNode group = groups.addObject();
            group.put("name", state.group().name());
            group.put("file", state.group().file());
            ArrayNode rules = group.putArray("rules");
            for (RuleState rule : state.rules()) {
                if (type.isEmpty() || type.equals("alert") == rule.rule().alerting()) {
                    rules.add(rule(rule));
                }
            }
            group.put("interval", state.group().interval().toMillis() / 1000.0);
            group.put("limit", 0).put("evaluationTime", 0.001);
            group.put(
                    "lastEvaluation",
                    state.rules().isEmpty()
                            ? NEVER
                            : time(state.rules().get(0).last().at()));
        }
        return data;
    }

    private static ObjectNode rule(RuleState state) {
        Rule rule = state.rule();
        ObjectNode node = Json.object();
        if (rule.alerting()) {
            node.put("state", state.state());
        }
        node.put("name", rule.name()).put("query", rule.query());
        if (rule.alerting()) {
            node.put("duration", rule.hold().toMillis() / 1000.0).put("keepFiringFor", 0);
        }
        node.set("labels", Json.object(rule.labels()));
        if (rule.alerting()) {
            node.set("annotations", Json.object(rule.annotations()));
            ArrayNode alerts = node.putArray("alerts");
            state.alerts().forEach(alert -> alerts.add(alert(alert)));
        }
        node.put("health", state.last().health());
        if (!state.last().error().isEmpty()) {
            node.put("lastError", state.last().error());
        }
        node.put("evaluationTime", 0.0005);
        node.put("lastEvaluation", time(state.last().at()));
        return node.put("type", rule.alerting() ? "alerting" : "recording");
    }

    private static ObjectNode alert(Alert alert) {
        ObjectNode node = Json.object();
        node.set("labels", Json.object(alert.labels().asMap()));
        node.set("annotations", Json.object(alert.annotations()));
        node.put("state", alert.state()).put("activeAt", time(alert.activeAt()));
        return node.put("value", Numbers.text(alert.value()));
    }

    private JsonNode alerts() {
        ObjectNode data = Json.object();
        ArrayNode alerts = data.putArray("alerts");
        engine.groups().stream()
                .flatMap(group -> group.rules().stream())
                .flatMap(rule -> rule.alerts().stream())
                .forEach(alert -> alerts.add(alert(alert)));
        return data;
    }

    private JsonNode alertmanagers() {
        ObjectNode data = Json.object();
        ArrayNode active = data.putArray("activeAlertmanagers");
        engine.config().alertmanagers().stream()
                .flatMap(group -> group.addresses().stream())
                .forEach(address -> active.addObject().put("url", "http://" + address + "/api/v2/alerts"));
        data.putArray("droppedAlertmanagers");
        return data;
    }

    private JsonNode build() {
        return Json.object()
                .put("version", version)
                .put("revision", "simulated")
                .put("branch", "HEAD")
                .put("buildUser", "simulated")
                .put("buildDate", "20241104-14:00:00")
                .put("goVersion", "go1.22.9");
    }

    private JsonNode runtime() {
        return Json.object()
                .put("startTime", time(started))
                .put("CWD", "/prometheus")
                .put("reloadConfigSuccess", true)
                .put("lastConfigTime", time(engine.configuredAt()))
                .put("corruptionCount", 0)
                .put("goroutineCount", 40)
                .put("GOMAXPROCS", 2)
                .put("GOMEMLIMIT", Long.MAX_VALUE)
                .put("GOGC", "75")
                .put("GODEBUG", "")
                .put("storageRetention", flags.value("storage.tsdb.retention.time", "15d"));
    }

    private static String time(Instant instant) {
        return instant.equals(Instant.EPOCH) ? NEVER : instant.toString();
    }
}
