package dev.plumbline.steps;

import dev.plumbline.policy.Finding;
import dev.plumbline.policy.PolicyReport;
import dev.plumbline.policy.Rule;
import dev.plumbline.policy.Rules;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.NotMeasured;
import io.cucumber.java.en.Then;
import java.util.List;
import java.util.stream.Collectors;

/** Rules on manifests as they stand in files; no cluster is looked at. */
public final class PolicySteps {

    private final StaticManifests manifests;
    private final Judge judge;

    public PolicySteps(StaticManifests manifests, Judge judge) {
        this.manifests = manifests;
        this.judge = judge;
    }

    @Then("the manifests of {string} follow the rule {string}")
    @Sentence(
            value = "No file of manifests/<name> breaks the rule: schema, no-secret-in-clear-text, pruning-is-on,"
                    + " helm-drift-is-corrected, metrics-are-exported, dashboard-files-are-bare,"
                    + " dashboards-are-told-apart, dashboards-look-back-a-day or dashboards-can-be-read.",
            examples = "the manifests of \"gitops-plan\" follow the rule \"no secret in clear text\"")
    public void follow(String name, String ruleName) {
        Rule rule = Rules.named(ruleName)
                .orElseThrow(() -> new NotMeasured("there is no rule \"" + ruleName + "\", there are "
                        + Rules.all().stream().map(Rule::name).collect(Collectors.joining(", "))));
        PolicyReport report = manifests.report(name, List.of(rule));
        if (report.concerned() == 0) {
            throw new NotMeasured("nothing selected: the rule " + rule.name() + " concerns nothing in " + name);
        }
        String subject = "the manifests of \"" + name + "\"";
        String found = report.findings().stream().map(Finding::toString).collect(Collectors.joining("; "));
        judge.file(manifests.judged(
                !report.refused(),
                subject,
                report.refused()
                        ? found
                        : subject + " follow " + rule.name() + ": " + report.files() + " files, " + report.concerned()
                                + " objects or texts",
                new Measurement(
                        "findings",
                        report.findings().size(),
                        "findings",
                        new Measurement.Limit("==", 0),
                        judge.clock())));
    }
}
