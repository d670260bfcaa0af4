package dev.plumbline.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Grafana wants of dashboards that lie in files, and what people want of them. */
final class DashboardRules {

    private static final Pattern RELATIVE = Pattern.compile("now-(\\d+)([smhdwMy])(?:/[mhdwMy])?");
    private static final Map<String, Double> HOURS =
            Map.of("s", 1 / 3600.0, "m", 1 / 60.0, "h", 1.0, "d", 24.0, "w", 168.0, "M", 720.0, "y", 8760.0);
    private static final double A_DAY = 24;
    /** Panels whose numbers mean nothing without a unit. */
    private static final Set<String> WITH_UNIT = Set.of("timeseries", "stat", "gauge", "bargauge", "barchart");

    private DashboardRules() {}

    /** Without these Grafana does not load a dashboard. */
    static List<Rule> needed() {
        return List.of(
                new DashboardRule(
                        "dashboard-files-are-bare",
                        "A dashboard file holds the dashboard itself: file provisioning refuses one inside of"
                                + " \"dashboard\", or without a title.",
                        DashboardRules::bare),
                new DashboardRule(
                        "dashboards-are-told-apart",
                        "Each dashboard has a uid and a title that no other has.",
                        DashboardRules::toldApart));
    }

    /** A matter of taste elsewhere: asked for by name. */
    static List<Rule> wished() {
        return List.of(
                new DashboardRule(
                        "dashboards-look-back-a-day",
                        "A dashboard starts with at most a day, so that opening it costs little.",
                        DashboardRules::aDay),
                new DashboardRule(
                        "dashboards-can-be-read",
                        "Dashboards refresh by themselves, panels have titles, and numbers units.",
                        DashboardRules::readable));
    }

    private static List<Finding> bare(Rule rule, List<Dashboard> dashboards) {
        List<Finding> findings = new ArrayList<>();
        for (Dashboard dashboard : dashboards) {
            if (dashboard.wrapped()) {
                findings.add(dashboard.finding(
                        rule,
                        List.of("dashboard"),
                        "it stands inside of \"dashboard\", as for the HTTP API: Grafana loads no such file"
                                + " (\"Dashboard title cannot be empty\")",
                        Severity.ERROR));
            } else if (dashboard.title().isBlank()) {
                findings.add(dashboard.finding(rule, List.of(), "it has no title", Severity.ERROR));
            }
        }
        return findings;
    }

    private static List<Finding> toldApart(Rule rule, List<Dashboard> dashboards) {
        List<Finding> findings = new ArrayList<>();
        Map<String, Dashboard> known = new HashMap<>();
        for (Dashboard dashboard : dashboards) {
            for (String field : List.of("uid", "title")) {
                String value = field.equals("uid") ? dashboard.uid() : dashboard.title();
                Dashboard first = value.isBlank() ? null : known.putIfAbsent(field + value, dashboard);
                String problem = value.isBlank()
                        ? "it has no " + field
                        : first == null
                                ? ""
                                : field + " \"" + value + "\" is that of "
                                        + first.text().file() + " too";
                if (!problem.isEmpty()) {
                    findings.add(dashboard.finding(rule, List.of(field), problem, Severity.ERROR));
                }
            }
        }
        return findings;
    }

    private static List<Finding> aDay(Rule rule, List<Dashboard> dashboards) {
        List<Finding> findings = new ArrayList<>();
        for (Dashboard dashboard : dashboards) {
            String from =
                    String.valueOf(Manifest.map(dashboard.model().get("time")).get("from"));
            Matcher relative = RELATIVE.matcher(from);
            boolean little = relative.matches()
                    && Integer.parseInt(relative.group(1)) * HOURS.getOrDefault(relative.group(2), A_DAY) <= A_DAY;
            if (!little) {
                findings.add(dashboard.finding(
                        rule,
                        List.of("time", "from"),
                        "time.from is " + from + ", expected now-24h or less",
                        Severity.ERROR));
            }
        }
        return findings;
    }

    private static List<Finding> readable(Rule rule, List<Dashboard> dashboards) {
        List<Finding> findings = new ArrayList<>();
        for (Dashboard dashboard : dashboards) {
            if (!(dashboard.model().get("refresh") instanceof String refresh) || refresh.isBlank()) {
                findings.add(dashboard.finding(rule, List.of("refresh"), "it does not refresh", Severity.ERROR));
            }
            for (Dashboard.Panel panel : dashboard.panels()) {
                Object defaults = Manifest.map(panel.json().get("fieldConfig")).get("defaults");
                if (!(panel.json().get("title") instanceof String title) || title.isBlank()) {
                    findings.add(
                            dashboard.finding(rule, panel.path(), panel.title() + " has no title", Severity.ERROR));
                } else if (WITH_UNIT.contains(panel.type())
                        && !Manifest.map(defaults).containsKey("unit")) {
                    findings.add(dashboard.finding(rule, panel.path(), panel.title() + " has no unit", Severity.ERROR));
                }
            }
        }
        return findings;
    }
}
