package dev.plumbline.simulation.shell;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.Program;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** A container that runs a shell script as its program. */
public final class ScriptProgram implements Program {

    private final Shell shell;
    private final StringBuffer log = new StringBuffer();
    private final Map<Integer, String> serving = new ConcurrentHashMap<>();
    private OptionalInt exitCode = OptionalInt.empty();
    private boolean closed;

    /** @throws dev.plumbline.simulation.NotSimulated for a command that is not known */
    public ScriptProgram(Shell shell, String script) {
        this.shell = shell;
        shell.start(
                script,
                log,
                code -> {
                    if (!closed) {
                        exitCode = OptionalInt.of(code);
                    }
                },
                serving::put);
    }

    @Override
    public boolean listens(int port) {
        return serving.containsKey(port);
    }

    @Override
    public Reply answer(int port, Request request) {
        return new HttpFiles(shell.files(), serving.getOrDefault(port, "/")).answer(request);
    }

    @Override
    public CommandResult run(String command) throws Target.CommandNotRun {
        return shell.run(command);
    }

    @Override
    public String log() {
        return Shell.utf8(log);
    }

    @Override
    public OptionalInt exitCode() {
        shell.rethrow();
        return exitCode;
    }

    @Override
    public void close() {
        closed = true;
        shell.stop();
    }
}
