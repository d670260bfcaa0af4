package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What prove says of faults that kill, survive, do not land or hit what they should not; and how long it holds. */
class ProveTest {

    private static final String FEATURE = """
            @document:shop
            Feature: F
              @criterion:COLOR-01
              Rule: The color is blue
                @changes-cluster @fault:FAULT
                Scenario: S
                  Given the manifests in "DIR/manifests/shop" are applied
                  Then ConfigMap "settings" in namespace "default" has ".data.color" equal to "blue" within 10 seconds

              @criterion:SIZE-01
              Rule: The size is large
                @changes-cluster @fault:size-small
                Scenario: S
                  Given the manifests in "DIR/manifests/shop" are applied
                  Then ConfigMap "settings" in namespace "default" has ".data.size" equal to "large" within 10 seconds
            """;

    private static final String FAULTS = """
            - fault: size-small
              what: The size is small
              change:
                - object: ConfigMap/settings
                  set: {.data.size: small}
              red: was small, expected "large"
            - fault: color-red
              what: The color is red
              when: before-deployment
              change:
                - git: settings.yaml
                  replace: {blue: red}
              red: was red, expected "blue"
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        file("manifests/shop/settings.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: default}
                data: {color: blue, size: large, unused: "1"}
                """);
        features("color-red");
        file("features/shop/faults.yaml", FAULTS);
    }

    @Test
    void faultsThatKillAreShownInTheStatementUntilSomethingChanges() throws IOException {
        assertThat(run("prove")).isZero();

        JsonNode color = proof().at("/criteria/0/trials/0");
        assertThat(color.path("outcome").asText()).isEqualTo("KILLED");
        assertThat(color.path("diff").asText()).contains("-  color: \"blue\"", "+  color: \"red\"");
        assertThat(proof().at("/criteria/1/trials/0/diff").asText())
                .contains("-  size: \"large\"", "+  size: \"small\"");
        assertThat(run("verify")).isZero();
        assertThat(fault().path("killed").asBoolean()).isTrue();
        assertThat(fault().path("target").asText()).isEqualTo("simulated");

        file(
                "manifests/shop/more.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: more, namespace: default}\n");
        assertThat(run("verify")).isZero();
        assertThat(fault().path("name").asText()).isEqualTo("color-red");
        assertThat(fault().path("killed").isNull()).isTrue();
    }

    @ParameterizedTest(name = "{0} -> {1}: {2} {3}")
    @CsvSource(delimiter = '|', textBlock = """
            replace: {blue: red}     | replace: {unused: unusual}                  | 1 | SURVIVED   | still PASS with the fault
            expected "blue"          | expected "green"                            | 1 | SURVIVED   | FAIL for another reason
            replace: {blue: red}     | replace: {green: red}                       | 1 | NOT_LANDED | does not hold the text "green"
            replace: {blue: red}     | replace: {blue: blue}                       | 1 | NOT_LANDED | is the same with the fault as without
            replace: {blue: red}     | set: {.data.color: blue}                    | 1 | NOT_LANDED | is the same with the fault as without
            replace: {blue: red}     | set: {.data.color: red}                     | 0 | KILLED     | color: \"red\"
            replace: {blue: red}     | delete: true                                | 1 | SURVIVED   | FAIL for another reason
            replace: {blue: red}     | replace: {blue: red, large: tiny}           | 1 | -          | also turns SIZE-01 FAIL
            ConfigMap/settings       | ConfigMap/setings                           | 1 | NOT_LANDED | does not exist
            {.data.size: small}      | {.data.size: large}                         | 1 | NOT_LANDED | is the same with the fault as without
            red: was small, expected "large" | red: was small                      | 0 | KILLED     | was small
            what: The color is red   | also: [SIZE-01]/  what: The color is red    | 1 | -          | which stays green: take it out of also
            what: The color is red   | only: [k3s]/  reason: why/  what: Red       | 0 | IMPOSSIBLE | why
            """)
    void whatCameOfAFaultIsSaid(String right, String wrong, int exitCode, String outcome, String words)
            throws IOException {
        assertThat(FAULTS).contains(right);
        file(
                "features/shop/faults.yaml",
                FAULTS.replace(right, wrong.replace("/", "\n").replace("\nsetings", "/setings")));

        assertThat(run("prove")).isEqualTo(exitCode);
        String proof = proof().toString().replace("\\\"", "\"");
        assertThat(proof).contains(words);
        if (!outcome.equals("-")) {
            assertThat(proof).contains("\"outcome\":\"" + outcome + "\"");
        }
    }

    @Test
    void eachOfSeveralFaultsMustKill() throws IOException {
        features("color-red @fault:size-small");

        assertThat(run("prove")).isEqualTo(1);
        assertThat(proof().at("/criteria/0/trials").findValuesAsText("outcome")).containsExactly("KILLED", "SURVIVED");
    }

    @Test
    void whatIsNotGreenWithoutTheFaultProvesNothing() throws IOException {
        file(
                "manifests/shop/settings.yaml",
                Files.readString(directory.resolve("manifests/shop/settings.yaml"))
                        .replace("large", "huge"));

        assertThat(run("prove")).isEqualTo(1);
        assertThat(proof().at("/criteria/1/trials/0/outcome").asText()).isEqualTo("BROKEN");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"prove --criterion NONE-01, 2", "prove --tags @none, 4", "prove --target kubeconfig, 2"})
    void whatCannotBeProvenIsRefused(String arguments, int exitCode) {
        assertThat(run(arguments.split(" "))).isEqualTo(exitCode);
    }

    @Test
    void aScenarioWithoutAFaultOrWithAnUnknownOneIsBadInput() throws IOException {
        features("no-such");
        assertThat(run("prove")).isEqualTo(2);
        file("features/shop/shop.feature", feature("color-red").replace("@fault:color-red", ""));
        assertThat(run("prove")).isEqualTo(2);
        features("color-red");
        file("features/shop/faults.yaml", FAULTS + FAULTS.replace("fault: ", "fault: other-"));
        assertThat(run("prove")).isEqualTo(2);
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--features", directory.resolve("features").toString()));
        all.addAll(List.of("--manifests", directory.resolve("manifests").toString()));
        all.addAll(List.of("--reports", directory.resolve("reports").toString()));
        if (!all.contains("--target")) {
            all.addAll(List.of("--target", "simulated"));
        }
        if (all.contains("verify")) {
            all.addAll(List.of("--history", directory.resolve("history").toString()));
        }
        return Plumbline.execute(all.toArray(String[]::new));
    }

    private JsonNode proof() throws IOException {
        return new ObjectMapper()
                .readTree(directory.resolve("reports/proof.json").toFile());
    }

    private JsonNode fault() throws IOException {
        return new ObjectMapper()
                .readTree(directory.resolve("reports/statement.json").toFile())
                .at("/criteria/0/fault");
    }

    private String feature(String fault) {
        return FEATURE.replace("FAULT", fault).replace("DIR", directory.toString());
    }

    private void features(String fault) throws IOException {
        file("features/shop/shop.feature", feature(fault));
    }

    private void file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
