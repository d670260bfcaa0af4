package dev.plumbline.simulation.system.postgres;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.ImageModel;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.shell.Command;
import dev.plumbline.simulation.shell.Shell;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** A running server and the commands beside it. */
final class PostgresProgram implements Program {

    private static final int PORT = 5432;

    private final Server server;
    private final Shell shell;
    private final boolean fresh;

    PostgresProgram(Server server, ImageModel.Start start, boolean fresh) {
        this.server = server;
        this.fresh = fresh;
        Client client = new Client(server, start.files());
        this.shell = Shell.of(start);
        Client.PROGRAMS.forEach(name -> shell.with(name, call -> run(client, call)));
    }

    private static int run(Client client, Command.Call call) {
        CommandResult result = client.run(call.name(), call.arguments(), call.variables(), call::input);
        call.print(result.out());
        result.err().lines().forEach(call::complain);
        return result.exitCode();
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
        return shell.run(command);
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
