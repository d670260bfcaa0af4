package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Second attempts and accepted failures, through the command line. */
class AttemptsAndWaiversTest {

    private static final String HOLDS = "Then Namespace \"default\" in namespace \"default\" exists within 1 second";
    private static final String FAILS = HOLDS.replace("exists", "does not exist");
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

    @TempDir
    private java.nio.file.Path directory;

    private Bench bench;

    @BeforeEach
    void openABench() {
        bench = new Bench(directory);
    }

    @Test
    void aPassOnTheSecondAttemptIsFlakyAndBothAreKept() throws Exception {
        bench.feature("Feature: F\n  @criterion:X-01\n  Rule: R\n    Scenario: S\n      " + HOLDS + "\n");

        Bench.Run run = unreachableInTheFirstScenario().verify("--attempts", "2");

        assertThat(run.exitCode()).as(run.said()).isEqualTo(1);
        JsonNode statement = run.statement();
        assertThat(statement.path("conformance").asText()).isEqualTo("non-conformant");
        assertThat(statement.at("/criteria/0/verdict").asText()).isEqualTo("FLAKY");
        assertThat(statement.at("/criteria/0/scenarios/0/attempts").intValue()).isEqualTo(2);
        assertThat(statement.at("/criteria/0/reason").asText())
                .startsWith("attempts differ: INCONCLUSIVE PASS; first not passed: ");
        assertThat(run.file("index.html")).contains("Attempt 1 ", "Attempt 2 ");
        assertThat(run.file("junit.xml")).contains("attempt 1: INCONCLUSIVE: ", "attempt 2: PASS: ", "type=\"FLAKY\"");
        assertThat(run.allure()).contains("\"Attempt 1: INCONCLUSIVE\"", "\"Attempt 2: PASS\"", "\"flaky\":true");
        assertThat(run.out()).contains("again          X-01  attempt 1 ended as INCONCLUSIVE");
    }

    @Test
    void anAttemptFindsTheClusterAsTheFirstDid() throws Exception {
        bench.manifest(
                "settings",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: default}\ndata: {color: red}\n");
        bench.feature("Feature: F\n  @criterion:X-01 @changes-cluster\n  Rule: R\n    Scenario: S\n"
                + "      Then ConfigMap \"settings\" in namespace \"default\" does not exist within 1 second\n"
                + "      Given the manifests in \"DIR/settings\" are applied\n"
                + "      Then ConfigMap \"settings\" in namespace \"default\" has \".data.color\" equal to \"blue\""
                + " within 1 second\n");

        JsonNode scenario = bench.verify("--attempts", "3").statement().at("/criteria/0/scenarios/0");

        // Had an attempt found what the one before it made, its first step would have failed in other words.
        assertThat(scenario.path("verdict").asText()).isEqualTo("FAIL");
        assertThat(scenario.path("attempts").intValue()).isEqualTo(3);
        assertThat(bench.last()
                        .file("junit.xml")
                        .split("attempt [123]: FAIL: ConfigMap \"settings\" in namespace"
                                + " \"default\" .data.color was red"))
                .hasSize(4);
    }

    @ParameterizedTest(name = "a waiver that ends {0} days from now: {1}")
    @CsvSource({"-1, FAIL, 1", "0, WAIVED, 0", "14, WAIVED, 0", "15, WAIVED, 0"})
    void aWaiverHoldsThroughItsLastDay(int days, String verdict, int exitCode) throws Exception {
        bench.feature("Feature: F\n  @criterion:X-01\n  Rule: R\n    Scenario: S\n      " + FAILS + "\n"
                + "    Scenario: T\n      " + HOLDS + "\n");
        LocalDate end = TODAY.plusDays(days);
        bench.profile(waiver("X-01", end));

        Bench.Run run = bench.verify("--profile", "DIR/profile.yaml");

        assertThat(run.exitCode()).as(run.said()).isEqualTo(exitCode);
        JsonNode criterion = run.statement().at("/criteria/0");
        assertThat(criterion.path("verdict").asText()).isEqualTo(verdict);
        assertThat(criterion.at("/scenarios/0/verdict").asText()).isEqualTo(verdict);
        assertThat(criterion.at("/scenarios/1/verdict").asText()).isEqualTo("PASS");
        assertThat(criterion.path("reason").asText())
                .startsWith(days < 0 ? "the waiver expired on " + end : "waived until " + end)
                .contains("owner ops (new disk is ordered): ", "expected not there");
        assertThat(run.remarks().contains("profile.yaml:2: the waiver of X-01 ends on " + end + ", owner ops"))
                .isEqualTo(days >= 0 && days <= 14);
        assertThat(run.out().contains("REMARK")).isEqualTo(days >= 0 && days <= 14);
    }

