package dev.plumbline.simulation.shell;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.World;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A POSIX shell for a simulated container: sequences, conditions, loops, pipes, redirections, variables, substitutions,
 * and the commands that a busybox has. What it does not know ends as "not simulated".
 */
public final class Shell {

    private final Map<String, Command> commands = new LinkedHashMap<>();
    private final Files files;
    private final Map<String, String> env;
    private final String hostname;
    private final String namespace;
    private final World world;
    private BiConsumer<Integer, String> server = (port, directory) -> {
        throw new NotSimulated("a server in a command that is run beside the program");
    };
    private @Nullable NotSimulated unknown;
    private boolean stopped;

    public Shell(Files files, Map<String, String> env, String hostname, String namespace, World world) {
        this.files = files;
        this.env = env;
        this.hostname = hostname;
        this.namespace = namespace;
        this.world = world;
        commands.putAll(PlainCommands.all());
        commands.putAll(FileCommands.all());
        commands.putAll(TextCommands.all());
        commands.putAll(NetCommands.all());
    }

    /** The shell of a container that starts. */
    public static Shell of(ImageModel.Start start) {
        return new Shell(
                start.files(),
                start.env(),
                start.env().getOrDefault("HOSTNAME", start.pod().getMetadata().getName()),
                start.pod().getMetadata().getNamespace(),
                start.world());
    }

    /** Adds a program of the image, for example {@code psql}. */
    public Shell with(String name, Command command) {
        commands.put(name, command);
        return this;
    }

    /**
     * Runs a script at once, as {@code sh -c} does beside the container's program.
     *
     * @throws Target.CommandNotRun permanently, naming what is not simulated
     */
    public CommandResult run(String script) throws Target.CommandNotRun {
        StringBuffer out = new StringBuffer();
        StringBuffer err = new StringBuffer();
        try {
            Node node = Parser.parse(latin(script));
            Interpreter.End end = Interpreter.now(node, context(false), new Streams("", out, err));
            return new CommandResult(end.code(), utf8(out), utf8(err));
        } catch (NotSimulated unmodelled) {
            throw new Target.CommandNotRun(String.valueOf(unmodelled.getMessage()), true);
        }
    }

    /**
     * Runs a script in virtual time, in which it may sleep.
     *
     * @param log gets both outputs, one byte a character
     * @param ended hears the exit code when the script is over
     * @param serving hears which directory it serves at which port
     * @throws NotSimulated for what it does not know before it first waits; later see {@link #rethrow}
     */
    void start(String script, StringBuffer log, IntConsumer ended, BiConsumer<Integer, String> serving) {
        server = serving;
        Node node = Parser.parse(latin(script));
        new Interpreter(context(true)).run(node, new Streams("", log, log), end -> ended.accept(end.code()));
    }

    private Context context(boolean patient) {
        Map<String, String> variables = new LinkedHashMap<>();
        env.forEach((name, value) -> variables.put(name, latin(value)));
        return new Context(this, variables, patient);
    }

    static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static String utf8(StringBuffer text) {
        return new String(text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** What the script met after it had waited is kept for the one who asks how it goes. */
    void guarded(Runnable work) {
        try {
            if (!stopped) {
                work.run();
            }
        } catch (NotSimulated unmodelled) {
            unknown = unmodelled;
        }
    }

    /** @throws NotSimulated when the script met something unknown after it had waited */
    void rethrow() {
        if (unknown != null) {
            throw unknown;
        }
    }

    /** What sleeps does not wake up again. */
    void stop() {
        stopped = true;
    }

    void serve(int port, String directory) {
        server.accept(port, directory);
    }

    @Nullable
    Command command(String name) {
        return commands.get(name);
    }

    Files files() {
        return files;
    }

    World world() {
        return world;
    }

    String hostname() {
        return hostname;
    }

    String namespace() {
        return namespace;
    }
}
