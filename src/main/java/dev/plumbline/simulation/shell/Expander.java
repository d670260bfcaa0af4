package dev.plumbline.simulation.shell;

import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.shell.Node.Part;
import dev.plumbline.simulation.shell.Node.Text;
import dev.plumbline.simulation.shell.Node.Variable;
import dev.plumbline.simulation.shell.Node.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Turns words into what commands get: variables replaced, split at blanks, file patterns filled in. */
final class Expander {

    private final Context context;
    private final Function<Node, String> output;

    /** @param output runs a script and returns what it printed */
    Expander(Context context, Function<Node, String> output) {
        this.context = context;
        this.output = output;
    }

    /** The word as one text. */
    String text(Word word) {
        StringBuilder text = new StringBuilder();
        word.parts().forEach(part -> text.append(value(part)));
        return text.toString();
    }

    List<String> fields(List<Word> words) {
        List<String> fields = new ArrayList<>();
        words.forEach(word -> fields.addAll(fields(word)));
        return fields;
    }

    private List<String> fields(Word word) {
        List<StringBuilder> fields = new ArrayList<>();
        boolean open = false;
        boolean pattern = false;
        for (Part part : word.parts()) {
            String value = value(part);
            boolean literal = part instanceof Text;
            pattern |= literal && !part.quoted() && (value.contains("*") || value.contains("?"));
            if (part.quoted() || literal) {
                append(fields, open, value);
                open = true;
            } else {
                open = split(fields, open, value);
            }
        }
        List<String> result = fields.stream().map(StringBuilder::toString).toList();
        return pattern && result.size() == 1 ? matching(result.get(0)) : result;
    }

    private static void append(List<StringBuilder> fields, boolean open, String value) {
        if (open && !fields.isEmpty()) {
            fields.get(fields.size() - 1).append(value);
        } else {
            fields.add(new StringBuilder(value));
        }
    }

    private static boolean split(List<StringBuilder> fields, boolean open, String value) {
        boolean here = open;
        for (String piece : value.split("(?<=[ \t\n])|(?=[ \t\n])")) {
            if (piece.isBlank()) {
                here = here && piece.isEmpty();
            } else {
                append(fields, here, piece);
                here = true;
            }
        }
        return here;
    }

    private String value(Part part) {
        if (part instanceof Text literal) {
            return literal.text();
        }
        if (part instanceof Variable variable) {
            return variable(variable);
        }
        if (part instanceof Node.Substitution substitution) {
            return output.apply(substitution.script()).replaceAll("\n+$", "");
        }
        return Long.toString(new Sum(text(((Node.Arithmetic) part).expression()), context.variables()).value());
    }

    private String variable(Variable variable) {
        String value = known(variable.name());
        boolean empty = value == null || value.isEmpty();
        String there = value == null ? "" : value;
        return switch (variable.operator()) {
            case ":-" -> empty ? text(variable.argument()) : there;
            case "-" -> value == null ? text(variable.argument()) : there;
            case ":+", "+" -> empty ? "" : text(variable.argument());
            case ":=" -> assigned(variable, empty, there);
            case "#length" -> Integer.toString(there.length());
            case "#", "##" ->
                there.replaceFirst(
                        "^"
                                + regex(
                                        text(variable.argument()),
                                        variable.operator().length() == 2),
                        "");
            case "%", "%%" ->
                suffix(there, text(variable.argument()), variable.operator().length() == 2);
            default -> there;
        };
    }

    private String assigned(Variable variable, boolean empty, String there) {
        String value = empty ? text(variable.argument()) : there;
        context.variables().put(variable.name(), value);
        return value;
    }

    private static String suffix(String value, String pattern, boolean longest) {
        Pattern end = Pattern.compile(regex(pattern, true));
        for (int i = 0; i <= value.length(); i++) {
            int from = longest ? i : value.length() - i;
            if (end.matcher(value.substring(from)).matches()) {
                return value.substring(0, from);
            }
        }
        return value;
    }

    private @org.jspecify.annotations.Nullable String known(String name) {
        return switch (name) {
            case "?" -> Integer.toString(context.last());
            case "$" -> "1";
            case "#" -> "0";
            case "0" -> "sh";
            case "@", "*" -> "";
            case "!" -> throw new NotSimulated("shell variable $!");
            default -> context.variables().get(name);
        };
    }

    static String regex(String pattern, boolean greedy) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? (greedy ? ".*" : ".*?") : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return regex.toString();
    }

    /** The paths that fit a pattern; the pattern itself when none does. */
    private List<String> matching(String pattern) {
        String path = context.path(pattern);
        int depth = path.split("/").length;
        Pattern regex = Pattern.compile(Pattern.compile("\\*")
                .splitAsStream(path + "\0")
                .map(Pattern::quote)
                .reduce((a, b) -> a + "[^/]*" + b)
                .orElse("")
                .replace("\0", ""));
        String base =
                path.substring(0, path.indexOf('*') < 0 ? path.length() : path.lastIndexOf('/', path.indexOf('*')));
        TreeSet<String> found = new TreeSet<>();
        for (String file : context.files().list(base.isEmpty() ? "/" : base)) {
            String[] steps = file.split("/");
            if (steps.length >= depth) {
                String cut = String.join("/", List.of(steps).subList(0, depth));
                boolean hidden = cut.substring(cut.lastIndexOf('/') + 1).startsWith(".");
                if (regex.matcher(cut).matches() && !hidden) {
                    found.add(
                            pattern.startsWith("/")
                                    ? cut
                                    : cut.substring(context.path("").length()));
                }
            }
        }
        return found.isEmpty() ? List.of(pattern) : List.copyOf(found);
    }
}
