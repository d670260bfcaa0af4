package dev.plumbline.simulation.system.redis;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.ImageModel.Start;
import dev.plumbline.simulation.ImageModel.StartFailure;
import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.shell.Shell;
import dev.plumbline.simulation.system.Images;
import dev.plumbline.timing.Clock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A running Redis. */
final class RedisServer implements Program {

    private final RedisConfig config;
    private final Keyspace keyspace;
    private final Persistence persistence;
    private final Statistics statistics = new Statistics();
    private final Commands commands;
    private final Shell shell;
    private final String log;

    private RedisServer(Start start, RedisConfig config) {
        Clock clock = start.world().clock();
        String version = Images.version(start.container().getImage(), "8.0.2").replaceFirst("-.*$", "");
        this.config = config;
        this.keyspace = new Keyspace(clock);
        this.persistence = new Persistence(start.files(), config);
        persistence.load(keyspace);
        Info info = new Info(version, clock.instant(), config, keyspace, statistics);
        this.commands = new Commands(config, keyspace, persistence, statistics, info, clock);
        String namespace = start.pod().getMetadata().getNamespace();
        this.shell = Shell.of(start).with("redis-cli", new RedisCli(commands, start.world(), namespace, config.port()));
        this.log = "1:C * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo\n1:C * Redis version=" + version
                + ", bits=64, commit=00000000, modified=0, pid=1, just started\n1:C * Configuration loaded\n"
                + "1:M * Running mode=standalone, port=" + config.port() + ".\n1:M * Server initialized\n"
                + "1:M * Ready to accept connections tcp\n";
    }

    static RedisServer start(Start start) throws StartFailure {
        return new RedisServer(start, RedisConfig.read(arguments(start), start.files()));
    }

    /** What stands behind {@code redis-server}, which may be left out or stand in a shell's script. */
    private static List<String> arguments(Start start) {
        List<String> words = new ArrayList<>(start.container().getCommand());
        words.addAll(start.container().getArgs());
        if (words.size() >= 3 && words.get(0).endsWith("sh") && words.get(1).endsWith("c")) {
            String script = Variables.expanded(words.get(2), start.env())
                    .replace("exec ", "")
                    .strip();
            words = new ArrayList<>(Words.split(script));
        }
        words.replaceAll(word -> Variables.expanded(word.replaceAll("\\$\\((\\w+)\\)", "\\${$1}"), start.env()));
        words.removeIf(word -> word.endsWith("docker-entrypoint.sh"));
        if (words.isEmpty() || words.get(0).startsWith("-") || words.get(0).endsWith(".conf")) {
            return words;
        }
        if (!words.get(0).replaceFirst("^.*/", "").equals("redis-server")) {
            throw new NotSimulated("\"" + String.join(" ", words) + "\" in a Redis container");
        }
        return words.subList(1, words.size());
    }

    @Override
    public boolean listens(int port) {
        return port == config.port();
    }

    @Override
    public synchronized Reply answer(int port, Request request) {
        statistics.connected();
        if (!request.method().equals(RedisClient.METHOD)) {
            return reply(502, "Redis does not speak HTTP");
        }
        String password = request.headers().getOrDefault("password", "");
        Optional<Answer> refused = commands.login(password).filter(error -> !commands.allows(password));
        Answer answer = refused.or(() -> commands.run(0, password, RedisClient.words(request)))
                .orElse(Answer.error("ERR not simulated"));
        String text = answer.printed();
        return reply(answer.isError() ? 400 : 200, text.strip());
    }

    private static Reply reply(int status, String text) {
        return new Reply(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized CommandResult run(String command) throws Target.CommandNotRun {
        statistics.connected();
        return shell.run(command);
    }

    @Override
    public String log() {
        return log;
    }

    @Override
    public OptionalInt exitCode() {
        return OptionalInt.empty();
    }

    @Override
    public synchronized void close() {
        persistence.stopped(keyspace);
    }
}
