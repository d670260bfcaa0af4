package dev.plumbline.simulation.system.exporter;

import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.shell.Shell;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** A program that shows metrics and a few fixed pages on one port. */
final class ExporterProgram implements Program {

    private final int port;
    private final Supplier<String> metrics;
    private final Map<String, String> pages;
    private final String log;
    private final Optional<Shell> shell;

    /**
     * @param pages texts by path, beside {@code /metrics}
     * @param shell absent where the image has none
     */
    ExporterProgram(int port, Supplier<String> metrics, Map<String, String> pages, String log, Optional<Shell> shell) {
        this.port = port;
        this.metrics = metrics;
        this.pages = pages;
        this.log = log;
        this.shell = shell;
    }

    @Override
    public boolean listens(int asked) {
        return asked == port;
    }

    @Override
    public synchronized Reply answer(int asked, Request request) {
        String path = request.path().replaceFirst("\\?.*$", "");
        if (path.equals("/metrics")) {
            return MetricTable.reply(metrics.get());
        }
        String page = pages.get(path);
        return page == null
                ? reply(404, "text/plain; charset=utf-8", "404 page not found\n")
                : reply(200, page.startsWith("<") ? "text/html; charset=UTF-8" : "text/plain; charset=utf-8", page);
    }

    private static Reply reply(int status, String type, String text) {
        return new Reply(status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public CommandResult run(String command) throws Target.CommandNotRun {
        if (shell.isEmpty()) {
            throw new Target.CommandNotRun("exec: \"sh\": executable file not found: the image has no shell", true);
        }
        return shell.get().run(command);
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
    public void close() {
        // It keeps nothing.
    }
}
