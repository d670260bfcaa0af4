package dev.plumbline.simulation.system.flux;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.Program;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** A controller's container: health and artifact ports, and nothing that could be executed beside it. */
final class FluxProgram implements Program {

    private static final int ARTIFACTS = 9090;
    private static final int METRICS = 8080;
    private static final int HEALTH = 9440;

    private final String controller;
    private final Running running;
    private boolean closed;

    FluxProgram(String controller, Running running) {
        this.controller = controller;
        this.running = running;
        running.begin();
    }

    @Override
    public boolean listens(int port) {
        return port == METRICS || port == HEALTH || (port == ARTIFACTS && controller.equals("source-controller"));
    }

    @Override
    public Reply answer(int port, Request request) {
        String path = request.path();
        if (port == HEALTH && (path.equals("/healthz") || path.equals("/readyz"))) {
            return text(200, "ok");
        }
        if (port == ARTIFACTS && path.equals("/")) {
            return text(200, "<pre>\n</pre>\n");
        }
        return text(501, "not simulated: " + path + " of Flux's " + controller);
    }

    private static Reply text(int status, String body) {
        return new Reply(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public CommandResult run(String command) throws Target.CommandNotRun {
        throw new Target.CommandNotRun("not simulated: running \"" + command + "\" in Flux's " + controller, true);
    }

    @Override
    public String log() {
        return "{\"level\":\"info\",\"logger\":\"setup\",\"msg\":\"starting manager\"}\n";
    }

    @Override
    public OptionalInt exitCode() {
        return OptionalInt.empty();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            running.end();
        }
    }
}
