package dev.plumbline.simulation.system.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One simple shell command: assignments, a program and its arguments, with quotes and variables resolved.
 *
 * @param env the container's environment with the command's own assignments
 */
record CommandLine(Map<String, String> env, List<String> words) {

    private static final String OPERATORS = ";|&<>()`\n";

    /** Empty when it is more than one simple command. */
    static Optional<CommandLine> parse(String command, Map<String, String> env) {
        Map<String, String> own = new LinkedHashMap<>(env);
        List<String> words = new ArrayList<>();
        Reader reader = new Reader(command.strip(), env);
        for (Optional<String> word = reader.word(); word.isPresent(); word = reader.word()) {
            String text = word.get();
            if (words.isEmpty() && text.matches("(?s)[A-Za-z_]\\w*=.*")) {
                int equals = text.indexOf('=');
                own.put(text.substring(0, equals), text.substring(equals + 1));
            } else {
                words.add(text);
            }
        }
        return reader.isSimple() && !words.isEmpty() ? Optional.of(new CommandLine(own, words)) : Optional.empty();
    }

    String program() {
        return words.get(0).replaceFirst(".*/", "");
    }

    List<String> arguments() {
        return words.subList(1, words.size());
    }

    private static final class Reader {
        private final String text;
        private final Map<String, String> env;
        private int at;
        private boolean simple = true;

        Reader(String text, Map<String, String> env) {
            this.text = text;
            this.env = env;
        }

        boolean isSimple() {
            return simple;
        }

        Optional<String> word() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at)) && text.charAt(at) != '\n') {
                at++;
            }
            if (at >= text.length() || !simple) {
                return Optional.empty();
            }
            StringBuilder word = new StringBuilder();
            while (at < text.length() && (text.charAt(at) == '\n' || !Character.isWhitespace(text.charAt(at)))) {
                char next = text.charAt(at);
                if (OPERATORS.indexOf(next) >= 0) {
                    simple = false;
                    return Optional.empty();
                }
                part(next, word);
            }
            return Optional.of(word.toString());
        }

        private void part(char next, StringBuilder word) {
            switch (next) {
                case '\'' -> {
                    int end = text.indexOf('\'', at + 1);
                    simple &= end > 0;
                    word.append(text, at + 1, Math.max(end, at + 1));
                    at = end < 0 ? text.length() : end + 1;
                }
                case '"' -> {
                    at++;
                    doubleQuoted(word);
                }
                case '\\' -> {
                    word.append(at + 1 < text.length() ? text.charAt(at + 1) : '\\');
                    at += 2;
                }
                case '$' -> variable(word);
                default -> {
                    word.append(next);
                    at++;
                }
            }
        }

        private void doubleQuoted(StringBuilder word) {
            while (at < text.length() && text.charAt(at) != '"') {
                char next = text.charAt(at);
                if (next == '\\' && at + 1 < text.length() && "\"\\$`".indexOf(text.charAt(at + 1)) >= 0) {
                    word.append(text.charAt(at + 1));
                    at += 2;
                } else if (next == '$') {
                    variable(word);
                } else {
                    simple &= next != '`';
                    word.append(next);
                    at++;
                }
            }
            simple &= at < text.length();
            at++;
        }

        private void variable(StringBuilder word) {
            Matcher name = Pattern.compile("\\$(?:\\{(\\w+)}|([A-Za-z_]\\w*))").matcher(text);
            if (name.find(at) && name.start() == at) {
                word.append(env.getOrDefault(name.group(1) == null ? name.group(2) : name.group(1), ""));
                at = name.end();
            } else {
                simple &= at + 1 >= text.length() || (text.charAt(at + 1) != '(' && text.charAt(at + 1) != '{');
                word.append('$');
                at++;
            }
        }
    }
}
