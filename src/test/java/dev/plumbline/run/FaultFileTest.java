package dev.plumbline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.action.Fault;
import dev.plumbline.action.FileChange;
import dev.plumbline.action.ObjectChange;
import dev.plumbline.cluster.FieldPath;
import dev.plumbline.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultFileTest {

    private static final String GOOD = """
            - fault: web-gone
              what: The web server is not there
              when: after-given
              change:
                - object: Deployment.apps/web
                  namespace: shop
                  scale: 0
                - git: web/deployment.yaml
                  set: {.spec.replicas: 0, '.metadata.labels["a/b"]': {deep: [1]}}
                  remove: [.spec.paused]
                  replace: {nginx: httpd}
              verdict: BLOCKED
              red: not there
              also: [OTHER-01]
              only: [simulated]
              reason: a real one comes back
            """;

    @TempDir
    private Path directory;

    @Test
    void aStarStandsForAllIdsThatBeginSo() throws IOException {
        FaultCase fault = FaultFile.read(file(GOOD.replace("[OTHER-01]", "[OTHER-01, DB-*]")))
                .get(0);

        assertThat(fault.declares("DB-RUN-01")).isTrue();
        assertThat(fault.declares("OTHER-02")).isFalse();
        assertThat(fault.patterns()).containsExactly("DB-*");
    }

    @Test
    void everyKeyIsRead() throws IOException {
        FaultCase fault = FaultFile.read(file(GOOD)).get(0);

        assertThat(fault.name()).isEqualTo("web-gone");
        assertThat(fault.fault().what()).isEqualTo("The web server is not there");
        assertThat(fault.fault().when()).isEqualTo(Fault.When.AFTER_GIVEN);
        assertThat(fault.verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(fault.red()).isEqualTo("not there");
        assertThat(fault.also()).containsExactly("OTHER-01");
        assertThat(fault.impossibleOn("simulated")).isEmpty();
        assertThat(fault.impossibleOn("k3s")).contains("a real one comes back");
        assertThat(fault.location().line()).isEqualTo(1);
        ObjectChange object = fault.fault().objects().get(0);
        assertThat(object.kind()).isEqualTo("Deployment.apps");
        assertThat(object.name()).isEqualTo("web");
        assertThat(object.namespace()).contains("shop");
        assertThat(object.scale()).hasValue(0);
        FileChange change = fault.fault().files().get(0);
        assertThat(change.file()).isEqualTo("web/deployment.yaml");
        assertThat(change.set())
                .containsEntry(FieldPath.parse(".spec.replicas"), 0)
                .containsEntry(FieldPath.parse(".metadata.labels[\"a/b\"]"), Map.of("deep", List.of(1)));
        assertThat(change.remove()).containsExactly(FieldPath.parse(".spec.paused"));
        assertThat(change.replace()).containsExactly(Map.entry("nginx", "httpd"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            fault: web-gone          | fault: web gone                 | 1: fault should be a name
            what: The web server     | wat: The web server             | 2: unknown key wat
            what: The web server     | wat: The web server             | 1: what is missing
            when: after-given        | when: later                     | 3: when should be one of before-deployment
            when: after-given        | when: before-deployment         | 5: before deployment there is no object yet
            object: Deployment.apps/web | object: web                  | 5: object should be kind/name
            scale: 0                 | scale: none                     | 7: scale should be a number
            scale: 0                 | sclae: 0                        | 7: unknown key sclae
            scale: 0                 | scale: 0, delete: true          | not YAML
            scale: 0                 | delete: false                   | 7: delete can only be true
            remove: [.spec.paused]   | remove: [spec.paused]           | 10: "spec.paused" is not a field path
            {.spec.replicas: 0,      | {.spec.replicas: null,          | 9: .spec.replicas has no value
            replace: {nginx: httpd}  | create: text                    | 8: expected one of delete, create, or some of set
            replace: {nginx: httpd}  | replace: {nginx: 5}             | 11: replace should be a map from the text
            verdict: BLOCKED         | verdict: PASS                   | 12: verdict should be one of FAIL
            red: not there           | red: 5                          | 13: red should be a text
            only: [simulated]        | only: [mars]                    | 15: only holds "mars"
            only: [simulated]        | # nothing                       | 1: only and reason go together
            """)
    void whatIsWrongIsNamedWithItsLine(String right, String wrong, String message) throws IOException {
        assertThat(GOOD).contains(right);
        Path file = file(GOOD.replace(right, wrong));

        assertThatThrownBy(() -> FaultFile.read(file))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }

    @Test
    void aNameIsUsedOnce() throws IOException {
        Path file = file(GOOD + GOOD);

        assertThatThrownBy(() -> FaultFile.read(file))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(":17: the fault web-gone is there already at ");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve(FaultFile.NAME), text);
    }
}
