package dev.plumbline.promql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            up                                                       | up
            up{job="a}b",x=~'c'} == 1                                | up{job="a}b",x=~'c'}
            {__name__="up"}                                          | {__name__="up"}
            sum by (job, le) (rate(a:b_total{x="1"}[5m])) / on(job) group_left c | a:b_total{x="1"},c
            a and b or c unless d offset 5m                          | a,b,c,d
            scalar(up) > bool 1e3 * Inf                              | up
            label_replace(up, "to", "$1", "from", "(.*)")            | up
            rate(${metric}{a="b"}[$__rate_interval]) + $other + up   | up
            1 + 2                                                    |
            """)
    void findsEachSelectorAndNothingElse(String expression, String selectors) {
        assertThat(Selector.in(expression).stream().map(Selector::text).toList())
                .isEqualTo(selectors == null ? List.of() : splitOutsideBraces(selectors));
    }

    @Test
    void knowsNameAndMatchers() {
        assertThat(Selector.in("rate(a{x=~\"b|c\", y!='}'}[5m])"))
                .containsExactly(new Selector(
                        "a{x=~\"b|c\", y!='}'}",
                        "a",
                        List.of(new Selector.Matcher("x", "=~", "b|c"), new Selector.Matcher("y", "!=", "}"))));
    }

    private static List<String> splitOutsideBraces(String text) {
        return List.of(text.split(",(?![^{]*})"));
    }
}
