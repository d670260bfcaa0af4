package dev.plumbline.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.probe.TemplateVariables.Choice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateVariablesTest {

    private static TemplateVariables node(boolean several, String... values) {
        return TemplateVariables.none().with("node", new Choice(List.of(values), several, Optional.empty()));
    }

    @Test
    void fillsEachWayOfWritingAVariable() {
        assertThat(node(false, "x").fill("$node ${node} [[node]] ${node:raw}")).isEqualTo("x x x x");
    }

    @Test
    void severalValuesBecomeARegularExpression() {
        assertThat(node(true, "a.b", "c").fill("{i=~\"$node\"}")).isEqualTo("{i=~\"(a\\\\.b|c)\"}");
        assertThat(node(true, "a.b").fill("$node")).isEqualTo("a\\\\.b");
    }

    @Test
    void leavesWhatTheDataSourceFillsIn() {
        assertThat(node(true, "a").fill("rate(x[$__rate_interval]) $nodes"))
                .isEqualTo("rate(x[$__rate_interval]) $nodes");
    }

    @Test
    void aCustomAllValueStandsAsItIs() {
        var variables = TemplateVariables.none().with("node", new Choice(List.of("a", "b"), true, Optional.of(".*")));

        assertThat(variables.fill("{i=~\"$node\"}")).isEqualTo("{i=~\".*\"}");
    }

    @Test
    void formatsAsAsked() {
        assertThat(node(true, "a", "b.c").fill("${node:pipe} ${node:csv} ${node:regex}"))
                .isEqualTo("a|b.c a,b.c (a|b\\.c)");
    }
}
