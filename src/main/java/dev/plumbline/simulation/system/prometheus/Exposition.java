package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.system.prometheus.promql.Labels;
import dev.plumbline.simulation.system.prometheus.promql.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page of metrics in the text format.
 *
 * @param samples in the order of the page
 * @param metadata by the family's name
 */
public record Exposition(List<Line> samples, Map<String, Metadata> metadata) {

    /** A sample; the metric is its name and labels as they were written. */
    public record Line(String metric, double value) {}

    /** What a page says about a family. */
    public record Metadata(String type, String help) {}

    /** The page is not in the text format. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final String message;

        Malformed(String message) {
            super(message);
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }

    public static Exposition parse(String page) throws Malformed {
        List<Line> samples = new ArrayList<>();
        Map<String, Metadata> metadata = new LinkedHashMap<>();
        int number = 0;
        for (String line : page.split("\n", -1)) {
            number++;
            if (line.startsWith("#")) {
                comment(line, metadata);
            } else if (!line.isBlank()) {
                samples.add(sample(line, number));
            }
        }
        return new Exposition(samples, metadata);
    }

    private static void comment(String line, Map<String, Metadata> metadata) {
        String[] words = line.split(" ", 4);
        if (words.length < 3) {
            return;
        }
        Metadata known = metadata.getOrDefault(words[2], new Metadata("unknown", ""));
        String rest = words.length == 4 ? words[3] : "";
        if (words[1].equals("TYPE")) {
            metadata.put(words[2], new Metadata(rest.strip(), known.help()));
        } else if (words[1].equals("HELP")) {
            metadata.put(words[2], new Metadata(known.type(), rest));
        }
    }

    private static Line sample(String line, int number) throws Malformed {
        int end = line.lastIndexOf('}') + 1;
        if (end == 0) {
            end = line.indexOf(' ');
        }
        if (end <= 0 || !Character.isLetter(line.charAt(0)) && line.charAt(0) != '_' && line.charAt(0) != ':') {
            throw new Malformed("expected a metric name in line " + number + ", got \"" + line + "\"");
        }
        // A timestamp may follow the value; the server of this model stamps each sample with its own time.
        String[] rest = line.substring(end).strip().split("\\s+");
        try {
            return new Line(line.substring(0, end).strip(), Numbers.parse(rest[0]));
        } catch (NumberFormatException e) {
            throw new Malformed("expected value after metric in line " + number + ", got \"" + rest[0] + "\"");
        }
    }

    /** Reads {@code name{a="b"}}. */
    public static Labels labels(String metric) throws Malformed {
        int open = metric.indexOf('{');
        Map<String, String> labels = new HashMap<>();
        labels.put(Labels.NAME, open < 0 ? metric : metric.substring(0, open).strip());
        int at = open < 0 ? metric.length() : open + 1;
        while (at < metric.length() && metric.charAt(at) != '}') {
            int equals = metric.indexOf("=\"", at);
            if (equals < 0) {
                throw new Malformed("expected a label in \"" + metric + "\"");
            }
            StringBuilder value = new StringBuilder();
            int end = value(metric, equals + 2, value);
            labels.put(metric.substring(at, equals).strip(), value.toString());
            at = skipped(metric, end + 1);
        }
        return Labels.of(labels);
    }

    private static int skipped(String metric, int from) {
        int at = from;
        while (at < metric.length() && (metric.charAt(at) == ',' || metric.charAt(at) == ' ')) {
            at++;
        }
        return at;
    }

    /** Reads up to the closing quote and returns its place. */
    private static int value(String metric, int from, StringBuilder value) throws Malformed {
        for (int at = from; at < metric.length(); at++) {
            char c = metric.charAt(at);
            if (c == '"') {
                return at;
            }
            if (c == '\\' && at + 1 < metric.length()) {
                at++;
                c = metric.charAt(at) == 'n' ? '\n' : metric.charAt(at);
            }
            value.append(c);
        }
        throw new Malformed("a label's value has no end in \"" + metric + "\"");
    }
}
