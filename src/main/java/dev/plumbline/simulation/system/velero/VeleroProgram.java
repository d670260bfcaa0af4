package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.Program;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** A long-running container of Velero: a metrics port, and what happens when it stops. */
final class VeleroProgram implements Program {

    private static final int METRICS = 8085;

    private final String role;
    private final Runnable end;
    private boolean closed;

    VeleroProgram(String role, Runnable end) {
        this.role = role;
        this.end = end;
    }

    @Override
    public boolean listens(int port) {
        return port == METRICS;
    }

    @Override
    public Reply answer(int port, Request request) {
        byte[] body = ("not simulated: " + request.path() + " of Velero's " + role).getBytes(StandardCharsets.UTF_8);
        return new Reply(501, "text/plain; charset=utf-8", body);
    }

    @Override
    public CommandResult run(String command) throws Target.CommandNotRun {
        throw new Target.CommandNotRun("not simulated: running \"" + command + "\" in Velero's " + role, true);
    }

    @Override
    public String log() {
        return "level=info msg=\"Starting Velero " + role + "\"\n";
    }

    @Override
    public OptionalInt exitCode() {
        return OptionalInt.empty();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            end.run();
        }
    }
}
