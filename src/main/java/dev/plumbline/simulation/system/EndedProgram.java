package dev.plumbline.simulation.system;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.Program;
import java.util.OptionalInt;

/** A program that did its work and ended with success, as one in an init container or a Job does. */
public record EndedProgram(String log) implements Program {

    @Override
    public boolean listens(int port) {
        return false;
    }

    @Override
    public Reply answer(int port, Request request) {
        throw new IllegalStateException("nobody listens on port " + port);
    }

    @Override
    public CommandResult run(String command) throws Target.CommandNotRun {
        throw new Target.CommandNotRun("the container has ended", false);
    }

    @Override
    public OptionalInt exitCode() {
        return OptionalInt.of(0);
    }

    @Override
    public void close() {
        // it has ended
    }
}
