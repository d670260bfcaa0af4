package dev.plumbline.simulation.shell;

import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.shell.Node.Arithmetic;
import dev.plumbline.simulation.shell.Node.Part;
import dev.plumbline.simulation.shell.Node.Substitution;
import dev.plumbline.simulation.shell.Node.Text;
import dev.plumbline.simulation.shell.Node.Variable;
import dev.plumbline.simulation.shell.Node.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one word: quotes, variables, command and arithmetic substitutions. */
final class Expansions {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*|[0-9?$#@*!]");
    private static final Pattern BRACED =
            Pattern.compile("([A-Za-z_]\\w*|[0-9?$#@*!])(:-|:=|:\\+|-|\\+|##|#|%%|%)?(.*)", Pattern.DOTALL);

    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();
    private int at;

    Expansions(String text, int at) {
        this.text = text;
        this.at = at;
    }

    Expansions(String text) {
        this(text, 0);
    }

    int position() {
        return at;
    }

    private void flush(boolean quoted) {
        if (plain.length() > 0) {
            parts.add(new Text(plain.toString(), quoted));
            plain.setLength(0);
        }
    }

    /** Reads up to the next blank or operator. */
    Word word() {
        while (at < text.length() && " \t\r\n;&|()<>".indexOf(text.charAt(at)) < 0) {
            char c = text.charAt(at);
            if (c == '\'') {
                flush(false);
                int end = end('\'');
                parts.add(new Text(text.substring(at + 1, end), true));
                at = end + 1;
            } else if (c == '"') {
                flush(false);
                at++;
                quoted('"');
                at++;
            } else if (c == '\\' && at + 1 < text.length()) {
                escaped();
            } else if (c == '$' || c == '`') {
                flush(false);
                dollar(false);
            } else {
                plain.append(c);
                at++;
            }
        }
        flush(false);
        return new Word(List.copyOf(parts));
    }

    private void escaped() {
        char next = text.charAt(at + 1);
        at += 2;
        if (next != '\n') {
            flush(false);
            parts.add(new Text(String.valueOf(next), true));
        }
    }

    private int end(char quote) {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw new NotSimulated("a script with an unterminated quote");
        }
        return end;
    }

    /** All of the text as if in double quotes. */
    Word quotedText() {
        quoted('\0');
        return new Word(List.copyOf(parts));
    }

    private void quoted(char end) {
        boolean any = !parts.isEmpty();
        int before = parts.size();
        while (at < text.length() && text.charAt(at) != end) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length() && "$`\"\\\n".indexOf(text.charAt(at + 1)) >= 0) {
                if (text.charAt(at + 1) != '\n') {
                    plain.append(text.charAt(at + 1));
                }
                at += 2;
            } else if (c == '$' || c == '`') {
                flush(true);
                dollar(true);
            } else {
                plain.append(c);
                at++;
            }
        }
        if (at >= text.length() && end != '\0') {
            throw new NotSimulated("a script with an unterminated quote");
        }
        flush(true);
        if (parts.size() == before || !any && parts.isEmpty()) {
            parts.add(new Text("", true));
        }
    }

    private void dollar(boolean quoted) {
        if (text.charAt(at) == '`') {
            int end = end('`');
            parts.add(new Substitution(Parser.parse(text.substring(at + 1, end).replace("\\`", "`")), quoted));
            at = end + 1;
        } else if (text.startsWith("$((", at)) {
            int end = matching(at + 1);
            String inner = text.substring(at + 3, end - 1);
            parts.add(new Arithmetic(new Expansions(inner).quotedText(), quoted));
            at = end + 1;
        } else if (text.startsWith("$(", at)) {
            int end = matching(at + 1);
            parts.add(new Substitution(Parser.parse(text.substring(at + 2, end)), quoted));
            at = end + 1;
        } else if (text.startsWith("${", at)) {
            braced(quoted);
        } else {
            named(quoted);
        }
    }

    private void named(boolean quoted) {
        Matcher name = NAME.matcher(text);
        if (name.find(at + 1) && name.start() == at + 1) {
            parts.add(new Variable(name.group(), "", new Word(List.of()), quoted));
            at = name.end();
        } else {
            plain.append('$');
            at++;
        }
    }

    private void braced(boolean quoted) {
        int end = brace();
        String inner = text.substring(at + 2, end);
        at = end + 1;
        if (inner.matches("#\\w+")) {
            parts.add(new Variable(inner.substring(1), "#length", new Word(List.of()), quoted));
            return;
        }
        Matcher matcher = BRACED.matcher(inner);
        boolean known = matcher.matches()
                && (matcher.group(2) != null || matcher.group(3).isEmpty());
        if (!known) {
            throw new NotSimulated("shell expansion ${" + inner + "}");
        }
        String operator = matcher.group(2) == null ? "" : matcher.group(2);
        parts.add(new Variable(matcher.group(1), operator, new Expansions(matcher.group(3)).quotedText(), quoted));
    }

    private int brace() {
        int depth = 0;
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new NotSimulated("a script with an unterminated ${");
    }

    /** Where the parenthesis that opens here closes; quotes hide others. */
    private int matching(int open) {
        int depth = 0;
        char quote = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i;
            }
        }
        throw new NotSimulated("a script with an unterminated $(");
    }
}
