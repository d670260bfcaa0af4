package dev.plumbline.simulation.system.redis;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code redis-cli} beside the server, alone or before a {@code grep}. */
final class RedisCli {

    private static final Set<String> HERE = Set.of("", "localhost", "127.0.0.1", "::1");
    private static final String UNSAFE =
            "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n";

    private final Commands commands;
    private final Map<String, String> env;
    private final int port;

    RedisCli(Commands commands, Map<String, String> env, int port) {
        this.commands = commands;
        this.env = env;
        this.port = port;
    }

    /** What a command line asks for. */
    private record Call(String host, int port, int database, String password, boolean warn, List<String> words) {}

    CommandResult run(String command) throws Target.CommandNotRun {
        String[] pipe = command.split("\\|", 2);
        CommandResult result = one(command, Words.split(Shell.expanded(pipe[0], env)));
        return pipe.length == 1 ? result : filtered(command, result, Words.split(pipe[1]));
    }

    private static CommandResult filtered(String command, CommandResult result, List<String> grep)
            throws Target.CommandNotRun {
        boolean quiet = grep.contains("-q");
        List<String> words = grep.stream().filter(word -> !word.equals("-q")).toList();
        if (words.size() != 2 || !words.get(0).equals("grep") || words.get(1).startsWith("-")) {
            throw unknown(command);
        }
        List<String> kept =
                result.out().lines().filter(line -> line.contains(words.get(1))).toList();
        String out = quiet || kept.isEmpty() ? "" : String.join("\n", kept) + "\n";
        return new CommandResult(kept.isEmpty() ? 1 : 0, out, result.err());
    }

    private static Target.CommandNotRun unknown(String command) {
        return new Target.CommandNotRun("not simulated: \"" + command + "\" in a Redis container", true);
    }

    private CommandResult one(String command, List<String> words) throws Target.CommandNotRun {
        if (words.isEmpty() || !words.get(0).replaceFirst("^.*/", "").equals("redis-cli")) {
            throw unknown(command);
        }
        Call call = options(command, new ArrayList<>(words.subList(1, words.size())));
        if (!HERE.contains(call.host()) || call.words().isEmpty()) {
            throw unknown(command);
        }
        if (call.port() != port) {
            String where = call.host().isEmpty() ? "127.0.0.1" : call.host();
            return new CommandResult(
                    1, "", "Could not connect to Redis at " + where + ":" + call.port() + ": Connection refused\n");
        }
        StringBuilder err = new StringBuilder(call.warn() ? UNSAFE : "");
        commands.login(call.password())
                .ifPresent(error ->
                        err.append("AUTH failed: ").append(error.text()).append('\n'));
        Optional<Answer> answer = commands.run(call.database(), call.password(), call.words());
        return new CommandResult(0, answer.orElseThrow(() -> unknown(command)).printed(), err.toString());
    }

    private Call options(String command, List<String> left) throws Target.CommandNotRun {
        String host = "";
        int asked = 6379;
        int database = 0;
        String password = env.getOrDefault("REDISCLI_AUTH", "");
        boolean given = false;
        boolean silent = false;
        while (!left.isEmpty() && left.get(0).startsWith("-")) {
            String option = left.remove(0);
            switch (option) {
                case "--raw", "--no-raw" -> {}
                case "--no-auth-warning" -> silent = true;
                case "-h" -> host = value(command, left);
                case "-p" -> asked = Integer.parseInt(value(command, left));
                case "-n" -> database = Integer.parseInt(value(command, left));
                case "--user" -> value(command, left);
                case "-a", "--pass" -> {
                    password = value(command, left);
                    given = true;
                }
                default -> throw unknown(command);
            }
        }
        return new Call(host, asked, database, password, given && !silent, left);
    }

    private static String value(String command, List<String> left) throws Target.CommandNotRun {
        if (left.isEmpty()) {
            throw unknown(command);
        }
        return left.remove(0);
    }
}
