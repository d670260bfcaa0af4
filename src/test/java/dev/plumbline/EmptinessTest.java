package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Empty is not green: whatever selects nothing ends without a PASS, and says what was empty. */
class EmptinessTest {

    private static final String FILES = "src/test/resources/emptiness/";

    @TempDir
    private Path directory;

    /** Steps stand one after another between slashes; {@code world} brings in the manifests of that name. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            kind                  | world / Then Widget "x" in namespace "shop" does not exist within 2 seconds                        | serves no kind "Widget"
            namespace of an object that should be gone | world / Then ConfigMap "settings" in namespace "shpo" does not exist within 2 seconds | no namespace "shpo"
            namespace of a field  | world / Then ConfigMap "settings" in namespace "shpo" has ".data.color" equal to "blue" within 2 seconds | no namespace "shpo"
            namespace of a field that stays | world / Then ConfigMap "settings" in namespace "shpo" keeps ".data.color" equal to "blue" for 2 seconds | could not be observed
            namespace of pods     | world / Then every pod in namespace "shpo" is ready within 2 seconds                               | there is no pod
            namespace of a service | world / Then a GET of "/" on service "nobody:8080" in namespace "shpo" answers 200 within 2 seconds | no namespace "shpo"
            namespace without pods | world / Then every pod in namespace "bare" is ready within 2 seconds                              | there is no pod
            only completed pods   | world / Then every pod in namespace "done" is ready within 20 seconds                              | there is no pod
            name to change        | world / When someone changes ".data.color" of ConfigMap "setings" in namespace "shop" to "red"      | does not exist
            name to delete        | world / When someone deletes ConfigMap "setings" in namespace "shop"                                | does not exist
            name of a pod         | world / Then running "true" in pod "onc" in namespace "done" prints ""                              | onc
            name of a service     | world / Then a GET of "/" on service "nobdy:8080" in namespace "shop" answers 200 within 2 seconds  | no service "nobdy"
            selector of a service | world / Then a GET of "/" on service "nobody:8080" in namespace "shop" answers 200 within 2 seconds | no pod has the labels
            selector of nodes     | world / Then DaemonSet "nowhere" in namespace "bare" is rolled out within 5 seconds                 | no node is one
            no deletion before    | world / Then another pod "once" is ready within 2 seconds                                           | no pod was deleted
            metric                | prometheus / up / Then the PromQL query "sum(rate(uq[5m]))" on service "prometheus:9090" in namespace "default" returns data within 20 seconds | no series uq
            label of a metric     | prometheus / up / Then the PromQL query "up{job='prometeus'} == 1" on service "prometheus:9090" in namespace "default" returns data within 20 seconds | no series up{job='prometeus'}
            scalar of nothing     | prometheus / up / Then the PromQL query "scalar(uq)" on service "prometheus:9090" in namespace "default" returns data within 20 seconds | no series uq
            no dashboards         | dashboards/none / grafana / Then every panel of every dashboard on Grafana shows data at most 5 minutes old within 20 seconds | no dashboard has a panel
            dashboard without panels | dashboards/bare / grafana / Then every panel of every dashboard on Grafana shows data at most 5 minutes old within 20 seconds | the dashboard has no panel
            panel without targets | dashboards/unasked / grafana / Then every panel of every dashboard on Grafana shows data at most 5 minutes old within 20 seconds | the panel has no query
            titles of dashboards  | dashboards/bare / grafana / Then Grafana serves the dashboards " , " within 1 minute                | names no dashboard
            points of Qdrant      | When 0 points are written to Qdrant collection "c"                                                  | no points can be lost
            rows of PostgreSQL    | When 0 rows are written to table "t" of PostgreSQL pod "p" in namespace "shop"                      | no rows can be lost
            fields of a commit    | When a commit sets these fields in "apps"# !file!field!value!#                                      | has no row
            """)
    void whatSelectsNothingIsInconclusive(String empty, String steps, String reason) throws IOException {
        feature("  Rule: R\n    Scenario: S\n" + steps(steps));

        assertThat(exitCode()).as(empty).isEqualTo(3);
        JsonNode criterion = new ObjectMapper()
                .readTree(directory.resolve("reports/statement.json").toFile())
                .path("criteria")
                .path(0);
        assertThat(criterion.path("verdict").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(criterion.path("reason").asText()).contains(reason);
    }

    /** What is known to be empty before anything starts: 4 for a selection, 2 for input that can never mean anything. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tag that no scenario has       | 4 | --tags @nosuch          | Rule: R#Scenario: S#Given a step
            all scenarios of a rule filtered | 4 | --tags @wanted        | @wanted#Rule: Q#@unwanted#Rule: R#Scenario: S#PASSES
            feature without a rule         | 4 |                         | Background:#PASSES
            directory without features     | 4 | --features src/test/resources/emptiness | Rule: R
            rule without scenarios         | 4 |                         | Rule: R
            outline without examples       | 4 |                         | Rule: R#Scenario Outline: S#Then ConfigMap "<c>" in namespace "default" exists within 1 second#Examples:#!c!
            scenario without steps         | 2 |                         | Rule: R#Scenario: S
            directory without manifests    | 2 |                         | Rule: R#Scenario: S#Given the manifests in "src/test/resources/elsewhere/features" are applied
            """)
    void whatSelectsNothingBeforeTheRunEndsWithItsCode(String empty, int exitCode, String options, String text)
            throws IOException {
        feature(text.replace("PASSES", "Then Namespace \"default\" in namespace \"default\" exists within 9 seconds")
                .replace('#', '\n')
                .replace('!', '|'));

        assertThat(exitCode(options == null ? new String[0] : options.split(" ")))
                .as(empty)
                .isEqualTo(exitCode);
    }

    private static String steps(String text) {
        StringBuilder steps = new StringBuilder();
        for (String step : text.split(" / ")) {
            String line = step.strip();
            if (line.matches("[a-z/]+") && !line.equals("up")) {
                line = "Given the manifests in \"" + FILES + line + "\" are applied";
            } else if (line.equals("up")) {
                line =
                        "Then the PromQL query \"up\" on service \"prometheus:9090\" in namespace \"default\" returns data"
                                + " within 1 minute";
            }
            steps.append("      ")
                    .append(line.replace('#', '\n').replace('!', '|'))
                    .append('\n');
        }
        return steps.toString();
    }

    private void feature(String text) throws IOException {
        Files.writeString(directory.resolve("some.feature"), "Feature: F\n" + text + "\n");
    }

    private int exitCode(String... options) {
        List<String> arguments = new ArrayList<>(List.of("verify", "--target", "simulated"));
        if (!Arrays.asList(options).contains("--features")) {
            arguments.addAll(List.of("--features", directory.toString()));
        }
        arguments.addAll(List.of(
                "--reports", directory.resolve("reports").toString(),
                "--history", directory.resolve("history.jsonl").toString()));
        arguments.addAll(List.of(options));
        return Plumbline.execute(arguments.toArray(String[]::new));
    }
}
