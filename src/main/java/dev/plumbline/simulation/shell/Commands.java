package dev.plumbline.simulation.shell;

import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.shell.Interpreter.End;
import dev.plumbline.simulation.shell.Interpreter.Flow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Calls a command by its name: what steers the script, what waits, and the plain ones. */
final class Commands {

    static final String ERREXIT = "-errexit";
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

    private final Context context;
    private final Interpreter interpreter;

    Commands(Context context, Interpreter interpreter) {
        this.context = context;
        this.interpreter = interpreter;
    }

    void run(List<String> words, Streams streams, Consumer<End> then) {
        String path = words.get(0);
        String name = path.matches("(/usr(/local)?)?/s?bin/[^/]+") ? path.substring(path.lastIndexOf('/') + 1) : path;
        List<String> arguments = words.subList(1, words.size());
        switch (name) {
            case "exit" -> then.accept(new End(code(arguments), Flow.EXIT));
            case "return" -> then.accept(new End(code(arguments), Flow.EXIT));
            case "break" -> then.accept(new End(0, Flow.BREAK));
            case "continue" -> then.accept(new End(0, Flow.CONTINUE));
            case "sleep" -> sleep(arguments, then);
            case "wait" -> forever(then, "wait");
            case "exec", "command", "nohup", "env" -> other(name, arguments, streams, then);
            case "eval" -> interpreter.run(Parser.parse(String.join(" ", arguments)), streams, then);
            case "timeout" -> run(arguments.subList(timeoutOptions(arguments), arguments.size()), streams, then);
            case "sh", "bash", "ash" -> script(arguments, streams, then);
            case ".", "source" -> interpreter.run(read(arguments), streams, then);
            case "tail" -> tail(name, arguments, streams, then);
            case "httpd" -> serve(arguments, then);
            default -> then.accept(End.of(plain(name, arguments, streams)));
        }
    }

    private int plain(String name, List<String> arguments, Streams streams) {
        Command command = context.shell().command(name);
        if (command == null) {
            throw new NotSimulated("command " + name);
        }
        return command.run(new Command.Call(name, arguments, context, streams));
    }

    private int code(List<String> arguments) {
        return arguments.isEmpty() ? context.last() : Integer.parseInt(arguments.get(0)) & 255;
    }

    private void sleep(List<String> arguments, Consumer<End> then) {
        if (arguments.contains("infinity") || arguments.contains("inf")) {
            forever(then, "sleep infinity");
            return;
        }
        Duration sum = Duration.ZERO;
        for (String argument : arguments) {
            String unit = argument.replaceAll("[\\d.]", "");
            double number = Double.parseDouble(argument.replaceAll("[a-z]", ""));
            Duration length = UNITS.getOrDefault(unit.isEmpty() ? "s" : unit, Duration.ofSeconds(1));
            sum = sum.plusMillis(Math.round(number * length.toMillis()));
        }
        if (!context.patient()) {
            throw new NotSimulated("sleep in a command that is run beside the program or in a pipe");
        }
        context.after(sum, () -> context.shell().guarded(() -> then.accept(End.of(0))));
    }

    /** Never goes on; only a program in its own time can do that. */
    private void forever(Consumer<End> then, String what) {
        if (!context.patient()) {
            throw new NotSimulated(what + " in a command that is run beside the program");
        }
    }

    private void other(String name, List<String> arguments, Streams streams, Consumer<End> then) {
        int from = 0;
        while (from < arguments.size()
                && name.equals("env")
                && arguments.get(from).matches("\\w+=.*")) {
            String[] set = arguments.get(from++).split("=", 2);
            context.variables().put(set[0], set[1]);
        }
        List<String> rest = arguments.subList(from, arguments.size());
        if (name.equals("command") && !rest.isEmpty() && rest.get(0).equals("-v")) {
            boolean known = context.shell().command(rest.get(1)) != null;
            streams.print(known ? rest.get(1) + "\n" : "");
            then.accept(End.of(known ? 0 : 127));
        } else if (rest.isEmpty()) {
            then.accept(End.of(name.equals("env") ? plain("printenv", rest, streams) : 0));
        } else {
            run(rest, streams, then);
        }
    }

    private static int timeoutOptions(List<String> arguments) {
        int at = 0;
        while (at < arguments.size() && arguments.get(at).startsWith("-")) {
            at++;
        }
        return Math.min(at + 1, arguments.size());
    }

    private void script(List<String> arguments, Streams streams, Consumer<End> then) {
        if (arguments.size() >= 2 && arguments.get(0).matches("-[a-z]*c")) {
            if (arguments.get(0).contains("e")) {
                context.variables().put(ERREXIT, "1");
            }
            interpreter.run(Parser.parse(arguments.get(1)), streams, end -> then.accept(End.of(end.code())));
        } else if (arguments.isEmpty()) {
            interpreter.run(Parser.parse(streams.rest()), streams, end -> then.accept(End.of(end.code())));
        } else {
            interpreter.run(read(arguments), streams, end -> then.accept(End.of(end.code())));
        }
    }

    private Node read(List<String> arguments) {
        String path = arguments.stream()
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .orElse("");
        byte[] content = context.files()
                .read(context.path(path))
                .orElseThrow(() -> new NotSimulated("script " + path + ", which is not in the container's files"));
        return Parser.parse(Interpreter.text(content));
    }

    private void tail(String name, List<String> arguments, Streams streams, Consumer<End> then) {
        boolean follow = arguments.contains("-f") || arguments.contains("-F");
        if (follow && arguments.contains("/dev/null")) {
            forever(then, "tail -f");
        } else if (follow) {
            throw new NotSimulated("command tail -f");
        } else {
            then.accept(End.of(plain(name, arguments, streams)));
        }
    }

    private void serve(List<String> arguments, Consumer<End> then) {
        Options options = Options.of(arguments, "ph");
        String port = options.value('p', "80");
        int number = Integer.parseInt(port.substring(port.lastIndexOf(':') + 1));
        context.shell().serve(number, context.path(options.value('h', context.directory())));
        if (options.has('f')) {
            forever(then, "httpd -f");
        } else {
            then.accept(End.of(0));
        }
    }
}
