package dev.plumbline.simulation.shell;

import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.shell.Command.Call;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands that read text, from files or from the input, and print some of it. */
final class TextCommands {

    private TextCommands() {}

    static Map<String, Command> all() {
        Map<String, Command> all = new LinkedHashMap<>();
        all.put(
                "cat",
                call -> each(
                        call,
                        Options.of(call.arguments(), "").rest(),
                        (name, text) -> call.streams().print(text)));
        all.put("sha256sum", call -> digest(call, "SHA-256"));
        all.put("sha1sum", call -> digest(call, "SHA-1"));
        all.put("md5sum", call -> digest(call, "MD5"));
        all.put("wc", TextCommands::wc);
        all.put("head", call -> ends(call, true));
        all.put("tail", call -> ends(call, false));
        all.put("grep", TextCommands::grep);
        all.put("sort", TextCommands::sort);
        all.put("uniq", TextCommands::uniq);
        all.put("cut", TextCommands::cut);
        all.put("tr", TextCommands::tr);
        all.put("sed", TextCommands::sed);
        all.put("tee", TextCommands::tee);
        all.put("base64", TextCommands::base64);
        return all;
    }

    private interface Reader {
        void read(String name, String text);
    }

    private static int each(Call call, List<String> names, Reader reader) {
        int code = 0;
        for (String name : names.isEmpty() ? List.of("-") : names) {
            Optional<String> content = FileCommands.content(call, name);
            if (content.isPresent()) {
                reader.read(name, content.get());
            } else {
                String why = call.context().isDirectory(call.context().path(name))
                        ? "read error: Is a directory"
                        : "No such file or directory";
                code = call.fail("can't open '" + name + "': " + why);
            }
        }
        return code;
    }

    private static int digest(Call call, String algorithm) {
        return each(call, Options.of(call.arguments(), "").rest(), (name, text) -> {
            try {
                byte[] sum = MessageDigest.getInstance(algorithm).digest(Interpreter.bytes(text));
                call.streams().print(HexFormat.of().formatHex(sum) + "  " + name + "\n");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("the JDK has no " + algorithm, e);
            }
        });
    }

    private static int wc(Call call) {
        Options options = Options.of(call.arguments(), "");
        return each(call, options.rest(), (name, text) -> {
            List<Object> counts = new ArrayList<>();
            boolean all = options.letters().isEmpty();
            if (all || options.has('l')) {
                counts.add(text.chars().filter(c -> c == '\n').count());
            }
            if (all || options.has('w')) {
                counts.add(text.isBlank() ? 0 : text.strip().split("\\s+").length);
            }
            if (all || options.has('c')) {
                counts.add(text.length());
            }
            String shown = counts.stream().map(String::valueOf).collect(Collectors.joining(" "));
            call.streams().print(shown + (name.equals("-") ? "" : " " + name) + "\n");
        });
    }

    private static int ends(Call call, boolean first) {
        List<String> arguments = call.arguments().stream()
                .map(argument -> argument.matches("-\\d+") ? "-n" + argument.substring(1) : argument)
                .toList();
        Options options = Options.of(arguments, "nc");
        if (options.has('c') && first) {
            int count = Integer.parseInt(options.value('c', "0"));
            return each(
                    call,
                    options.rest(),
                    (name, text) -> call.streams().print(text.substring(0, Math.min(count, text.length()))));
        }
        if (!options.only("nq") || options.value('n', "10").startsWith("+")) {
            throw new NotSimulated("command " + call.name() + " " + String.join(" ", call.arguments()));
        }
        int count = Integer.parseInt(options.value('n', "10"));
        return each(call, options.rest(), (name, text) -> {
            List<String> lines = text.lines().toList();
            int from = first ? 0 : Math.max(0, lines.size() - count);
            int to = first ? Math.min(count, lines.size()) : lines.size();
            print(call, lines.subList(from, to));
        });
    }

    private static void print(Call call, List<String> lines) {
        lines.forEach(line -> call.streams().print(line + "\n"));
    }

    private static int grep(Call call) {
        Options options = Options.of(call.arguments(), "em");
        if (!options.only("cqviEFoeswx")) {
            throw new NotSimulated("command grep " + String.join(" ", call.arguments()));
        }
        List<String> rest = options.rest();
        String expression = options.has('e') ? options.value('e', "") : rest.get(0);
        List<String> files = options.has('e') ? rest : rest.subList(1, rest.size());
        Pattern pattern = pattern(expression, options);
        long[] count = new long[1];
        int code = each(
                call,
                files,
                (name, text) -> text.lines().forEach(line -> {
                    Matcher matcher = pattern.matcher(line);
                    boolean found = options.has('x') ? matcher.matches() : matcher.find();
                    if (found != options.has('v')) {
                        count[0]++;
                        if (options.has('o')) {
                            call.streams().print(matcher.group() + "\n");
                        } else if (!options.has('q') && !options.has('c')) {
                            String prefix = files.size() > 1 ? name + ":" : "";
                            call.streams().print(prefix + line + "\n");
                        }
                    }
                }));
        if (options.has('c')) {
            call.streams().print(count[0] + "\n");
        }
        return code != 0 ? 2 : count[0] > 0 ? 0 : 1;
    }

    private static Pattern pattern(String expression, Options options) {
        int flags = options.has('i') ? Pattern.CASE_INSENSITIVE : 0;
        if (options.has('F')) {
            return Pattern.compile(Pattern.quote(expression), flags);
        }
        String regex = options.has('E')
                ? expression
                : expression.replaceAll("(?<!\\\\)([+?|(){}])", "\\\\$1").replaceAll("\\\\\\\\([+?|(){}])", "$1");
        return Pattern.compile(options.has('w') ? "\\b(" + regex + ")\\b" : regex, flags);
    }

