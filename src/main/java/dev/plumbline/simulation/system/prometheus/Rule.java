package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.system.prometheus.promql.Expr;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A recording or alerting rule.
 *
 * @param name of the new series, or of the alert
 * @param query as it was written
 * @param hold how long an alert is pending before it fires
 */
record Rule(
        boolean alerting,
        String name,
        String query,
        Expr expr,
        Duration hold,
        Map<String, String> labels,
        Map<String, String> annotations) {

    /** Rules that are evaluated one after another. */
    record Group(String name, String file, Duration interval, List<Rule> rules) {}
}
