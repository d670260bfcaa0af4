package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.ImageModel.StartFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line of the server. */
record Flags(Map<String, String> values) {

    private static final Set<String> SWITCHES = Set.of(
            "web.enable-lifecycle",
            "web.enable-admin-api",
            "web.enable-remote-write-receiver",
            "storage.tsdb.no-lockfile",
            "storage.tsdb.wal-compression",
            "storage.tsdb.allow-overlapping-blocks",
            "agent");
    private static final Set<String> VALUED = Set.of(
            "config.file",
            "web.listen-address",
            "auto-gomemlimit.ratio",
            "web.config.file",
            "web.read-timeout",
            "web.max-connections",
            "web.external-url",
            "web.route-prefix",
            "web.user-assets",
            "web.console.templates",
            "web.console.libraries",
            "web.page-title",
            "web.cors.origin",
            "storage.tsdb.path",
            "storage.tsdb.retention",
            "storage.tsdb.retention.time",
            "storage.tsdb.retention.size",
            "storage.tsdb.min-block-duration",
            "storage.tsdb.max-block-duration",
            "storage.tsdb.wal-segment-size",
            "storage.remote.flush-deadline",
            "rules.alert.for-outage-tolerance",
            "rules.alert.for-grace-period",
            "rules.alert.resend-delay",
            "alertmanager.notification-queue-capacity",
            "query.lookback-delta",
            "query.timeout",
            "query.max-concurrency",
            "query.max-samples",
            "scrape.name-escaping-scheme",
            "enable-feature",
            "log.level",
            "log.format");

    /** @throws StartFailure for a flag that Prometheus does not know */
    static Flags parse(List<String> arguments) throws StartFailure {
        Map<String, String> values = new HashMap<>();
        List<String> left = new ArrayList<>(arguments);
        while (!left.isEmpty()) {
            String argument = left.remove(0);
            if (!argument.startsWith("--")) {
                throw refused("unexpected " + argument);
            }
            String[] pair = argument.substring(2).split("=", 2);
            String name = pair[0].startsWith("no-") ? pair[0].substring(3) : pair[0];
            if (SWITCHES.contains(name)) {
                values.put(name, Boolean.toString(!pair[0].startsWith("no-")));
            } else if (!VALUED.contains(pair[0])) {
                throw refused("unknown long flag '--" + pair[0] + "'");
            } else if (pair.length == 2) {
                values.put(name, pair[1]);
            } else if (left.isEmpty()) {
                throw refused("expected argument for flag '--" + pair[0] + "'");
            } else {
                values.put(name, left.remove(0));
            }
        }
        return new Flags(values);
    }

    private static StartFailure refused(String what) {
        return new StartFailure(
                2, "Error parsing command line arguments: " + what + "\nprometheus: error: " + what + "\n");
    }

    String value(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    boolean on(String name) {
        return value(name, "false").equals("true");
    }

    int port() {
        String address = value("web.listen-address", "0.0.0.0:9090");
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
}
