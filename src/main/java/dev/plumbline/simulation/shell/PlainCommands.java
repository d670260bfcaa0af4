package dev.plumbline.simulation.shell;

import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.shell.Command.Call;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Commands about the shell itself and about nothing in particular. */
final class PlainCommands {

    private PlainCommands() {}

    static Map<String, Command> all() {
        Map<String, Command> all = new LinkedHashMap<>();
        for (String idle :
                List.of("true", ":", "trap", "sync", "chmod", "chown", "umask", "ulimit", "readonly", "local")) {
            all.put(idle, call -> 0);
        }
        all.put("false", call -> 1);
        all.put("echo", PlainCommands::echo);
        all.put("printf", PlainCommands::printf);
        all.put("test", call -> Test.run(call, call.arguments()));
        all.put(
                "[",
                call -> Test.run(
                        call, call.arguments().subList(0, call.arguments().size() - 1)));
        all.put(
                "[[",
                call -> Test.run(
                        call, call.arguments().subList(0, call.arguments().size() - 1)));
        all.put("hostname", call -> print(call, call.context().shell().hostname()));
        all.put("pwd", call -> print(call, call.context().directory()));
        all.put("whoami", call -> print(call, "root"));
        all.put("cd", PlainCommands::cd);
        all.put("printenv", PlainCommands::printenv);
        all.put("export", PlainCommands::export);
        all.put("unset", PlainCommands::unset);
        all.put("set", PlainCommands::set);
        all.put("seq", PlainCommands::seq);
        all.put("date", PlainCommands::date);
        all.put("read", PlainCommands::read);
        all.put("basename", call -> print(call, base(call)));
        all.put("dirname", PlainCommands::dirname);
        return all;
    }

    private static int print(Call call, String line) {
        call.streams().print(line + "\n");
        return 0;
    }

    private static int echo(Call call) {
        List<String> words = call.arguments();
        boolean newline = true;
        boolean escapes = false;
        int from = 0;
        while (from < words.size() && words.get(from).matches("-[neE]+")) {
            newline &= !words.get(from).contains("n");
            escapes |= words.get(from).contains("e");
            from++;
        }
        String text = String.join(" ", words.subList(from, words.size()));
        call.streams().print((escapes ? escaped(text) : text) + (newline ? "\n" : ""));
        return 0;
    }

    private static String escaped(String text) {
        return text.replace("\\\\", "\0")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\r", "\r")
                .replace("\0", "\\");
    }

    private static int printf(Call call) {
        if (call.arguments().isEmpty()) {
            return call.fail("usage: printf FORMAT [ARG...]");
        }
        String format = call.arguments().get(0);
        List<String> values = call.arguments().subList(1, call.arguments().size());
        Format printed = new Format(format, values);
        call.streams().print(printed.text());
        return 0;
    }

    private static int cd(Call call) {
        String path = call.context()
                .path(call.arguments().isEmpty() ? "/root" : call.arguments().get(0));
        if (!call.context().isDirectory(path)) {
            return call.fail("can't cd to " + path + ": No such file or directory");
        }
        call.context().directory(path);
        return 0;
    }

    private static int printenv(Call call) {
        Map<String, String> variables = call.variables();
        if (call.arguments().isEmpty()) {
            variables.forEach((name, value) -> {
                if (!name.startsWith("-")) {
                    print(call, name + "=" + value);
                }
            });
            return 0;
        }
        String value = variables.get(call.arguments().get(0));
        return value == null ? 1 : print(call, value);
    }

    private static int export(Call call) {
        for (String argument : call.arguments()) {
            String[] set = argument.split("=", 2);
            if (set.length == 2) {
                call.variables().put(set[0], set[1]);
            }
        }
        return 0;
    }

    private static int unset(Call call) {
        call.arguments().forEach(name -> call.variables().remove(name));
        return 0;
    }

    private static int set(Call call) {
        for (String argument : call.arguments()) {
            if (argument.startsWith("-") && argument.contains("e") || argument.equals("errexit")) {
                call.variables().put(Commands.ERREXIT, "1");
            } else if (argument.startsWith("+") && argument.contains("e")) {
                call.variables().remove(Commands.ERREXIT);
            }
        }
        return 0;
    }

    private static int seq(Call call) {
        List<Long> numbers = call.arguments().stream().map(Long::parseLong).toList();
        long from = numbers.size() > 1 ? numbers.get(0) : 1;
        long step = numbers.size() > 2 ? numbers.get(1) : 1;
        for (long i = from; i <= numbers.get(numbers.size() - 1) && step > 0; i += step) {
            print(call, Long.toString(i));
        }
        return 0;
    }

    private static int date(Call call) {
        var now = call.context().world().clock().instant().atOffset(ZoneOffset.UTC);
        String format = "";
        for (String argument : call.arguments()) {
            if (argument.startsWith("+")) {
                format = argument.substring(1);
            } else if (!argument.equals("-u")) {
                throw new NotSimulated("command date " + argument);
            }
        }
        if (format.isEmpty()) {
            return print(
                    call,
                    DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss 'UTC' yyyy", java.util.Locale.ROOT)
                            .format(now));
        }
        Map<String, String> fields = Map.of(
                "%s", Long.toString(now.toEpochSecond()),
                "%Y", now.format(DateTimeFormatter.ofPattern("yyyy")),
                "%m", now.format(DateTimeFormatter.ofPattern("MM")),
                "%d", now.format(DateTimeFormatter.ofPattern("dd")),
                "%H", now.format(DateTimeFormatter.ofPattern("HH")),
                "%M", now.format(DateTimeFormatter.ofPattern("mm")),
                "%S", now.format(DateTimeFormatter.ofPattern("ss")),
                "%F", now.format(DateTimeFormatter.ISO_LOCAL_DATE).substring(0, 10),
                "%T", now.format(DateTimeFormatter.ofPattern("HH:mm:ss")),
                "%Z", "UTC");
        String text = format;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            text = text.replace(field.getKey(), field.getValue());
        }
        if (text.contains("%")) {
            throw new NotSimulated("command date +" + format);
        }
        return print(call, text);
    }

    private static int read(Call call) {
        String line = call.streams().line();
        List<String> names =
                call.arguments().stream().filter(name -> !name.startsWith("-")).toList();
        String[] words = (line == null ? "" : line.strip()).split("\\s+", Math.max(1, names.size()));
        for (int i = 0; i < names.size(); i++) {
            call.variables().put(names.get(i), i < words.length ? words[i] : "");
        }
        return line == null ? 1 : 0;
    }

    private static String base(Call call) {
        String path = call.arguments().get(0);
        String name = path.substring(path.lastIndexOf('/') + 1);
        String suffix = call.arguments().size() > 1 ? call.arguments().get(1) : "";
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
    }

    private static int dirname(Call call) {
        String path = call.arguments().get(0);
        int slash = path.lastIndexOf('/');
        return print(call, slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash));
    }
}
