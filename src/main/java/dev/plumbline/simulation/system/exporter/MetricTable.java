package dev.plumbline.simulation.system.exporter;

import dev.plumbline.simulation.Program.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metric families of an exporter, from a resource in the text format whose values may move: {@code 10 +0.5} grows by
 * a half each second, {@code 10 ~2} swings by two, {@code $name} is a number and <code>${name}</code> inside a label a
 * text that the model gives.
 */
public final class MetricTable {

    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final double WAVE_SECONDS = 600;
    private static final Pattern TEXT = Pattern.compile("\\$\\{(\\w+)}");

    private final List<Row> rows;

    private MetricTable(List<Row> rows) {
        this.rows = rows;
    }

    /** Reads tables of this package by name, one after the other. */
    public static MetricTable of(String... names) {
        List<Row> rows = new ArrayList<>();
        for (String name : names) {
            content(name).lines().forEach(line -> rows.add(Row.parse(line)));
        }
        return new MetricTable(rows);
    }

    private static String content(String name) {
        String resource = name + ".metrics";
        try (InputStream in = MetricTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource + " beside " + MetricTable.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + resource, e);
        }
    }

    /** @param seconds since the program, or what it measures, began */
    public String page(double seconds, Map<String, Double> numbers, Map<String, String> texts) {
        StringBuilder page = new StringBuilder(rows.size() * 64);
        for (Row row : rows) {
            row.write(page, seconds, numbers, texts);
        }
        return page.toString();
    }

    /** A page of metrics as an answer. */
    public static Reply reply(String page) {
        return new Reply(200, CONTENT_TYPE, page.getBytes(StandardCharsets.UTF_8));
    }

    /** A label's value with what the text format wants escaped. */
    public static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** A line: a comment has no value. */
    private record Row(String text, String value, double base, double rate, double swing, boolean whole) {

        static Row parse(String line) {
            int end = line.lastIndexOf('}') + 1;
            end = end == 0 ? line.indexOf(' ') : end;
            if (line.startsWith("#") || end < 0) {
                return new Row(line, "", 0, 0, 0, false);
            }
            String[] words = line.substring(end).strip().split(" ", -1);
            double moved = words.length == 2 ? Double.parseDouble(words[1].substring(1)) : 0;
            boolean grows = words.length == 2 && words[1].startsWith("+");
            boolean plain = words.length == 2;
            return new Row(
                    line.substring(0, end),
                    words[0],
                    plain ? Double.parseDouble(words[0]) : 0,
                    grows ? moved : 0,
                    grows ? 0 : moved,
                    !words[0].contains(".") && !line.contains("_seconds"));
        }

        void write(StringBuilder page, double seconds, Map<String, Double> numbers, Map<String, String> texts) {
            page.append(text.contains("${") ? filled(texts) : text);
            if (!value.isEmpty()) {
                page.append(' ').append(number(seconds, numbers));
            }
            page.append('\n');
        }

        private String filled(Map<String, String> texts) {
            return TEXT.matcher(text)
                    .replaceAll(match -> Matcher.quoteReplacement(escaped(given(texts, match.group(1)))));
        }

        private String number(double seconds, Map<String, Double> numbers) {
            if (value.startsWith("$")) {
                return plain(given(numbers, value.substring(1)));
            }
            if (rate == 0 && swing == 0) {
                return value;
            }
            double phase = 2 * Math.PI * seconds / WAVE_SECONDS + text.hashCode();
            double moved = base + rate * seconds + swing * Math.sin(phase);
            return plain(whole ? Math.floor(moved) : Math.round(moved * 1e6) / 1e6);
        }

        private static String plain(double number) {
            return Double.isFinite(number)
                    ? new BigDecimal(Double.toString(number))
                            .stripTrailingZeros()
                            .toPlainString()
                    : Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
        }

        private static <T> T given(Map<String, T> values, String name) {
            T value = values.get(name);
            if (value == null) {
                throw new IllegalStateException("a metric table asks for $" + name + ", which its model does not give");
            }
            return value;
        }
    }
}