    private static int sort(Call call) {
        Options options = Options.of(call.arguments(), "");
        if (!options.only("nru")) {
            throw new NotSimulated("command sort " + String.join(" ", call.arguments()));
        }
        List<String> lines = new ArrayList<>();
        int code = each(call, options.rest(), (name, text) -> text.lines().forEach(lines::add));
        lines.sort(
                options.has('n')
                        ? java.util.Comparator.comparingLong(line -> Long.parseLong("0" + line.replaceAll("\\D.*", "")))
                        : java.util.Comparator.naturalOrder());
        if (options.has('r')) {
            java.util.Collections.reverse(lines);
        }
        print(call, options.has('u') ? lines.stream().distinct().toList() : lines);
        return code;
    }

    private static int uniq(Call call) {
        Options options = Options.of(call.arguments(), "");
        List<String> kept = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        int code = each(
                call,
                options.rest(),
                (name, text) -> text.lines().forEach(line -> {
                    int last = kept.size() - 1;
                    if (last >= 0 && kept.get(last).equals(line)) {
                        counts.set(last, counts.get(last) + 1);
                    } else {
                        kept.add(line);
                        counts.add(1);
                    }
                }));
        for (int i = 0; i < kept.size(); i++) {
            String prefix = options.has('c') ? String.format("%7d ", counts.get(i)) : "";
            call.streams().print(prefix + kept.get(i) + "\n");
        }
        return code;
    }

    private static int cut(Call call) {
        Options options = Options.of(call.arguments(), "dfc");
        if (!options.value('f', options.value('c', "")).matches("\\d+(-\\d*)?")) {
            throw new NotSimulated("command cut " + String.join(" ", call.arguments()));
        }
        String[] range = options.value('f', options.value('c', "")).split("-", 2);
        int from = Integer.parseInt(range[0]) - 1;
        int to = range.length == 1 ? from + 1 : range[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(range[1]);
        String delimiter = options.has('c') ? "" : options.value('d', "\t");
        return each(
                call,
                options.rest(),
                (name, text) -> text.lines().forEach(line -> {
                    List<String> fields =
                            Arrays.asList(line.split(delimiter.isEmpty() ? "" : Pattern.quote(delimiter), -1));
                    boolean whole = !delimiter.isEmpty() && fields.size() == 1;
                    int end = Math.min(to, fields.size());
                    String part = from >= end ? "" : String.join(delimiter, fields.subList(from, end));
                    call.streams().print((whole ? line : part) + "\n");
                }));
    }

    private static int tr(Call call) {
        Options options = Options.of(call.arguments(), "");
        String text = call.streams().rest();
        String from = characters(options.rest().get(0));
        if (options.has('d')) {
            call.streams()
                    .print(text.chars()
                            .filter(c -> from.indexOf(c) < 0)
                            .mapToObj(Character::toString)
                            .collect(Collectors.joining()));
            return 0;
        }
        String to = characters(options.rest().get(1));
        StringBuilder result = new StringBuilder();
        for (char c : text.toCharArray()) {
            int at = from.indexOf(c);
            result.append(at < 0 ? c : to.charAt(Math.min(at, to.length() - 1)));
        }
        call.streams().print(result.toString());
        return 0;
    }

    private static String characters(String set) {
        String plain = set.replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\t", "\t")
                .replace("[:lower:]", "a-z")
                .replace("[:upper:]", "A-Z")
                .replace("[:digit:]", "0-9")
                .replace("[:space:]", " \t\n\r");
        return Pattern.compile("(.)-(.)").matcher(plain).replaceAll(range -> {
            StringBuilder all = new StringBuilder();
            for (char c = range.group(1).charAt(0); c <= range.group(2).charAt(0); c++) {
                all.append(c);
            }
            return Matcher.quoteReplacement(all.toString());
        });
    }

    private static int sed(Call call) {
        Options options = Options.of(call.arguments(), "e");
        List<String> rest = options.rest();
        String script = options.has('e') ? options.value('e', "") : rest.get(0);
        Matcher parts = Pattern.compile("s([/|#,])(.*?)\\1(.*?)\\1(g?)").matcher(script);
        if (!parts.matches() || !options.only("eE") || parts.group(2).contains("\\")) {
            throw new NotSimulated("command sed " + String.join(" ", call.arguments()));
        }
        Pattern pattern = Pattern.compile(parts.group(2));
        String replacement = Matcher.quoteReplacement(parts.group(3).replace("\\" + parts.group(1), parts.group(1)));
        List<String> files = options.has('e') ? rest : rest.subList(1, rest.size());
        return each(
                call,
                files,
                (name, text) -> text.lines().forEach(line -> {
                    Matcher matcher = pattern.matcher(line);
                    call.streams()
                            .print((parts.group(4).isEmpty()
                                            ? matcher.replaceFirst(replacement)
                                            : matcher.replaceAll(replacement))
                                    + "\n");
                }));
    }

    private static int tee(Call call) {
        Options options = Options.of(call.arguments(), "");
        String text = call.streams().rest();
        call.streams().print(text);
        for (String name : options.rest()) {
            String path = call.context().path(name);
            String before = options.has('a') ? FileCommands.content(call, name).orElse("") : "";
            call.context().files().write(path, Interpreter.bytes(before + text));
        }
        return 0;
    }

    private static int base64(Call call) {
        Options options = Options.of(call.arguments(), "w");
        return each(call, options.rest(), (name, text) -> {
            if (options.has('d')) {
                call.streams().print(Interpreter.text(Base64.getMimeDecoder().decode(text)));
            } else {
                call.streams().print(Base64.getEncoder().encodeToString(Interpreter.bytes(text)) + "\n");
            }
        });
    }
}
