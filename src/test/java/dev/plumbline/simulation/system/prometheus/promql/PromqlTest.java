package dev.plumbline.simulation.system.prometheus.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.simulation.system.prometheus.promql.Value.Sample;
import dev.plumbline.simulation.system.prometheus.promql.Value.Scalar;
import dev.plumbline.simulation.system.prometheus.promql.Value.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromqlTest {

    private static final long MINUTE = 60_000;
    private static final long NOW = 1_700_000_000_000L;

    private final List<Series> data = new ArrayList<>();

    /** One sample a minute, the last one now. */
    private void series(String selector, double... values) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            points.add(new Point(NOW - (values.length - 1 - i) * MINUTE, values[i]));
        }
        Labels labels = Labels.EMPTY;
        for (Matcher matcher : Parser.selector(selector)) {
            labels = labels.with(matcher.label(), matcher.value());
        }
        data.add(Series.of(labels, points));
    }

    private Value eval(String query, long time) {
        SeriesSource source = matchers -> data.stream()
                .filter(series -> matchers.stream().allMatch(matcher -> matcher.matches(series.labels())))
                .toList();
        return new Evaluator(source, 5 * MINUTE).at(Parser.parse(query), time);
    }

    /** {@code name{labels} value} of each sample, in the order of the result. */
    private List<String> query(String query) {
        Value value = eval(query, NOW);
        return value instanceof Vector vector
                ? vector.samples().stream().map(PromqlTest::text).collect(Collectors.toList())
                : value instanceof Scalar scalar ? List.of(Numbers.text(scalar.value())) : List.of(value.toString());
    }

    private static String text(Sample sample) {
        return sample.labels() + " " + Numbers.text(sample.value());
    }

    @ParameterizedTest
    @CsvSource({
        "1 + 2 * 3, 7",
        "2 ^ 3 ^ 2, 512",
        "-2 ^ 2, -4",
        "(1 + 2) * 3, 9",
        "7 % 4, 3",
        "1 / 0, +Inf",
        "0x10, 16",
        "1e3, 1000",
        "2 > bool 1, 1",
        "time(), 1700000000",
        "scalar(vector(3)), 3",
        "0.1 + 0.2, 0.30000000000000004",
    })
    void worksOutNumbers(String query, String expected) {
        assertThat(query(query)).containsExactly(expected);
    }

    @Test
    void selectsByEveryMatcher() {
        series("up{job=\"a\",zone=\"x\"}", 1);
        series("up{job=\"b\"}", 0);
        assertThat(query("up{job=\"a\"}")).containsExactly("up{job=\"a\", zone=\"x\"} 1");
        assertThat(query("up{job!=\"a\"}")).containsExactly("up{job=\"b\"} 0");
        assertThat(query("up{job=~\"a|b\"}")).hasSize(2);
        assertThat(query("up{job=~\"a.+\"}")).isEmpty();
        assertThat(query("up{job!~\"b\", zone=\"x\"}")).hasSize(1);
        assertThat(query("{__name__=~\"u.\", zone=\"\"}")).containsExactly("up{job=\"b\"} 0");
    }

    @Test
    void looksBackFiveMinutesAndStopsAtTheMarkOfAnEnd() {
        series("old", 1);
        series("ended", 1, Point.STALE);
        assertThat(eval("old", NOW + 5 * MINUTE)).isNotEqualTo(new Vector(List.of()));
        assertThat(eval("old", NOW + 5 * MINUTE + 1)).isEqualTo(new Vector(List.of()));
        assertThat(query("ended")).isEmpty();
        assertThat(query("ended offset 1m")).hasSize(1);
        assertThat(query("count_over_time(ended[5m])")).containsExactly("{} 1");
    }

    @Test
    void rateFollowsCountersOverResetsAndExtrapolates() {
        series("c{i=\"steady\"}", 0, 60, 120, 180, 240, 300);
        series("c{i=\"reset\"}", 100, 160, 0, 60, 120, 180);
        assertThat(query("rate(c[5m])")).containsExactly("{i=\"steady\"} 1", "{i=\"reset\"} 0.8");
        assertThat(query("increase(c{i=\"steady\"}[5m])")).containsExactly("{i=\"steady\"} 300");
        assertThat(query("irate(c{i=\"reset\"}[5m])")).containsExactly("{i=\"reset\"} 1");
        assertThat(query("rate(c{i=\"steady\"}[30s])")).isEmpty();
        // Two samples a minute apart, the range's start half a minute off: it is bridged.
        assertThat(query("increase(c{i=\"steady\"}[90s])")).containsExactly("{i=\"steady\"} 90");
        assertThat(query("resets(c[5m])")).containsExactly("{i=\"steady\"} 0", "{i=\"reset\"} 1");
    }

    @Test
    void foldsOverTime() {
        series("g", 4, 2, 6);
        assertThat(query("avg_over_time(g[5m])")).containsExactly("{} 4");
        assertThat(query("min_over_time(g[5m])")).containsExactly("{} 2");
        assertThat(query("max_over_time(g[5m])")).containsExactly("{} 6");
        assertThat(query("sum_over_time(g[1m])")).containsExactly("{} 8");
        assertThat(query("last_over_time(g[5m])")).containsExactly("g{} 6");
        assertThat(query("delta(g[2m])")).containsExactly("{} 2");
        assertThat(query("changes(g[5m])")).containsExactly("{} 2");
        assertThat(query("predict_linear(g[2m], 60)")).containsExactly("{} 6");
    }

    @Test
    void aggregatesByAndWithoutLabels() {
        series("m{a=\"1\",b=\"x\"}", 1);
        series("m{a=\"1\",b=\"y\"}", 3);
        series("m{a=\"2\",b=\"x\"}", 5);
        assertThat(query("sum by (a) (m)")).containsExactly("{a=\"1\"} 4", "{a=\"2\"} 5");
        assertThat(query("sum(m) without (b)")).containsExactly("{a=\"1\"} 4", "{a=\"2\"} 5");
        assertThat(query("avg(m)")).containsExactly("{} 3");
        assertThat(query("count(m) by (b)")).containsExactly("{b=\"x\"} 2", "{b=\"y\"} 1");
        assertThat(query("max(m)")).containsExactly("{} 5");
        assertThat(query("min(m)")).containsExactly("{} 1");
        assertThat(query("topk(1, m)")).containsExactly("m{a=\"2\", b=\"x\"} 5");
        assertThat(query("bottomk(1, m)")).containsExactly("m{a=\"1\", b=\"x\"} 1");
        assertThat(query("quantile(0.5, m)")).containsExactly("{} 3");
        assertThat(query("sum(missing)")).isEmpty();
        assertThat(query("sort_desc(m)").get(0)).endsWith(" 5");
    }

    @Test
    void joinsVectors() {
        series("used{node=\"a\",disk=\"1\"}", 20);
        series("used{node=\"a\",disk=\"2\"}", 30);
        series("size{node=\"a\",zone=\"z\"}", 100);
        assertThat(query("used / on(node) group_left(zone) size"))
                .containsExactly(
                        "{disk=\"1\", node=\"a\", zone=\"z\"} 0.2", "{disk=\"2\", node=\"a\", zone=\"z\"} 0.3");
        assertThat(query("size * on(node) group_right used")).hasSize(2);
        assertThat(query("used / used")).containsExactly("{disk=\"1\", node=\"a\"} 1", "{disk=\"2\", node=\"a\"} 1");
        assertThat(query("used and on(node) size")).hasSize(2);
        assertThat(query("used unless on(node) size")).isEmpty();
        assertThat(query("used{disk=\"1\"} or size")).hasSize(2);
        assertThatThrownBy(() -> query("size / on(node) used")).hasMessageContaining("many-to-many matching");
        assertThatThrownBy(() -> query("used / on(node) size")).hasMessageContaining("multiple matches for labels");
    }

    @Test
    void comparesAsFilterOrAsNumber() {
        series("g{i=\"1\"}", 1);
        series("g{i=\"2\"}", 2);
        assertThat(query("g > 1")).containsExactly("g{i=\"2\"} 2");
        assertThat(query("1 < g")).containsExactly("g{i=\"2\"} 2");
        assertThat(query("g > bool 1")).containsExactly("{i=\"1\"} 0", "{i=\"2\"} 1");
        assertThat(query("g == g")).containsExactly("g{i=\"1\"} 1", "g{i=\"2\"} 2");
        assertThat(query("-g")).containsExactly("{i=\"1\"} -1", "{i=\"2\"} -2");
        assertThat(query("g * 2 + 1")).containsExactly("{i=\"1\"} 3", "{i=\"2\"} 5");
    }

    @Test
    void knowsAbsenceFromTheSelector() {
        series("g", 1);
        assertThat(query("absent(g)")).isEmpty();
        assertThat(query("absent(none{job=\"x\",y=~\"z\"})")).containsExactly("{job=\"x\"} 1");
        assertThat(query("absent_over_time(none[5m])")).containsExactly("{} 1");
        assertThat(query("vector(0) or g")).containsExactly("{} 0");
        assertThat(query("sum(none) or vector(0)")).containsExactly("{} 0");
    }

    @Test
    void roundsAndClamps() {
        series("g", 2.5);
        assertThat(query("round(g)")).containsExactly("{} 3");
        assertThat(query("round(g, 0.2)").get(0)).startsWith("{} 2.6");
        assertThat(query("floor(g)")).containsExactly("{} 2");
        assertThat(query("ceil(g)")).containsExactly("{} 3");
        assertThat(query("abs(-g)")).containsExactly("{} 2.5");
        assertThat(query("clamp_min(g, 3)")).containsExactly("{} 3");
        assertThat(query("clamp_max(g, 1)")).containsExactly("{} 1");
        assertThat(query("clamp(g, 0, 1)")).containsExactly("{} 1");
    }

    @Test
    void readsQuantilesFromBuckets() {
        series("h_bucket{le=\"0.1\"}", 10);
        series("h_bucket{le=\"1\"}", 30);
        series("h_bucket{le=\"+Inf\"}", 40);
        assertThat(query("histogram_quantile(0.5, h_bucket)")).containsExactly("{} 0.55");
        assertThat(query("histogram_quantile(0.99, h_bucket)")).containsExactly("{} 1");
        assertThat(query("histogram_quantile(0.5, sum by (le) (h_bucket))")).hasSize(1);
    }

    @Test
    void changesLabels() {
        series("g{instance=\"10.0.0.1:9100\"}", 1);
        assertThat(query("label_replace(g, \"ip\", \"$1\", \"instance\", \"(.*):.*\")"))
                .containsExactly("g{instance=\"10.0.0.1:9100\", ip=\"10.0.0.1\"} 1");
        assertThat(query("label_join(g, \"j\", \"-\", \"instance\", \"instance\")")
                        .get(0))
                .contains("j=\"10.0.0.1:9100-10.0.0.1:9100\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rate(up)|1:1: parse error: expected type range vector in call to function \"rate\", got instant vector",
                "up{|1:4: parse error: unexpected end of input in label matching, expected identifier or \"}\"",
                "sum(|1:5: parse error: unexpected end of input",
                "{a=\"\"}|1:1: parse error: vector selector must contain at least one non-empty matcher",
                "nope(up)|1:1: parse error: unknown function with name \"nope\"",
                "1 > 2|1:3: parse error: comparisons between scalars must use BOOL modifier",
                "up[5m:1m]|not simulated: subqueries",
                "holt_winters(up[5m], 1, 1)|not simulated: function holt_winters",
                "up up|1:4: parse error: unexpected identifier \"up\"",
                "up{a=\"x}|1:6: parse error: unterminated quoted string",
            })
    void refusesWhatIsWrong(String query, String message) {
        assertThatThrownBy(() -> query(query)).isInstanceOf(QueryError.class).hasMessage(message);
    }
}
