package dev.plumbline.simulation.shell;

import dev.plumbline.simulation.NotSimulated;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What printf prints: the format again and again until the values are used up. */
final class Format {

    private static final Pattern FIELD =
            Pattern.compile("%(-?0?\\d*(?:\\.\\d+)?)([sdif%bxc])|\\\\(n|t|r|\\\\|0?\\d{1,3}|\"|')|%");

    private final String format;
    private final List<String> values;

    Format(String format, List<String> values) {
        this.format = format;
        this.values = values;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        Iterator<String> left = values.iterator();
        boolean used;
        do {
            used = once(left, text);
        } while (left.hasNext() && used);
        return text.toString();
    }

    private boolean once(Iterator<String> left, StringBuilder text) {
        Matcher field = FIELD.matcher(format);
        boolean used = false;
        int from = 0;
        while (field.find()) {
            text.append(format, from, field.start());
            from = field.end();
            if (field.group(3) != null) {
                text.append(escape(field.group(3)));
            } else if ("%".equals(field.group(2))) {
                text.append('%');
            } else if (field.group(2) == null) {
                throw new NotSimulated("command printf " + format);
            } else {
                used = true;
                text.append(value(field.group(1), field.group(2).charAt(0), left.hasNext() ? left.next() : ""));
            }
        }
        text.append(format.substring(from));
        return used;
    }

    private static String escape(String escape) {
        return switch (escape) {
            case "n" -> "\n";
            case "t" -> "\t";
            case "r" -> "\r";
            case "\\", "\"", "'" -> escape;
            default -> String.valueOf((char) Integer.parseInt(escape, 8));
        };
    }

    private static String value(String width, char kind, String value) {
        return switch (kind) {
            case 'd', 'i' -> String.format("%" + width + "d", number(value));
            case 'x' -> String.format("%" + width + "x", number(value));
            case 'f' ->
                String.format(
                        java.util.Locale.ROOT, "%" + width + "f", value.isEmpty() ? 0.0 : Double.parseDouble(value));
            case 'c' -> value.isEmpty() ? "" : value.substring(0, 1);
            default -> String.format("%" + width + "s", value);
        };
    }

    private static long number(String value) {
        return value.isEmpty() ? 0 : Long.parseLong(value.trim());
    }
}
