package dev.plumbline.simulation.system.redis;

import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.World;
import dev.plumbline.simulation.shell.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code redis-cli} in the container of a server. */
final class RedisCli implements Command {

    private static final Set<String> HERE = Set.of("", "localhost", "127.0.0.1", "::1");
    private static final String UNSAFE =
            "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.";

    private final Commands commands;
    private final World world;
    private final String namespace;
    private final int port;

    RedisCli(Commands commands, World world, String namespace, int port) {
        this.commands = commands;
        this.world = world;
        this.namespace = namespace;
        this.port = port;
    }

    /** What the words ask for. */
    private record Asked(String host, int port, int database, String password, boolean warn, List<String> words) {}

    @Override
    public int run(Call call) {
        Asked asked = options(call);
        if (asked.words().isEmpty()) {
            throw new NotSimulated("redis-cli without a command");
        }
        if (asked.warn()) {
            call.complain(UNSAFE);
        }
        if (!HERE.contains(asked.host())) {
            return elsewhere(call, asked);
        }
        if (asked.port() != port) {
            String where = asked.host().isEmpty() ? "127.0.0.1" : asked.host();
            call.complain("Could not connect to Redis at " + where + ":" + asked.port() + ": Connection refused");
            return 1;
        }
        commands.login(asked.password()).ifPresent(error -> call.complain("AUTH failed: " + error.text()));
        Optional<Answer> answer = commands.run(asked.database(), asked.password(), asked.words());
        call.print(answer.orElseThrow(() -> unknown(asked)).printed());
        return 0;
    }

    private static NotSimulated unknown(Asked asked) {
        return new NotSimulated("Redis command " + String.join(" ", asked.words()));
    }

    private int elsewhere(Call call, Asked asked) {
        RedisClient client = new RedisClient(world, namespace, asked.host(), asked.port(), asked.password());
        try {
            call.print(client.ask(asked.words().toArray(String[]::new)) + "\n");
            return 0;
        } catch (RedisClient.Rejected e) {
            call.print(e.error() + "\n\n");
            return 0;
        } catch (World.Refused e) {
            call.complain("Could not connect to Redis at " + asked.host() + ":" + asked.port() + ": " + e.getMessage());
            return 1;
        }
    }

    private static Asked options(Call call) {
        List<String> left = new ArrayList<>(call.arguments());
        String host = "";
        int port = 6379;
        int database = 0;
        String password = call.variables().getOrDefault("REDISCLI_AUTH", "");
        boolean given = false;
        boolean silent = false;
        while (!left.isEmpty() && left.get(0).startsWith("-")) {
            String option = left.remove(0);
            switch (option) {
                case "--raw", "--no-raw", "-e" -> {}
                case "--no-auth-warning" -> silent = true;
                case "-h" -> host = value(option, left);
                case "-p" -> port = Integer.parseInt(value(option, left));
                case "-n" -> database = Integer.parseInt(value(option, left));
                case "--user" -> value(option, left);
                case "-a", "--pass" -> {
                    password = value(option, left);
                    given = true;
                }
                default -> throw new NotSimulated("option " + option + " of redis-cli");
            }
        }
        return new Asked(host, port, database, password, given && !silent, left);
    }

    private static String value(String option, List<String> left) {
        if (left.isEmpty()) {
            throw new NotSimulated("option " + option + " of redis-cli without its value");
        }
        return left.remove(0);
    }
}
