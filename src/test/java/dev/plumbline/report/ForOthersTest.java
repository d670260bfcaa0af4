package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in the forms of dashboards and CI servers. */
class ForOthersTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    Path folder;

    @Test
    void bothPolicyReportsSayEachVerdictInTheirFiveWords() throws IOException {
        String text = PolicyReports.openReports(SampleRecords.eachVerdict());
        JsonNode report = YAML.readTree(text);

        assertThat(text).startsWith("# SIMULATED");
        assertThat(report.path("apiVersion").asText()).isEqualTo("openreports.io/v1alpha1");
        assertThat(report.path("kind").asText()).isEqualTo("ClusterReport");
        assertThat(report.path("metadata").path("name").asText()).isEqualTo("plumbline-simulated");
        assertThat(report.path("summary").toString())
                .isEqualTo("{\"pass\":1,\"fail\":2,\"warn\":1,\"error\":2,\"skip\":3}");
        assertThat(report.path("results").findValuesAsText("result"))
                .containsExactly("fail", "fail", "error", "error", "warn", "pass", "skip", "skip", "skip");
        JsonNode failed = report.path("results").get(0);
        assertThat(failed.path("message").asText()).contains("FAIL: Deployment \"web\" in namespace \"shop\"");
        assertThat(failed.path("properties").path("measured").asText()).startsWith("waited 312 s");

        JsonNode old = YAML.readTree(PolicyReports.policyReport(SampleRecords.eachVerdict()));
        assertThat(old.path("apiVersion").asText()).isEqualTo("wgpolicyk8s.io/v1alpha2");
        assertThat(old.path("kind").asText()).isEqualTo("ClusterPolicyReport");
        assertThat(old.path("results")).isEqualTo(report.path("results"));
    }

    /** The fields of both kinds; an API server drops or refuses any other. */
    @Test
    void aPolicyReportHasNoFieldThatItsKindDoesNotKnow() throws IOException {
        JsonNode report = YAML.readTree(PolicyReports.openReports(SampleRecords.eachVerdict()));

        assertThat(report.fieldNames())
                .toIterable()
                .isSubsetOf(Set.of("apiVersion", "kind", "metadata", "source", "summary", "results"));
        assertThat(report.path("results")).allSatisfy(result -> {
            assertThat(result.fieldNames())
                    .toIterable()
                    .isSubsetOf(Set.of(
                            "source",
                            "policy",
                            "rule",
                            "category",
                            "severity",
                            "result",
                            "scored",
                            "timestamp",
                            "message",
                            "properties"));
            assertThat(result.path("severity").asText()).isIn("critical", "high", "medium", "low", "info");
            assertThat(result.path("properties")).allMatch(JsonNode::isTextual);
        });
    }

    @Test
    void whateverWasSeenIsYaml() throws IOException {
        String evil = "\"a\": [\u0000\u0085\u009b\uFEFF\u2028\uD800 # - 'x' \\ \t\n---\n\uD83D\uDE00";
        CriterionResult result = SampleRecords.criterion("X-1", "d", Verdict.FAIL, evil);
        RunRecord run = SampleRecords.run(false, List.of(result), List.of(), Optional.empty());

        assertThat(YAML.readTree(PolicyReports.openReports(run))
                        .at("/results/0/message")
                        .asText())
                .endsWith(": FAIL: \"a\": [ # - 'x' \\ \t\n---\n\uD83D\uDE00");
        assertThat(YAML.readTree(PolicyReports.openReports(SampleRecords.of())).path("results"))
                .isEmpty();
        for (long seed = 0; seed < 30; seed++) {
            RunRecord any = SampleRecords.seeded(seed);
            assertThat(YAML.readTree(PolicyReports.policyReport(any)).path("results"))
                    .hasSize(any.criteria().size());
        }
    }

    @Test
    void gitLabIsToldWhatDoesNotHoldWhereItRuns() throws IOException {
        RunRecord run = SampleRecords.eachVerdict();
        CiServer.in(Map.of()).tell(run, new Mask(), folder);
        assertThat(folder.resolve(CodeQuality.NAME)).doesNotExist();

        CiServer.in(Map.of("GITLAB_CI", "true")).tell(run, new Mask(), folder);
        JsonNode findings = new ObjectMapper().readTree(Files.readString(folder.resolve(CodeQuality.NAME)));

        assertThat(findings.findValuesAsText("check_name"))
                .containsExactly(
                        "SAMPLE-FAIL", "SAMPLE-FLAKY", "SAMPLE-INCONCLUSIVE", "SAMPLE-BLOCKED", "SAMPLE-WAIVED");
        JsonNode first = findings.get(0);
        assertThat(first.path("description").asText()).startsWith("SIMULATED: SAMPLE-FAIL FAIL: Deployment \"web\"");
        assertThat(first.path("severity").asText()).isIn("blocker", "critical");
        assertThat(first.at("/location/path").asText()).isEqualTo("features/gitops-plan/drift.feature");
        assertThat(first.at("/location/lines/begin").asInt()).isEqualTo(10);
        assertThat(Set.copyOf(findings.findValuesAsText("fingerprint"))).hasSize(5);
    }
}
