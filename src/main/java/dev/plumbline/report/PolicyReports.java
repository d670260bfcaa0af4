package dev.plumbline.report;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.plumbline.criterion.Tier;
import dev.plumbline.verdict.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code openreports.yaml} and {@code policyreport.yaml}: the run as an object of a cluster, so that dashboards which show
 * policy reports can show it. Both kinds have the same fields; a cluster mostly has one of them.
 */
final class PolicyReports {

    private static final List<String> RESULTS = List.of("pass", "fail", "warn", "error", "skip");

    private final RunRecord run;
    private final StringBuilder yaml = new StringBuilder();

    private PolicyReports(RunRecord run) {
        this.run = run;
    }

    /** https://openreports.io, v1alpha1. */
    static String openReports(RunRecord run) {
        return new PolicyReports(run).yaml("openreports.io/v1alpha1", "ClusterReport");
    }

    /** https://github.com/kubernetes-sigs/wg-policy-prototypes, v1alpha2. */
    static String policyReport(RunRecord run) {
        return new PolicyReports(run).yaml("wgpolicyk8s.io/v1alpha2", "ClusterPolicyReport");
    }

    private String yaml(String version, String kind) {
        if (run.simulated()) {
            yaml.append("# SIMULATED. ").append(Phrases.SIMULATED).append('\n');
        }
        line(0, "apiVersion: " + version);
        line(0, "kind: " + kind);
        line(0, "metadata:");
        line(1, "name: plumbline-" + run.target());
        line(1, "labels:");
        line(2, "app.kubernetes.io/managed-by: plumbline");
        if (version.startsWith("openreports")) {
            line(0, "source: plumbline");
        }
        line(0, "summary:");
        RESULTS.forEach(word -> line(
                1,
                word + ": "
                        + run.criteria().stream()
                                .filter(each -> result(each.verdict()).equals(word))
                                .count()));
        line(0, run.criteria().isEmpty() ? "results: []" : "results:");
        run.criteria().forEach(this::result);
        return yaml.toString();
    }

    private void result(CriterionResult result) {
        line(0, "- source: plumbline");
        line(1, "policy: " + quoted(result.criterion().document()));
        line(1, "rule: " + quoted(result.criterion().id()));
        line(1, "category: " + quoted(result.criterion().document()));
        line(1, "severity: " + severity(result.criterion().tier()));
        line(1, "result: " + result(result.verdict()));
        line(1, "scored: " + (result.verdict() != Verdict.WAIVED));
        line(1, "timestamp:");
        line(2, "seconds: " + run.finished().getEpochSecond());
        line(2, "nanos: 0");
        line(1, "message: " + quoted(result.criterion().text() + ": " + result.verdict() + ": " + result.reason()));
        line(1, "properties:");
        properties(result).forEach((name, value) -> line(2, name + ": " + quoted(value)));
    }

    private Map<String, String> properties(CriterionResult result) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("verdict", result.verdict().name());
        properties.put("tier", result.criterion().tier().word());
        properties.put("target", run.target());
        properties.put("simulated", String.valueOf(run.simulated()));
        Headline.of(result).ifPresent(measurement -> properties.put("measured", Phrases.measured(measurement)));
        result.waiver().ifPresent(waiver -> properties.put("waiver", waiver.reason() + ", until " + waiver.expires()));
        return properties;
    }

    /** A blocked criterion could not be evaluated; what nobody asked of this target was skipped. */
    private static String result(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "pass";
            case FAIL, FLAKY -> "fail";
            case WAIVED -> "warn";
            case INCONCLUSIVE, BLOCKED -> "error";
            case NOT_APPLICABLE, PENDING, UNPROVEN -> "skip";
        };
    }

    private static String severity(Tier tier) {
        return switch (tier) {
            case CORE -> "high";
            case EXTENDED -> "medium";
            case HOMELAB -> "low";
        };
    }

    private void line(int depth, String text) {
        yaml.append("  ".repeat(depth)).append(text).append('\n');
    }

    /** A string of JSON is one of YAML when all in it can be printed. */
    private static String quoted(String text) {
        String printable = JUnitXml.legal(text).replaceAll("[\\x{7F}-\\x{9F}\\x{2028}\\x{2029}\\x{FEFF}]", "");
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(printable)) + "\"";
    }
}