    @Test
    void aWaiverThatCoversNothingIsRemarkedUpon() throws Exception {
        bench.feature("Feature: F\n  @criterion:X-01\n  Rule: R\n    Scenario: S\n      " + HOLDS + "\n"
                + "  @criterion:X-02 @other\n  Rule: Q\n    Scenario: S\n      " + HOLDS + "\n");
        bench.profile(waiver("X-01", TODAY) + waiver("X-02", TODAY) + waiver("NO-SUCH-01", TODAY));

        Bench.Run run = bench.verify("--profile", "DIR/profile.yaml", "--tags", "not @other");

        assertThat(run.exitCode()).isZero();
        assertThat(run.remarks())
                .contains("profile.yaml:4: the waiver of NO-SUCH-01 covers nothing: no rule")
                .contains("profile.yaml:2: the waiver of X-01 is not needed: it passed; remove it")
                .doesNotContain("X-02");
        assertThat(run.file("index.html")).contains("NO-SUCH-01", "is not needed");
    }

    @Test
    void aWaiverCoversNeitherFlakyNorInconclusive() throws Exception {
        bench.feature("Feature: F\n  @criterion:X-01\n  Rule: R\n    Scenario: S\n      " + HOLDS + "\n"
                + "  @criterion:X-02\n  Rule: Q\n    Scenario: S\n"
                + "      Then every pod in namespace \"default\" is ready within 1 second\n");
        bench.profile(waiver("X-01", TODAY) + waiver("X-02", TODAY));

        Bench.Run run = unreachableInTheFirstScenario().verify("--attempts", "2", "--profile", "DIR/profile.yaml");

        assertThat(run.exitCode()).as(run.said()).isEqualTo(1);
        assertThat(run.statement().at("/criteria/0/verdict").asText()).isEqualTo("FLAKY");
        assertThat(run.statement().at("/criteria/1/verdict").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(run.remarks())
                .contains("X-01 does not cover FLAKY, only FAIL", "X-02 does not cover INCONCLUSIVE, only FAIL");
    }

    @Test
    void oneThatIsWorseThanTheAcceptedFailureIsNotCovered() throws Exception {
        bench.feature("Feature: F\n  @criterion:X-01\n  Rule: R\n    Scenario: S\n      " + FAILS + "\n"
                + "    Scenario: T\n      Then every pod in namespace \"default\" is ready within 1 second\n");
        bench.profile(waiver("X-01", TODAY));

        Bench.Run run = bench.verify("--profile", "DIR/profile.yaml");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.statement().at("/criteria/0/verdict").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(run.statement().at("/criteria/0/scenarios/0/verdict").asText())
                .isEqualTo("WAIVED");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {criterion: X-01, owner: ops, expires: 2027-01-31}                        | waivers[0] has no reason
            {criterion: X-01, reason: known, expires: 2027-01-31}                     | waivers[0] has no owner
            {criterion: X-01, reason: known, owner: ops}                              | waivers[0] has no expires
            {criterion: X-01, reason: known, owner: '', expires: 2027-01-31}          | waivers[0].owner should be a text
            {criterion: X-01, reason: known, owner: ops, expires: 31.1.2027}          | expected a day such as 2027-01-31
            {criterion: X-01, reason: known, owner: ops, expires: 2027-02-30}         | expected a day such as 2027-01-31
            {criterion: X-01, reason: known, owner: ops, expires: 2027-01-31, id: 7}  | unknown key waivers[0].id
            """)
    void aWaiverNeedsReasonOwnerAndExpiry(String entry, String problem) throws IOException {
        bench.feature("Feature: F\n  @criterion:X-01\n  Rule: R\n    Scenario: S\n      " + HOLDS + "\n");
        bench.profile("  - " + entry + "\n");

        Bench.Run run = bench.verify("--profile", "DIR/profile.yaml");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("profile.yaml:2: ").contains(problem);
        assertThat(Files.exists(directory.resolve("reports"))).isFalse();
    }

    private Bench unreachableInTheFirstScenario() {
        bench.faults().unreachableUntilArrival("default", 2);
        return bench;
    }

    private static String waiver(String criterion, LocalDate end) {
        return "  - {criterion: " + criterion + ", reason: new disk is ordered, owner: ops, expires: " + end + "}\n";
    }
}
