package dev.plumbline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleReaderTest {

    @TempDir
    private Path directory;

    @Test
    void readsARuleWithItsScenarios() throws IOException {
        List<Criterion> criteria = read("""
                @document:plan
                Feature: F
                  @criterion:X-01 @extended
                  Rule: It holds
                    @fault:broken @lock:db @changes-cluster
                    Scenario Outline: S <n>
                      Given a step
                      Examples:
                        | n |
                        | 1 |
                        | 2 |
                """);

        assertThat(criteria).singleElement().satisfies(criterion -> {
            assertThat(criterion.id()).isEqualTo("X-01");
            assertThat(criterion.document()).isEqualTo("plan");
            assertThat(criterion.tier()).isEqualTo(Tier.EXTENDED);
            assertThat(criterion.text()).isEqualTo("It holds");
            assertThat(criterion.examples()).extracting(e -> e.name()).containsExactly("S 1", "S 2");
            assertThat(criterion.examples())
                    .extracting(e -> e.location().line())
                    .containsExactly(10, 11);
            assertThat(criterion.examples().get(0).faults()).contains("broken");
            assertThat(criterion.examples().get(0).locks()).containsExactly("db");
            assertThat(criterion.examples().get(0).changesCluster()).isTrue();
        });
    }

    @Test
    void aRuleWithoutScenariosIsACriterionToo() throws IOException {
        assertThat(read("Feature: F\n  Rule: Nobody proves this\n"))
                .singleElement()
                .satisfies(criterion -> {
                    assertThat(criterion.examples()).isEmpty();
                    assertThat(criterion.id()).isEqualTo("some-nobody-proves-this");
                    assertThat(criterion.tier()).isEqualTo(Tier.CORE);
                });
    }

    @Test
    void namesTheLineOfASyntaxError() {
        assertThatThrownBy(() -> read("Feature: F\n  Rule: R\n    Scenario: S\n      Given a\n      Thn b\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("some.feature:5");
    }

    @Test
    void refusesAMisspelledTagOfOurs() {
        assertThatThrownBy(() -> read("@documnt:x\nFeature: F\n  @cores\n  Rule: R\n"))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        bad -> assertThat(bad.problems())
                                .anySatisfy(line -> assertThat(line).contains("some.feature:1", "@documnt:x"))
                                .anySatisfy(line -> assertThat(line).contains("some.feature:3", "did you mean @core")));
    }

    @Test
    void refusesAScenarioOutsideARule() {
        assertThatThrownBy(() -> read("Feature: F\n  Scenario: S\n    Given a step\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("outside a Rule");
    }

    @Test
    void refusesAnIdUsedTwice() {
        assertThatThrownBy(() -> read("Feature: F\n  @criterion:A\n  Rule: R\n  @criterion:A\n  Rule: Q\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("some.feature:5")
                .hasMessageContaining("some.feature:5");
    }

    @Test
    void nothingIsSelectedFromAnEmptyDirectory() {
        assertThatThrownBy(() -> new RuleReader().read(List.of(directory))).isInstanceOf(NothingSelected.class);
    }

    @Test
    void anExpressionThatFitsNothingSelectsNothing() throws IOException {
        List<Criterion> all = read("Feature: F\n  @core\n  Rule: R\n    Scenario: S\n      Given a step\n");

        assertThat(new Selection("@core", java.util.Optional.empty()).from(all)).hasSize(1);
        assertThatThrownBy(() -> new Selection("@nothing", java.util.Optional.empty()).from(all))
                .isInstanceOf(NothingSelected.class);
        assertThatThrownBy(() -> new Selection("@core and and", java.util.Optional.empty()).from(all))
                .isInstanceOf(BadInput.class);
    }

    private List<Criterion> read(String text) throws IOException {
        Files.writeString(directory.resolve("some.feature"), text);
        return new RuleReader().read(List.of(directory));
    }
}
