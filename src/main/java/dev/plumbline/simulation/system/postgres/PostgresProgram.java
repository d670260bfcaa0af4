package dev.plumbline.simulation.system.postgres;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.Program;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A running server and the commands beside it. */
final class PostgresProgram implements Program {

    private static final int PORT = 5432;

    private final Server server;
    private final Client client;
    private final Map<String, String> env;
    private final boolean fresh;

    PostgresProgram(Server server, Map<String, String> env, Files files, boolean fresh) {
        this.server = server;
        this.client = new Client(server, files);
        this.env = env;
        this.fresh = fresh;
    }

    @Override
    public boolean listens(int port) {
        return port == PORT;
    }

    @Override
    public Reply answer(int port, Request request) {
        byte[] body = "PostgreSQL does not speak HTTP".getBytes(StandardCharsets.UTF_8);
        return new Reply(502, "text/plain; charset=utf-8", body);
    }

    @Override
    public synchronized CommandResult run(String command) throws Target.CommandNotRun {
        Optional<CommandLine> line = CommandLine.parse(command, env);
        if (line.isEmpty() || !Client.knows(line.get().program())) {
            throw new Target.CommandNotRun("not simulated: running \"" + command + "\" beside PostgreSQL", true);
        }
        try {
            return client.run(
                    line.get().program(), line.get().arguments(), line.get().env(), "");
        } catch (PsqlOptions.NotSimulated e) {
            throw new Target.CommandNotRun("not simulated: " + e.getMessage() + " in \"" + command + "\"", true);
        }
    }

    @Override
    public String log() {
        return (fresh
                        ? "PostgreSQL init process complete; ready for start up.\n"
                        : "PostgreSQL Database directory appears to contain a database; Skipping initialization\n")
                + "LOG:  listening on IPv4 address \"0.0.0.0\", port 5432\n"
                + "LOG:  database system is ready to accept connections\n";
    }

    @Override
    public OptionalInt exitCode() {
        return OptionalInt.empty();
    }

    @Override
    public synchronized void close() {
        server.close();
    }
}
